"""RSS and Atom feeds, page by page where a feed says what comes next or a query parameter pages it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from scrapers.platforms.base import SitePlatform, next_by_number, option, site_url
from scrapers.platforms.feed_entries import read_feed
from scrapers.platforms.options import PAGE_OPTIONS, Option
from scrapers.types import Listing, Response, Source


class Feed(SitePlatform):
    """Articles come from the feed where it holds them whole, else from their pages."""

    name = "feed"
    options: ClassVar[Mapping[str, Option]] = MappingProxyType(
        {
            **PAGE_OPTIONS,
            "feeds": Option(list, "paths or URLs of feeds, default [/feed]"),
            "paged": Option(str, "query parameter that pages the feed (WordPress: paged); default none"),
            "excerpts": Option(bool, "the feed holds excerpts only: read every article from its page"),
        }
    )

    def start(self, source: Source, since: dt.datetime | None) -> Sequence[str]:  # noqa: ARG002
        """The feeds."""
        return [site_url(source, feed) for feed in option(source, "feeds", ["/feed"])]

    def listing(self, response: Response, source: Source) -> Listing:
        """One feed document. Raises PageError."""
        entries = read_feed(response, source, option(source, "excerpts", False))
        paged = option(source, "paged", "")
        following = entries.next or ([next_by_number(response.url, paged)] if paged and entries.found else [])
        return Listing(entries.found, following)
