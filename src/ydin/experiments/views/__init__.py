"""Pages of experiments; import from the submodule."""
