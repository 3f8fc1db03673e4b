"""Ideas and talks in words; import from the submodule."""
