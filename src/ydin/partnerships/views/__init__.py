"""Pages of offers, needs, introductions and collaborations."""
