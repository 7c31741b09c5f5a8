"""A site of no known kind: links that look like articles, text by trafilatura."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import ClassVar

from scrapers.platforms.base import SitePlatform, option, site_url
from scrapers.platforms.entries import Entry, read_entries
from scrapers.platforms.options import PAGE_OPTIONS, Option
from scrapers.platforms.pages import read_page
from scrapers.types import Listing, Response, Scraped, Source


class Fallback(SitePlatform):
    """Looks at the pages it is told of and what they call older; it cannot tell whether it saw everything."""

    name = "fallback"
    options: ClassVar[Mapping[str, Option]] = MappingProxyType(
        {
            **PAGE_OPTIONS,
            "pages": Option(list, "paths or URLs to look for links on, default the front page"),
            "include": Option(str, "regular expression that article URLs match"),
            "exclude": Option(str, "regular expression that they do not match"),
        }
    )

    def start(self, source: Source, since: dt.datetime | None) -> Sequence[str]:  # noqa: ARG002
        """The pages, by default the front page."""
        return [site_url(source, page) for page in option(source, "pages", ["/"])]

    def listing(self, response: Response, source: Source) -> Listing:
        """Links that look like articles. Raises PageError."""
        return replace(read_entries(response, source, Entry()), newest_first=False)

    def article(self, response: Response, source: Source) -> Scraped:
        """The article that trafilatura finds. Raises PageError."""
        return read_page(response, source, trust_trafilatura=True)
