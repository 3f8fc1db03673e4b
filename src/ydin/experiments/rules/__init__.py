"""Rules of experiments, pure."""
