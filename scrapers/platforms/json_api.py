"""A JSON API, described by field paths."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from scrapers.platforms.base import SitePlatform
from scrapers.platforms.options import PAGE_OPTIONS, Option


class JsonApi(SitePlatform):
    """A JSON API, described by field paths."""

    name = "json-api"
    options: ClassVar[Mapping[str, Option]] = MappingProxyType(
        {
            **PAGE_OPTIONS,
            "urls": Option(list, "paths or URLs of the first pages; {since} stands for the date", required=True),
            "items": Option(str, "path of the list of articles, such as data.items; default: the whole document"),
            "fields": Option(
                dict,
                "paths in an item for url, title, text, published, modified, author, categories, captions, id",
                required=True,
            ),
            "url_template": Option(str, "URL of an article with {field} for paths in its item, such as /berita/{slug}"),
            "next": Option(str, "path of the URL of the next page"),
            "page_param": Option(str, "query parameter that counts pages or items, where there is no next"),
            "page_step": Option(int, "by how much it grows, default 1"),
            "last_page": Option(str, "path of the number of the last page, or of all items where page_step is not 1"),
            "oldest_first": Option(bool, "the list does not begin with the newest"),
            "complete": Option(bool, "all pages together name every article there is"),
        }
    )
