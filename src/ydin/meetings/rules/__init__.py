"""States, transitions and arithmetic of seasons and meetings. Pure."""
