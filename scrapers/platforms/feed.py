"""RSS and Atom feeds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from scrapers.platforms.base import SitePlatform
from scrapers.platforms.options import PAGE_OPTIONS, Option


class Feed(SitePlatform):
    """RSS and Atom feeds."""

    name = "feed"
    options: ClassVar[Mapping[str, Option]] = MappingProxyType(
        {
            **PAGE_OPTIONS,
            "feeds": Option(list, "paths or URLs of feeds, default [/feed]"),
            "paged": Option(str, "query parameter that pages the feed (WordPress: paged); default none"),
            "excerpts": Option(bool, "the feed holds excerpts only: read every article from its page"),
        }
    )
