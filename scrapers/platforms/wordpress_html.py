"""WordPress without its REST API: feeds with ?paged=, else archive pages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from scrapers.platforms.base import SitePlatform
from scrapers.platforms.options import PAGE_OPTIONS, Option


class WordPressHtml(SitePlatform):
    """WordPress without its REST API: feeds with ?paged=, else archive pages."""

    name = "wordpress-html"
    options: ClassVar[Mapping[str, Option]] = MappingProxyType(
        {
            **PAGE_OPTIONS,
            "feeds": Option(list, "paths of feeds, default [/feed/atom/]; [] for none"),
            "archives": Option(list, "paths of archive pages, default none"),
            "excerpts": Option(bool, "the feed holds excerpts only: read every article from its page"),
            "item": Option(str, "selector of an entry on an archive page", css=True),
            "link": Option(str, "selector of the link in an entry", css=True),
            "next": Option(str, "selector of the link to older entries", css=True),
        }
    )
