"""Use cases of offers, needs, introductions and collaborations."""
