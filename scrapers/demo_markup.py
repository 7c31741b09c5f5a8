"""The demo site's markup: a release as a page, an item of a feed, a post of WordPress's API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlsplit

WIB = dt.timezone(dt.timedelta(hours=7))
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
PAGE = """<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><title>{title} | {outlet}</title>{head}</head>
<body><header><nav><a href="{home}">Beranda</a> <a href="{home}kontak/">Kontak</a></nav></header>
<main>{main}</main>
<footer>Situs contoh: semua tempat dan orang di dalamnya rekaan.</footer></body></html>
"""


@dataclass(frozen=True, slots=True)
class Release:
    """A sample release on the site. `url` is its address there; `number` its id in WordPress."""

    number: int
    url: str
    title: str
    paragraphs: tuple[str, ...]
    published: dt.datetime | None


def release_of(number: int, record: Mapping[str, Any], home: str) -> Release:
    """A record of the sample releases, published at half past nine; its slug is that of its own address."""
    day = dt.date.fromisoformat(record["date"]) if record.get("date") else None
    moment = dt.datetime.combine(day, dt.time(9, 30), WIB) if day else None
    slug = urlsplit(record["url"]).path.rstrip("/").rsplit("/", 1)[-1]
    return Release(number, f"{home}{slug}/", record["title"], tuple(record["text"].split("\n")), moment)


def front_page(outlet: str, home: str, head: str, releases: Iterable[Release]) -> str:
    """The outlet's front page with links to releases."""
    links = "".join(f'<li><a href="{release.url}">{escape(release.title)}</a></li>' for release in releases)
    return PAGE.format(title="Beranda", outlet=outlet, head=head, home=home, main=f"<ul>{links}</ul>")


def page(outlet: str, home: str, release: Release, others: Iterable[Release]) -> str:
    """A release's page with links to others below it."""
    moment = release.published
    meta = f'<meta property="article:published_time" content="{moment.isoformat()}">' if moment else ""
    date = f'<p class="meta"><time datetime="{moment.isoformat()}">{_indonesian(moment)}</time></p>' if moment else ""
    related = "".join(f'<li><a href="{other.url}">{escape(other.title)}</a></li>' for other in others)
    main = (
        f'<article class="post"><h1 class="entry-title">{escape(release.title)}</h1>{date}'
        f'<div class="entry-content">{paragraphs(release)}</div></article>'
        f'<section class="related-posts"><h3>Berita Terkait</h3><ul>{related}</ul></section>'
    )
    head = f'<link rel="canonical" href="{release.url}">{meta}'
    return PAGE.format(title=escape(release.title), outlet=outlet, head=head, home=home, main=main)


def post(release: Release) -> dict[str, Any]:
    """A release as WordPress's API gives a post."""
    moment = release.published or dt.datetime(2020, 1, 1, tzinfo=WIB)
    local, utc = (each.strftime("%Y-%m-%dT%H:%M:%S") for each in (moment, moment.astimezone(dt.UTC)))
    excerpt = f"<p>{escape(release.paragraphs[0][:120], quote=False)}</p>"
    return {
        "id": release.number,
        "date": local,
        "date_gmt": utc,
        "modified": local,
        "modified_gmt": utc,
        "status": "publish",
        "type": "post",
        "link": release.url,
        "title": {"rendered": escape(release.title, quote=False)},
        "content": {"rendered": paragraphs(release), "protected": False},
        "excerpt": {"rendered": excerpt, "protected": False},
    }


def rss(outlet: str, home: str, releases: Iterable[Release]) -> str:
    """An RSS feed with excerpts."""
    items = "".join(
        f"<item><title>{escape(release.title)}</title><link>{release.url}</link><guid>{release.url}</guid>"
        f"{_rss_date(release.published)}<description>{escape(release.paragraphs[0][:160])}</description></item>"
        for release in releases
    )
    head = f"<title>{outlet}</title><link>{home}</link><description>Rilis rekaan</description>"
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'


def sitemap(releases: Iterable[Release]) -> str:
    """A sitemap."""
    urls = "".join(f"<url><loc>{release.url}</loc></url>" for release in releases)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def paragraphs(release: Release) -> str:
    """The text as HTML."""
    return "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in release.paragraphs)


def _indonesian(moment: dt.datetime) -> str:
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def _rss_date(moment: dt.datetime | None) -> str:
    return f"<pubDate>{moment.strftime('%a, %d %b %Y %H:%M:%S %z')}</pubDate>" if moment else ""
