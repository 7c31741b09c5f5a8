"""What every platform of the table offers beside `scrapers.types.Platform`, and the parts that they share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapers.platforms.options import PAGE_OPTIONS, Option
from scrapers.platforms.pages import read_page
from scrapers.text.urls import canonical
from scrapers.types import Listing, Response, Scraped, Source


class SitePlatform:
    """A platform with a schema of its options. Articles are read from their HTML page unless a listing holds them."""

    name: str
    options: ClassVar[Mapping[str, Option]] = PAGE_OPTIONS

    def start(self, source: Source, since: dt.datetime | None) -> Sequence[str]:
        """Listing URLs to begin with."""
        raise NotImplementedError

    def listing(self, response: Response, source: Source) -> Listing:
        """Read a listing page. Raises PageError."""
        raise NotImplementedError

    def article(self, response: Response, source: Source) -> Scraped:
        """Read an article's HTML page. Raises PageError."""
        return read_page(response, source)


def option(source: Source, name: str, default: Any) -> Any:  # noqa: ANN401  # options are checked by their schema
    """A source's option, or the default."""
    return source.options.get(name, default)


def site_url(source: Source, path: str) -> str:
    """`path` below the source's URL ("/feed" of https://a.go.id/berita is https://a.go.id/berita/feed); a whole URL stays."""
    if urlsplit(path).scheme:
        return canonical(path)
    parts = urlsplit(source.url)
    return canonical(
        urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") + "/" + path.lstrip("/"), "", "")) if path else source.url
    )


def whole_number(text: str, otherwise: int = 0) -> int:
    """A number that counts posts or pages; `otherwise` for anything else, an absurdly long one too."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def next_by_number(url: str, parameter: str, step: int = 1, first: int = 1) -> str:
    """`url` with its query parameter that counts pages raised by `step`; `first` is what it counts from."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    query[parameter] = str(whole_number(query.get(parameter, ""), first) + step)
    return urlunsplit(parts._replace(query=urlencode(query, safe=":,/"), fragment=""))
