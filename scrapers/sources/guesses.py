"""Declarations that might fetch a site, from what its front page tells; the best way to fetch it comes first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin

from scrapers.sources.clues import FrontPage, article_pattern, listing_pages
from scrapers.types import Source

FEED_PATHS = ("/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/rss")
SITEMAP_PATHS = ("/sitemap.xml", "/sitemap_index.xml")
WORDPRESS_MAPS = ("/wp-sitemap.xml", "/sitemap_index.xml")
PLAIN_FEED, PLAIN_MAP = "/?feed=atom", "/?sitemap=index"  # where permalinks are plain
_OF_POSTS = re.compile(r"posts-post-\d+\.xml$|/post-sitemap\d*\.xml$|sitemap=posts&sitemap-subtype=post&")


def guess(source: Source, platform: str, **options: Any) -> Source:  # noqa: ANN401  # what the platform's schema allows
    """The source on another platform."""
    return replace(source, platform=platform, options=MappingProxyType(options))


def with_option(source: Source, name: str, value: object) -> Source:
    """The source with one more option."""
    return replace(source, options=MappingProxyType({**source.options, name: value}))


def guesses(front: FrontPage, source: Source, sitemaps: Callable[[], Sequence[str]]) -> Iterator[Source]:
    """Declarations to try; `sitemaps` (what robots.txt names) is asked when its turn comes."""
    if front.is_wordpress or front.api_root:
        yield from _wordpress(front, source)
    if front.is_blogger:
        yield guess(source, "blogger")
    for feed in front.feeds or [urljoin(front.url, path) for path in FEED_PATHS]:
        yield guess(source, "feed", feeds=[relative(feed, source)])
    pattern = article_pattern(front.links)
    yield from of_sitemaps(source, sitemaps(), pattern)
    for page in listing_pages(front.links)[:2]:
        yield guess(source, "listing", pages=[page], **_include(pattern))
    yield guess(source, "fallback", **_include(pattern))


def of_sitemaps(source: Source, named: Sequence[str], pattern: str) -> Iterator[Source]:
    """The sitemaps that robots.txt names, or those that are usual."""
    for url in named or [urljoin(source.url, path) for path in SITEMAP_PATHS]:
        yield guess(source, "sitemap", sitemaps=[relative(url, source)], **_include(pattern))


def post_maps(maps: Sequence[str], source: Source) -> list[str]:
    """Those of a WordPress's sitemaps that name its posts, as options have them."""
    return [relative(url, source) for url in maps if _OF_POSTS.search(url)]


def relative(url: str, source: Source) -> str:
    """The URL as a path below the source's, where it is one."""
    base = source.url.rstrip("/")
    return url.removeprefix(base) if url.startswith(f"{base}/") else url


def _wordpress(front: FrontPage, source: Source) -> Iterator[Source]:
    root = front.api_root
    if "rest_route=" in root:
        yield guess(source, "wordpress-rest", plain=True)
    elif root:
        api = relative(root, source).rstrip("/")
        yield guess(source, "wordpress-rest", **({} if api == "/wp-json" else {"api": api}))
    else:
        yield guess(source, "wordpress-rest")
        yield guess(source, "wordpress-rest", plain=True)
    plain = any("?" in feed for feed in front.feeds)
    yield guess(source, "wordpress-html", **({"feeds": [PLAIN_FEED]} if plain else {}))


def _include(pattern: str) -> dict[str, str]:
    return {"include": pattern} if pattern else {}
