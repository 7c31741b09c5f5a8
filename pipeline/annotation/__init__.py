"""Stanza over articles, and its documents as spaCy documents."""
