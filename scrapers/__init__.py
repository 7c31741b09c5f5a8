"""Fetch releases into articles/: sources, platforms, archive, ledger."""
