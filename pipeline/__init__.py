"""From articles to directives: read, clean, annotate, attribute, extract, assemble."""
