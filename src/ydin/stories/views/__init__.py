"""Pages of stories; import from the submodule."""
