"""A site of no known kind: links that look like articles, text by trafilatura."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from scrapers.platforms.base import SitePlatform
from scrapers.platforms.options import PAGE_OPTIONS, Option


class Fallback(SitePlatform):
    """A site of no known kind: links that look like articles, text by trafilatura."""

    name = "fallback"
    options: ClassVar[Mapping[str, Option]] = MappingProxyType(
        {
            **PAGE_OPTIONS,
            "pages": Option(list, "paths or URLs to look for links on, default the front page"),
            "include": Option(str, "regular expression that article URLs match"),
            "exclude": Option(str, "regular expression that they do not match"),
        }
    )
