"""Building the sample network through the services of the slices, and leading into it."""
