"""The word lists and tables under `pipeline/data/`, read, checked and matched in a text; reference.py writes their page."""
