"""Services of experiments; import from the submodule."""
