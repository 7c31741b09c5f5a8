"""Listing pages read by selectors: CodeIgniter, Laravel and hand-made sites."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from scrapers.platforms.base import SitePlatform
from scrapers.platforms.options import PAGE_OPTIONS, Option


class ListingPages(SitePlatform):
    """Listing pages read by selectors: CodeIgniter, Laravel and hand-made sites."""

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
