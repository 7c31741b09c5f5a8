"""trafilatura, for pages that no rule knows, kept away from what would hurt it."""

from __future__ import annotations

import logging

from lxml import etree, html
from lxml.etree import _Element

from scrapers.text.lines import clean_lines
from scrapers.text.tree import MAX_DEPTH, depth

MAX_CHARS = 3_000_000
"""It walks trees by recursion and more than once: larger or deeper pages are not given to it."""

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def trafilatura_text(root: _Element) -> str:
    """The main text that trafilatura finds, paragraphs separated by a newline; "" where it finds none."""
    if depth(root) > MAX_DEPTH:
        return ""
    page = html.tostring(root, encoding="unicode")
    if len(page) > MAX_CHARS:
        return ""
    import trafilatura  # slow to import, and few sources need it

    try:
        found = trafilatura.extract(page, include_comments=False, include_tables=True, include_images=False, include_links=False)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, etree.LxmlError):
        return ""  # its bugs on odd pages are not ours to pass on
    return clean_lines(found or "")
