"""Weights that ship, their cards, and the code that trains them."""
