"""Atom and JSON feeds of a query."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from search.results import Hit
from search.web.cite import issuer
from search.web.language import Language
from search.web.links import Links, safe_url

ATOM = "http://www.w3.org/2005/Atom"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself: addresses of the page and of the feed, both whole."""

    title: str
    page: str
    own: str
    hits: Sequence[Hit]


def atom(feed: Feed, words: Language, links: Links) -> bytes:
    """RFC 4287."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": words.code})
    _add(root, "title", feed.title)
    _add(root, "id", feed.own)
    _add(root, "updated", _moment(max((hit.published for hit in feed.hits if hit.published), default=None)))
    _add(_add(root, "author"), "name", words.plain("site.name"))
    _add(root, "link", rel="self", href=feed.own, type="application/atom+xml")
    _add(root, "link", rel="alternate", href=feed.page, type="text/html")
    for hit in feed.hits:
        _entry(root, hit, words, links)
    whole: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return whole


def _entry(root: ET.Element, hit: Hit, words: Language, links: Links) -> None:
    entry = _add(root, "entry")
    _add(entry, "title", title(hit, words))
    _add(entry, "id", links.directive(hit.directive_id))
    _add(entry, "updated", _moment(hit.published))
    if hit.published:
        _add(entry, "published", _moment(hit.published))
    _add(_add(entry, "author"), "name", issuer(hit, words))
    _add(entry, "link", rel="alternate", href=links.whole("arahan", hit.directive_id), type="text/html")
    if source := safe_url(hit.url):
        _add(entry, "link", rel="via", href=source)
    for term in (hit.kind, *hit.sectors):
        _add(entry, "category", term=term)
    _add(entry, "summary", hit.evidence, type="text")


def json_feed(feed: Feed, words: Language, links: Links) -> bytes:
    """JSON Feed 1.1."""
    items = [
        {
            "id": links.directive(hit.directive_id),
            "url": links.whole("arahan", hit.directive_id),
            "title": title(hit, words),
            "content_text": hit.evidence,
            "authors": [{"name": issuer(hit, words)}],
            "tags": [hit.kind, *hit.sectors],
            **({"external_url": source} if (source := safe_url(hit.url)) else {}),
            **({"date_published": _moment(hit.published)} if hit.published else {}),
        }
        for hit in feed.hits
    ]
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.own,
        "language": words.code,
        "items": items,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def title(hit: Hit, words: Language) -> str:
    """Kind, issuer and act in one line."""
    return " ".join(f"{words.value('kind', hit.kind)}: {issuer(hit, words)}: {hit.heading}".split())


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{ATOM}}}{tag}", {name: _clean(value) for name, value in attributes.items()})
    if text:
        element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def _moment(date: dt.date | None) -> str:
    return f"{date or dt.date(1970, 1, 1)}T00:00:00Z"
