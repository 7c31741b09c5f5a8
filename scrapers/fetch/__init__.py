"""Polite HTTP and its archive."""
