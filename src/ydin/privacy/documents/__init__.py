"""Exports, texts of consents and the register, as people read them."""
