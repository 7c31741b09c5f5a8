"""The page eras of the outlets in data/outlets.toml. Each has a frozen page in the tests, written after its markup.

The layouts were inferred from the traces that they leave in releases copied as text (share buttons, view counters, related
posts); whoever sees the real pages corrects them here, and adds the next era when a site is rebuilt.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType
from typing import Any, ClassVar

from scrapers.sources.eras import Era, check_order
from scrapers.types import Scraped

_COUNTER = re.compile(r"^\w*\s*\d+ (?:Dilihat|kali dilihat|views)$", re.IGNORECASE)


def _without(article: Scraped, unwanted: re.Pattern[str]) -> Scraped:
    """The article without the paragraphs that match as a whole."""
    kept = (paragraph for paragraph in article.text.split("\n") if not unwanted.match(paragraph))
    return replace(article, text="\n".join(kept))


class NttProvince(Era):
    """A WordPress theme with links to older releases between the paragraphs."""

    source = "nttprov"
    name = "humas"
    options: ClassVar[Mapping[str, Any]] = MappingProxyType(
        {
            "title": "h1.entry-title",
            "body": ".entry-content",
            "caption": ".wp-caption-text",
            "drop": ".inline-related, .sharedaddy",
        }
    )


class KaltimProvinceTables(Era):
    """A hand-made site laid out with tables: the category above the headline, related news and a banner below the text."""

    source = "kaltimprov"
    name = "tables"
    until = dt.date(2021, 12, 31)
    options: ClassVar[Mapping[str, Any]] = MappingProxyType(
        {"title": "td.judul", "date": "td.tanggal", "category": "td.rubrik", "body": "td.isi", "drop": ".terkait, .banner"}
    )


class KaltimProvinceLaravel(Era):
    """The site rebuilt with Laravel and Bootstrap."""

    source = "kaltimprov"
    name = "laravel"
    options: ClassVar[Mapping[str, Any]] = MappingProxyType(
        {
            "title": "h1.detail-title",
            "date": ".detail-meta time",
            "author": ".detail-meta .author",
            "category": ".breadcrumb li:last-child a",
            "body": ".detail-content",
            "caption": "figcaption",
            "drop": ".berita-terkait, .gpr-widget, .share",
        }
    )


class SeputarNttShareList(Era):
    """A theme that prints its share buttons as a list above the text, comments and related posts below."""

    source = "seputar-ntt"
    name = "share-list"
    until = dt.date(2019, 12, 31)
    options: ClassVar[Mapping[str, Any]] = MappingProxyType(
        {"title": "h1.post-title", "date": "span.post-date", "body": "div.post-body", "drop": "ul.share, .comments, .related"}
    )


class SeputarNttMagazine(Era):
    """A magazine theme: share bar beside the text, related posts as a grid."""

    source = "seputar-ntt"
    name = "magazine"
    options: ClassVar[Mapping[str, Any]] = MappingProxyType(
        {
            "title": "h1.entry-title",
            "date": "time.entry-date",
            "author": ".entry-author a",
            "body": ".entry-content-single",
            "caption": "figcaption, .wp-caption-text",
            "drop": ".gmr-share, .gmr-related-post, .comments-area",
        }
    )


class MetroKampung(Era):
    """A Blogger template; the editor's line and the photo's caption stand in the post itself."""

    source = "metrokampung"
    name = "template"
    options: ClassVar[Mapping[str, Any]] = MappingProxyType(
        {
            "title": "h3.post-title",
            "date": "abbr.published",
            "body": ".post-body",
            "caption": ".tr-caption",
            "drop": ".post-footer",
        }
    )
    _editor = re.compile(r"^Editor:\s*\S+$")

    def refine(self, article: Scraped) -> Scraped:
        """Without the line that names the editor."""
        return _without(article, self._editor)


class PilarSumsel(Era):
    """A theme that counts the views of a page in its text."""

    source = "pilarsumsel"
    name = "views"
    options: ClassVar[Mapping[str, Any]] = MappingProxyType(
        {"title": "h1.jeg_post_title", "date": ".jeg_meta_date", "author": ".jeg_meta_author a", "body": ".content-inner"}
    )

    def refine(self, article: Scraped) -> Scraped:
        """Without the counter."""
        return _without(article, _COUNTER)


_IN_ORDER: tuple[type[Era], ...] = (
    NttProvince,
    KaltimProvinceTables,
    KaltimProvinceLaravel,
    SeputarNttShareList,
    SeputarNttMagazine,
    MetroKampung,
    PilarSumsel,
)


def _by_source() -> Mapping[str, tuple[type[Era], ...]]:
    eras = {source: tuple(group) for source, group in groupby(_IN_ORDER, key=lambda era: era.source)}
    for group in eras.values():
        check_order(group)
    return MappingProxyType(eras)


ERAS: Mapping[str, tuple[type[Era], ...]] = _by_source()
