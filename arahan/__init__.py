"""Hand-over types, settings and the command line of Arahan."""

__version__ = "0.1.0"
