"""A person's rights over their own data, and how long things are kept."""
