"""Template tags of institutes."""
