"""Offers and needs, introductions, and who works with whom."""
