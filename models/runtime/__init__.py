"""Load and run the weights that ship."""
