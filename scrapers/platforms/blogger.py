"""Blogger by its JSON feeds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from scrapers.platforms.base import SitePlatform
from scrapers.platforms.options import PAGE_OPTIONS, Option


class Blogger(SitePlatform):
    """Blogger by its JSON feeds."""

    name = "blogger"
    options: ClassVar[Mapping[str, Option]] = MappingProxyType(
        {
            **PAGE_OPTIONS,
            "label": Option(str, "only posts with this label"),
            "per_page": Option(int, "posts a request, default 50, at most 150"),
        }
    )
