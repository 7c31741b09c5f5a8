"""Blogger by its JSON feeds: whole posts in pages, and the slim feed that names every post with its last change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar
from urllib.parse import quote, urlencode, urlsplit

from scrapers.platforms.base import SitePlatform, next_by_number, option, site_url, whole_number
from scrapers.platforms.json_body import field, items_at, read_json, text_at
from scrapers.platforms.options import PAGE_OPTIONS, Option
from scrapers.platforms.pages import in_zone, on_site_clock, read_content, without_title
from scrapers.text.dates import read_date, read_datetime, zone_of
from scrapers.text.lines import one_line
from scrapers.text.urls import canonical
from scrapers.types import Found, Listing, Outcome, PageError, Response, Scraped, Source

PER_PAGE, MOST_PER_PAGE = 50, 150
NOBODY = frozenset({"unknown", "anonymous", "noreply@blogger.com"})


class Blogger(SitePlatform):
    """Whole posts, last updated first, or those updated after `since`; then the summaries, which name every post."""

    name = "blogger"
    options: ClassVar[Mapping[str, Option]] = MappingProxyType(
        {
            **PAGE_OPTIONS,
            "label": Option(str, "only posts with this label"),
            "per_page": Option(int, "posts a request, default 50, at most 150"),
        }
    )

    def start(self, source: Source, since: dt.datetime | None) -> Sequence[str]:
        """The feed of whole posts and the feed of summaries."""
        per_page = max(1, min(MOST_PER_PAGE, int(option(source, "per_page", PER_PAGE))))
        whole = {"alt": "json", "orderby": "updated", "start-index": "1", "max-results": str(per_page)}
        if since is not None:
            whole["updated-min"] = since.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        slim = {"alt": "json", "orderby": "published", "start-index": "1", "max-results": str(MOST_PER_PAGE)}
        label = f"/-/{quote(source.options['label'])}" if "label" in source.options else ""
        feeds = (("default", whole), ("summary", slim))
        return [f"{site_url(source, f'/feeds/posts/{feed}{label}')}?{urlencode(query, safe=':')}" for feed, query in feeds]

    def listing(self, response: Response, source: Source) -> Listing:
        """One page of either feed. Raises PageError."""
        feed = field(read_json(response), "feed")
        if not isinstance(feed, dict):
            raise PageError(response.url, Outcome.MALFORMED, "not a Blogger feed")
        slim = "/feeds/posts/summary" in urlsplit(response.url).path
        entries = items_at(feed, "entry")
        found = [each for entry in entries if (each := _found(entry, response, source))]
        newest_first = not slim and "updated-min=" not in response.url
        return Listing(found, _next(feed, len(entries), response), newest_first, slim and "label" not in source.options)


def _next(feed: Mapping[str, Any], entries: int, response: Response) -> list[str]:
    """By the number of posts that the feed tells: servers give fewer a page than they are asked for."""
    total, start = (whole_number(text_at(feed, f"openSearch${name}.$t")) for name in ("totalResults", "startIndex"))
    more = any(text_at(link, "rel") == "next" for link in items_at(feed, "link"))
    if not entries or not (more or max(start, 1) + entries <= total):
        return []
    return [next_by_number(response.url, "start-index", entries)]


def _found(entry: object, response: Response, source: Source) -> Found | None:
    links = [text_at(link, "href") for link in items_at(entry, "link") if text_at(link, "rel") == "alternate"]
    url = canonical(links[0], response.final_url) if links else ""
    if not url:
        return None
    zone = zone_of(source.timezone)
    published = on_site_clock(read_date(text_at(entry, "published.$t"), zone), zone)
    title, version = one_line(text_at(entry, "title.$t")), text_at(entry, "updated.$t")
    content = text_at(entry, "content.$t")
    if not content.strip():
        return Found(url, version, published, title)
    body = without_title(read_content(content), title)
    article = Scraped(
        url=url,
        title=title,
        text=body.text,
        published=published,
        modified=in_zone(read_datetime(version, zone), zone),
        author=_author(entry),
        categories=tuple(dict.fromkeys(filter(None, (text_at(label, "term") for label in items_at(entry, "category"))))),
        captions=body.captions,
        language=source.language,
    )
    return Found(url, version, published, title, article if article.text else None)


def _author(entry: object) -> str:
    name = one_line(text_at(entry, "author.0.name.$t"))
    return "" if name.lower() in NOBODY else name
