"""Entries of an RSS or Atom feed, read by feedparser, as what a listing names."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import feedparser

from scrapers.platforms.pages import on_site_clock, plain, read_content, without_title
from scrapers.text.charset import decode
from scrapers.text.dates import read_date, read_datetime, zone_of
from scrapers.text.lines import one_line
from scrapers.text.metadata import NOT_A_CATEGORY
from scrapers.text.tree import DECLARATION, UNFIT
from scrapers.text.urls import canonical
from scrapers.types import Found, Outcome, PageError, Response, Scraped, Source

FEED = re.compile(r"<\s*(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
CUT = re.compile(
    r"(?:\[\s*)?(?:…|\.\.\.|&hellip;)\s*\]?\s*"
    r"(?:(?:read more|continue reading|selengkapnya|baca selengkapnya|lanjutkan membaca)\b.{0,200})?$",
    re.IGNORECASE | re.DOTALL,
)
LEAST_WORDS = 60
"""A description with fewer words is taken for an excerpt; content that a feed gives as such is not."""
MAX_CHARS, MAX_DOCTYPE_CHARS = 30_000_000, 20_000


class Entries(NamedTuple):
    """What a feed names, newest first as a rule, and the page after it where the feed itself says so."""

    found: list[Found]
    next: list[str]


def is_feed(response: Response) -> bool:
    """Whether the response looks like RSS or Atom."""
    return bool(FEED.search(decode(response.body[:4000], response.headers.get("content-type", ""))))


def read_feed(response: Response, source: Source, excerpts: bool = False) -> Entries:
    """Entries of a feed; `excerpts`: it never holds whole articles. Raises PageError(MALFORMED) when it is none."""
    text = UNFIT.sub("", decode(response.body, response.headers.get("content-type", ""))[:MAX_CHARS])
    text = DECLARATION.sub("", text.lstrip())
    text = DOCTYPE.sub("", text[:MAX_DOCTYPE_CHARS], count=1) + text[MAX_DOCTYPE_CHARS:]
    if not FEED.search(text[:4000]):
        raise PageError(response.url, Outcome.MALFORMED, "neither RSS nor Atom")
    parsed = _parse(text, response)
    links = [
        canonical(link.get("href", ""), response.final_url) for link in parsed.feed.get("links", []) if link.get("rel") == "next"
    ]
    found = [each for entry in parsed.entries if (each := _found(entry, response, source, excerpts))]
    return Entries(found, [link for link in links if link])


def _parse(text: str, response: Response) -> Any:  # noqa: ANN401  # feedparser has no types
    """Never by name: feedparser opens strings that look like URLs or files."""
    try:
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError, RecursionError) as error:
        raise PageError(response.url, Outcome.MALFORMED, f"broken feed: {type(error).__name__}") from error


def _found(entry: Mapping[str, Any], response: Response, source: Source, excerpts: bool) -> Found | None:
    identity = entry.get("id", "") if str(entry.get("id", "")).startswith("http") else ""
    url = canonical(str(entry.get("feedburner_origlink") or entry.get("link") or identity), response.final_url)
    if not url:
        return None
    zone = zone_of(source.timezone)
    published = on_site_clock(read_date(_said(entry, "published") or _said(entry, "updated"), zone, response.fetched_at), zone)
    modified = read_datetime(_said(entry, "updated"), zone, response.fetched_at) if "published" in entry else None
    title = plain(str(entry.get("title", "")))
    version = _said(entry, "updated")
    content = "" if excerpts else _whole(entry)
    body = without_title(read_content(content), title) if content else None
    if body is None or len(body.text.split()) < 8:
        return Found(url, version, published, title)
    article = Scraped(
        url=url,
        title=title,
        text=body.text,
        published=published,
        modified=modified.astimezone(zone) if modified else None,
        author=_author(entry),
        categories=_categories(entry),
        captions=body.captions,
        language=source.language,
    )
    return Found(url, version, published, title, article)


def _said(entry: Mapping[str, Any], name: str) -> str:
    """A date's text; feedparser would hand out one date for another."""
    return str(entry[name] or "") if name in entry else ""


def _whole(entry: Mapping[str, Any]) -> str:
    """The entry's HTML where it is the whole article; "" for an excerpt."""
    contents = [str(content.get("value") or "") for content in entry.get("content", [])]
    if (longest := max(contents, key=len, default="")) and not CUT.search(_end(longest)):
        return longest
    summary = str(entry.get("summary") or "")
    enough = len(summary.split()) >= LEAST_WORDS and not CUT.search(_end(summary))
    return summary if enough and not contents else ""


def _end(markup: str) -> str:
    """The last words of a piece of HTML, without tags and the line that WordPress adds."""
    text = re.sub(
        r"<[^<>]{0,2000}>", " ", re.sub(r"<p>\s*(?:The post|Artikel)\s.{0,1500}$", "", markup[-3000:], flags=re.I | re.S)
    )
    return text.replace("&#8230;", "…").replace("&#160;", " ").replace("&nbsp;", " ").strip()[-300:]


def _author(entry: Mapping[str, Any]) -> str:
    detail = entry.get("author_detail") or {}
    return one_line(str(detail.get("name") or entry.get("author") or ""))


def _categories(entry: Mapping[str, Any]) -> tuple[str, ...]:
    names = [one_line(str(tag.get("label") or tag.get("term") or "")) for tag in entry.get("tags", [])]
    return tuple(dict.fromkeys(name for name in names if name and not NOT_A_CATEGORY.fullmatch(name)))
