"""Listing pages read by selectors: CodeIgniter, Laravel and hand-made sites."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from scrapers.platforms.base import SitePlatform, option, site_url
from scrapers.platforms.entries import Entry, read_entries
from scrapers.platforms.options import PAGE_OPTIONS, Option
from scrapers.types import Listing, Response, Source


class ListingPages(SitePlatform):
    """Entries and the link to older ones by selector, or recognised where the source gives none."""

    name = "listing"
    options: ClassVar[Mapping[str, Option]] = MappingProxyType(
        {
            **PAGE_OPTIONS,
            "pages": Option(list, "paths or URLs of the first listing pages", required=True),
            "item": Option(str, "selector of an entry; default: every link that looks like an article", css=True),
            "link": Option(str, "selector of the link in an entry, default its first", css=True),
            "item_title": Option(str, "selector of the headline in an entry", css=True),
            "item_date": Option(str, "selector of the date in an entry", css=True),
            "next": Option(str, "selector of the link to older entries; default: recognised", css=True),
            "include": Option(str, "regular expression that article URLs match"),
            "exclude": Option(str, "regular expression that they do not match"),
        }
    )

    def start(self, source: Source, since: dt.datetime | None) -> Sequence[str]:  # noqa: ARG002
        """The first pages."""
        return [site_url(source, page) for page in option(source, "pages", ["/"])]

    def listing(self, response: Response, source: Source) -> Listing:
        """One listing page. Raises PageError."""
        entry = Entry(*(str(option(source, name, "")) for name in ("item", "link", "item_date", "next")))
        return read_entries(response, source, entry)
