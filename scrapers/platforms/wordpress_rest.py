"""WordPress by its REST API."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from scrapers.platforms.base import SitePlatform
from scrapers.platforms.options import PAGE_OPTIONS, Option


class WordPressRest(SitePlatform):
    """WordPress by its REST API."""

    name = "wordpress-rest"
    options: ClassVar[Mapping[str, Option]] = MappingProxyType(
        {
            **PAGE_OPTIONS,
            "api": Option(str, "path of the API, default /wp-json"),
            "plain": Option(bool, "permalinks are plain: ask by ?rest_route= instead of the path"),
            "types": Option(list, "route names of the post types, default [posts]"),
            "categories": Option(str, "ids of the categories to fetch, separated by commas; default all"),
            "per_page": Option(int, "posts a request, default 50, at most 100"),
        }
    )
