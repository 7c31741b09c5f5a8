"""An article from its HTML page, by the source's selectors or by what the markup itself says."""

from __future__ import annotations

from scrapers.types import Response, Scraped, Source


def read_page(response: Response, source: Source) -> Scraped:
    """Title, text, dates and the rest of an article's page. Raises PageError: MALFORMED (not HTML) or NO_TEXT."""
    raise NotImplementedError
