"""Listing pages in HTML: entries with a link, a headline and a date, and the link to older ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml.etree import _Element

from scrapers.platforms.base import option
from scrapers.platforms.pages import html_root, on_site_clock
from scrapers.text.body import short_text
from scrapers.text.dates import zone_of
from scrapers.text.metadata import date_in
from scrapers.text.tree import select
from scrapers.text.urls import canonical, same_site
from scrapers.types import Found, Listing, Response, Source

MAX_ENTRIES = 2_000
OLDER = re.compile(
    r"(?:older(?: posts)?|next(?: page)?|berikut(?:nya)?|selanjutnya"
    r"|lebih lama|pos-pos lama|postingan lama|lama|›|»|>|→)[\s›»→>]*",
    re.IGNORECASE,
)
OLDER_MARKED = (
    "a[rel~=next], link[rel=next], .pagination .next a, .pagination a.next, .page-item.next a, li.next a, a.blog-pager-older-link"
)
ARTICLE_PATH = re.compile(
    r"/(?:\d{4}/\d{1,2}(?:/\d{1,2})?/[^/]{5,}|(?:berita|news|artikel|post|posts|baca|read|detail|rilis|siaran-pers|publikasi|informasi|kabar)[^?]*/[^/?]*(?:\d|-[^/?-]+-)[^/?]*"
    r"|[^/?]*(?:-[^/?-]+){3,}[^/?]*)/?$",
    re.IGNORECASE,
)
ARTICLE_QUERY = re.compile(
    r"(?:^|&)(?:p|id|id_berita|idberita|berita|news|artikel|slug|view=article.*|post)=[^&]+", re.IGNORECASE
)
NOT_ARTICLES = re.compile(
    r"/(?:category|kategori|tag|tags|label|author|penulis|page|halaman|search|cari|login|wp-admin|wp-content|uploads|feed|download|unduh|galeri|gallery|video|foto)(?:/|$)"
    r"|/(?:index|page|halaman|hal|p)/\d+/?$"
    r"|\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|zip|rar|mp[34]|css|js|xml)$",
    re.IGNORECASE,
)


class Entry(NamedTuple):
    """Selectors: of an entry, and inside it of its link and date; of the link to older entries. Empty ones are recognised."""

    item: str = ""
    link: str = ""
    date: str = ""
    next: str = ""


def read_entries(response: Response, source: Source, entry: Entry) -> Listing:
    """What a listing page names: the options `include` and `exclude` choose among the links. Raises PageError."""
    root = html_root(response)
    found: dict[str, Found] = {}
    for element in select(root, entry.item)[:MAX_ENTRIES] if entry.item else [root]:
        for each in _of_item(element, response, source, entry) if entry.item else _articles_on(element, response, source):
            if each.url not in found or (each.title and not found[each.url].title):
                found[each.url] = each
    return Listing(list(found.values()), _older(root, response, entry) if found else [])


def looks_like_article(url: str) -> bool:
    """Whether a URL's path or query is one that sites give to articles."""
    parts = urlsplit(url)
    if NOT_ARTICLES.search(parts.path):
        return False
    return bool(ARTICLE_PATH.search(parts.path) or (ARTICLE_QUERY.search(parts.query)))


def _of_item(item: _Element, response: Response, source: Source, entry: Entry) -> Iterator[Found]:
    """The entry's article, if its link is to be followed."""
    links = select(item, entry.link) if entry.link else ([item] if item.tag == "a" else select(item, "a[href]"))
    zone = zone_of(source.timezone)
    for link in links:
        if url := _wanted(link, response, source):
            title = _text(item, option(source, "item_title", "")) or short_text(link) or str(link.get("title", ""))
            dates = (
                date_in(element, zone, response.fetched_at) for element in (select(item, entry.date) if entry.date else [item])
            )
            yield Found(url, published=on_site_clock(next((date for date in dates if date), None), zone), title=title)
            return


def _articles_on(root: _Element, response: Response, source: Source) -> Iterator[Found]:
    """Every link of the page that looks like an article."""
    chosen = "include" in source.options
    for link in select(root, "a[href]")[:MAX_ENTRIES]:
        url = _wanted(link, response, source)
        if url and (chosen or looks_like_article(url)) and url != canonical(response.final_url):
            yield Found(url, title=short_text(link) or "")


def _wanted(link: _Element, response: Response, source: Source) -> str:
    """The link's URL if it stays on the site and the source wants it, else ""."""
    url = canonical(link.get("href", ""), response.final_url)
    if not url or not same_site(url, source.url) or link.get("href", "").startswith("#"):
        return ""
    include, exclude = option(source, "include", ""), option(source, "exclude", "")
    wanted = (not include or re.search(include, url)) and not (exclude and re.search(exclude, url))
    return url if wanted else ""


def _text(item: _Element, selector: str) -> str:
    elements = select(item, selector) if selector else []
    return next((text for element in elements if (text := short_text(element))), "")


def _older(root: _Element, response: Response, entry: Entry) -> list[str]:
    """The page of older entries: by the selector, by rel=next, by what its link says."""
    links = select(root, entry.next or OLDER_MARKED)
    if not links and not entry.next:
        links = [link for link in select(root, "a[href]") if OLDER.fullmatch((short_text(link, 40) or "").strip())]
    urls = (canonical(link.get("href", ""), response.final_url) for link in links)
    here = canonical(response.final_url)
    return [url for url in dict.fromkeys(urls) if url and url != here and same_site(url, here)][:1]
