"""Rules of ideas and talks, pure; import from the submodule."""
