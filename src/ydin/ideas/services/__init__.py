"""Services of ideas and talks; import from the submodule."""
