"""Sitemaps: indexes, gzip, Google News; they name pages with the time of their last change."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar
from urllib.parse import urldefrag

from lxml import etree
from lxml.etree import _Element

from scrapers.platforms.base import SitePlatform, option, site_url
from scrapers.platforms.entries import NOT_ARTICLES
from scrapers.platforms.options import PAGE_OPTIONS, Option
from scrapers.platforms.pages import on_site_clock
from scrapers.text.charset import decode
from scrapers.text.dates import read_date, zone_of
from scrapers.text.lines import one_line
from scrapers.text.tree import parse_xml
from scrapers.text.urls import canonical, same_site
from scrapers.types import Found, Listing, Outcome, PageError, Response, Source

MAX_BYTES = 60_000_000
MAX_URLS, MAX_MAPS = 50_000, 5_000
"""The protocol's own bound on URLs; indexes name at most so many maps here."""
MAX_DEPTH = 3
"""Indexes inside indexes, which the protocol forbids and some sites have. From the second on the URL's fragment counts."""
GZIP = b"\x1f\x8b"
DEPTH = re.compile(r"depth=(\d{1,3})$")


class Sitemap(SitePlatform):
    """Every article is read from its page."""

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

    def start(self, source: Source, since: dt.datetime | None) -> Sequence[str]:  # noqa: ARG002
        """The sitemaps."""
        return [site_url(source, path) for path in option(source, "sitemaps", ["/sitemap.xml"])]

    def listing(self, response: Response, source: Source) -> Listing:
        """One sitemap or index. Raises PageError(MALFORMED)."""
        root = parse_xml(_text(response))
        kind = etree.QName(root).localname.lower() if root is not None else ""
        if root is None or kind not in {"urlset", "sitemapindex"}:
            raise PageError(response.url, Outcome.MALFORMED, "not a sitemap")
        if kind == "sitemapindex":
            return Listing(next=_maps(root, response, source, self._depth(response, source)), newest_first=False, exhaustive=True)
        wanted = (found for found in _pages(root, response, source) if _is_wanted(found.url, source))
        return Listing(list({found.url: found for found in wanted}.values()), newest_first=False, exhaustive=True)

    def _depth(self, response: Response, source: Source) -> int:
        """How many indexes lead to this one."""
        if response.url in self.start(source, None):
            return 0
        match = DEPTH.search(urldefrag(response.url).fragment)
        return int(match[1]) if match else 1


def is_sitemap(response: Response) -> bool:
    """Whether the response looks like a sitemap or an index of them."""
    return bool(re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", response.body[:4000]))


def _text(response: Response) -> str:
    """The document, out of gzip where it still is, never more than the bound."""
    body = response.body
    if body.startswith(GZIP):
        try:
            body = zlib.decompressobj(wbits=31).decompress(body, MAX_BYTES)
        except zlib.error as error:
            raise PageError(response.url, Outcome.MALFORMED, f"broken gzip: {error}") from error
    return decode(body, response.headers.get("content-type", ""))


def _maps(root: _Element, response: Response, source: Source, depth: int) -> list[str]:
    if depth + 1 > MAX_DEPTH:
        return []
    pattern, here = option(source, "maps", ""), canonical(response.final_url)
    urls = (canonical(children.get("loc", ""), response.final_url) for children in _entries(root, "sitemap", MAX_MAPS))
    wanted = [url for url in dict.fromkeys(urls) if url and url != here and (not pattern or re.search(pattern, url))]
    return [url if depth == 0 else f"{url}#depth={depth + 1}" for url in wanted if same_site(url, here)]


def _pages(root: _Element, response: Response, source: Source) -> Iterator[Found]:
    zone = zone_of(source.timezone)
    for children in _entries(root, "url", MAX_URLS):
        if url := canonical(children.get("loc", ""), response.final_url):
            published = on_site_clock(read_date(children.get("publication_date", ""), zone, response.fetched_at), zone)
            yield Found(url, children.get("lastmod", ""), published, one_line(children.get("title", "")))


def _entries(root: _Element, name: str, most: int) -> Iterator[dict[str, str]]:
    """The texts inside each entry by local name, whatever the namespace; images' own entries stay out."""
    entries = (child for child in root if isinstance(child.tag, str) and etree.QName(child).localname == name)
    for entry, _ in zip(entries, range(most), strict=False):
        texts: dict[str, str] = {}
        for element in entry.iter("{*}loc", "{*}lastmod", "{*}publication_date", "{*}title"):
            if "image" not in (etree.QName(element).namespace or ""):
                texts.setdefault(etree.QName(element).localname, (element.text or "").strip())
        yield texts


def _is_wanted(url: str, source: Source) -> bool:
    include, exclude = option(source, "include", ""), option(source, "exclude", "")
    if not same_site(url, source.url) or NOT_ARTICLES.search(url) or (exclude and re.search(exclude, url)):
        return False
    return bool(re.search(include, url)) if include else canonical(source.url).rstrip("/") != url.rstrip("/")
