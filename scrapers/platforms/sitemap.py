"""Sitemaps: indexes, gzip, news."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from scrapers.platforms.base import SitePlatform
from scrapers.platforms.options import PAGE_OPTIONS, Option


class Sitemap(SitePlatform):
    """Sitemaps: indexes, gzip, news."""

    name = "sitemap"
    options: ClassVar[Mapping[str, Option]] = MappingProxyType(
        {
            **PAGE_OPTIONS,
            "sitemaps": Option(list, "paths or URLs, default [/sitemap.xml]"),
            "include": Option(str, "regular expression that article URLs match"),
            "exclude": Option(str, "regular expression that they do not match"),
            "maps": Option(str, "regular expression that the sitemaps of an index match"),
        }
    )
