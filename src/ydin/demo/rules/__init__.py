"""What the sample network is made of: pure, invented, and the same at every run on the same day."""
