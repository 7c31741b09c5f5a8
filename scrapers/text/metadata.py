"""What a page says of its article beside the text: JSON-LD, OpenGraph, microdata, and what readers see."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from lxml.etree import _Element

from scrapers.text.body import short_text
from scrapers.text.dates import read_date, read_datetime
from scrapers.text.json_ld import article_data, texts
from scrapers.text.lines import one_line
from scrapers.text.markup import markup
from scrapers.text.tree import relevant, select
from scrapers.text.urls import canonical, same_site

MAX_TITLE_CHARS, LEAST_TITLE_CHARS = 500, 12
MAX_SEEN = 40
"""Elements that one selector may offer for a date, a headline or a name."""
SHORT_BLOCKS = frozenset({"p", "small", "span", "li", "td", "div", "font"})
MAX_BELOW, MAX_DATE_CHARS, MAX_CLIMB = 25, 120, 4
SITE_NAME = re.compile(r"\s+[|–—»·-]\s+[^|–—»·]{2,80}$")
BYLINE = re.compile(
    r"^(?:(?:ditulis|diposting|diunggah|dipublikasikan|posted|written)\s+)?(?:oleh|penulis|by|author|editor)\b\s*:?\s*", re.I
)
NOT_AN_AUTHOR = re.compile(r"https?:|@|\d{4}", re.I)
NOT_A_CATEGORY = re.compile(r"uncategori[sz]ed|tak berkategori|tidak berkategori", re.I)


@dataclass(frozen=True, slots=True)
class Metadata:
    """Empty strings, empty tuples and None where the page is silent. Dates with a time have a time zone."""

    url: str
    title: str
    published: dt.datetime | dt.date | None
    modified: dt.datetime | None
    author: str
    categories: tuple[str, ...]
    captions: tuple[str, ...]
    language: str


def read_metadata(root: _Element, url: str, zone: dt.tzinfo, fetched_at: dt.datetime | None = None) -> Metadata:
    """Everything that the page at `url` says; `zone` goes for times without one. The page's own marks go before its look."""
    meta, linked = _meta(root), article_data(root)
    return Metadata(
        url=_canonical(root, meta, url),
        title=_title(root, meta, linked),
        published=_published(root, meta, linked, zone, fetched_at),
        modified=_modified(meta, linked, zone, fetched_at),
        author=_author(root, meta, linked),
        categories=_categories(root, meta, linked),
        captions=tuple(dict.fromkeys(seen_texts(root, markup().lead_captions))),
        language=_language(root),
    )


def first_text(root: _Element, selectors: Iterable[str], most_chars: int = MAX_TITLE_CHARS) -> str:
    """The text of the first element that has some and matches one of the selectors; "" without."""
    return next(iter(seen_texts(root, selectors, most_chars)), "")


def date_in(element: _Element, zone: dt.tzinfo, fetched_at: dt.datetime | None) -> dt.datetime | dt.date | None:
    """The date that an element carries in an attribute, or shows."""
    for attribute in ("datetime", "content", "title", "data-date"):
        if (value := element.get(attribute)) and (found := read_date(value, zone, fetched_at)):
            return found
    return read_date(short_text(element) or "", zone, fetched_at)


def _meta(root: _Element) -> Mapping[str, str]:
    """The first content of every <meta> by its property, name or itemprop, in lower case."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            name, content = element.get(attribute, "").strip().lower(), element.get("content", "").strip()
            if name and content:
                found.setdefault(name, content)
    return found


def seen_texts(root: _Element, selectors: Iterable[str], most_chars: int = MAX_TITLE_CHARS) -> Iterator[str]:
    """The short texts of the elements that the selectors match, selector by selector."""
    for selector in relevant(root, selectors):
        for element in select(root, selector)[:MAX_SEEN]:
            if text := short_text(element, most_chars):
                yield text


def _canonical(root: _Element, meta: Mapping[str, str], url: str) -> str:
    """The page's canonical URL where it is one of the same site and not merely the front page."""
    links = (element.get("href", "") for element in root.iter("link") if "canonical" in element.get("rel", "").lower().split())
    for said in (*links, meta.get("og:url", "")):
        given = canonical(said, url) if said.strip() else ""
        if given and same_site(given, url) and (urlsplit(given).path != "/" or urlsplit(given).query):
            return given
    return canonical(url)


def _title(root: _Element, meta: Mapping[str, str], linked: Mapping[str, Any]) -> str:
    """The headline as shown, where the page's marks confirm it; else what the marks say."""
    marked = [text for text in map(one_line, (meta.get("og:title", ""), *texts(linked.get("headline")))) if text]
    seen = list(seen_texts(root, markup().titles))
    if marked:
        shown = (text for text in seen if any(_same_start(text, said) for said in marked))
        return next(shown, _without_site(marked[0])[:MAX_TITLE_CHARS])
    document = first_text(root, ["title"])
    confirmed = [text for text in seen if _letters(text) in _letters(document) and len(text) >= LEAST_TITLE_CHARS]
    likely = [text for text in seen if len(text) >= LEAST_TITLE_CHARS]
    return max(confirmed, key=len, default=next(iter(likely), _without_site(document)))


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _same_start(seen: str, said: str) -> bool:
    seen, said = _letters(seen), _letters(said)
    return len(seen) > 3 and (said.startswith(seen[:60]) or seen.startswith(said[:60]))


def _without_site(title: str) -> str:
    return SITE_NAME.sub("", title) or title


def _published(
    root: _Element, meta: Mapping[str, str], linked: Mapping[str, Any], zone: dt.tzinfo, fetched_at: dt.datetime | None
) -> dt.datetime | dt.date | None:
    named = (
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "publishdate",
        "pubdate",
        "date",
        "dc.date",
        "dc.date.issued",
    )
    for value in (meta.get(named[0]), linked.get("datePublished"), *(meta.get(name) for name in named[1:])):
        if isinstance(value, str) and (found := read_date(value, zone, fetched_at)):
            return found
    rules = markup()
    likely = (_matching(root, rules.dates), _below_headline(root), _matching(root, rules.likely_dates))
    return next((found for element in chain(*likely) if (found := date_in(element, zone, fetched_at))), None)


def _matching(root: _Element, selectors: Iterable[str]) -> Iterator[_Element]:
    return (element for selector in relevant(root, selectors) for element in select(root, selector)[:MAX_SEEN])


def _below_headline(root: _Element) -> Iterator[_Element]:
    """The first short elements after the headline, where sites without better markup show the date."""
    headlines = _matching(root, [selector for selector in markup().titles if "h1" in selector or "judul" in selector])
    headline = next((element for element in headlines if len(short_text(element) or "") >= LEAST_TITLE_CHARS), None)
    if headline is None:
        return
    below = _after(headline)
    yield from (element for element, _ in zip(below, range(MAX_BELOW), strict=False) if short_text(element, MAX_DATE_CHARS))


def _after(element: _Element) -> Iterator[_Element]:
    """Leaves and short blocks that follow an element in document order."""
    here: _Element | None = element
    for _ in range(MAX_CLIMB):
        if here is None:
            return
        for brother in here.itersiblings():
            yield from (one for one in brother.iter() if len(one) == 0 or one.tag in SHORT_BLOCKS)
        here = here.getparent()


def _modified(
    meta: Mapping[str, str], linked: Mapping[str, Any], zone: dt.tzinfo, fetched_at: dt.datetime | None
) -> dt.datetime | None:
    said = (meta.get("article:modified_time"), linked.get("dateModified"), meta.get("og:updated_time"), meta.get("datemodified"))
    dates = (read_datetime(value, zone, fetched_at) for value in said if isinstance(value, str))
    return next((found for found in dates if found), None)


def _author(root: _Element, meta: Mapping[str, str], linked: Mapping[str, Any]) -> str:
    said = (*seen_texts(root, markup().authors, 120), meta.get("author", ""), *texts(linked.get("author")))
    names = (BYLINE.sub("", one_line(text)) for text in said)
    return next((name for name in names if name and not NOT_AN_AUTHOR.search(name)), "")


def _categories(root: _Element, meta: Mapping[str, str], linked: Mapping[str, Any]) -> tuple[str, ...]:
    seen = (
        list(seen_texts(root, markup().categories, 80))
        or texts(linked.get("articleSection"))
        or texts(meta.get("article:section", ""))
    )
    return tuple(dict.fromkeys(one_line(name) for name in seen if not NOT_A_CATEGORY.fullmatch(name)))


def _language(root: _Element) -> str:
    """The primary language tag of the document ("id" of id-ID); "" where it is missing."""
    tag = re.match(
        r"[A-Za-z]{2,3}(?=$|[-_])", (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    )
    return {"in": "id"}.get(tag[0].lower(), tag[0].lower()) if tag else ""
