"""Pages of a person: import them from the modules beside."""
