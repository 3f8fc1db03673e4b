"""Pages of institutes."""
