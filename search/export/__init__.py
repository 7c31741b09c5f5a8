"""Publish a dataset, and hand its passages to people who correct them."""
