"""From HTML to an article: text, dates, metadata."""
