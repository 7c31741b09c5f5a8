"""Sitemaps: indexes, gzip, news, and maps that name each other."""

from __future__ import annotations

import gzip

import pytest

from scrapers.platforms import PLATFORMS
from scrapers.types import Outcome, PageError
from tests.scrapers.frozen import response, source

SITE = "https://contoh.example"
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
URLS = f"""<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="/main-sitemap.xsl"?>
<urlset {NAMESPACES}>
<url><loc>{SITE}/</loc></url>
<url><loc> {SITE}/berita/banjir/ </loc><lastmod>2021-01-11T09:02:44+00:00</lastmod>
<image:image><image:loc>{SITE}/a.jpg</image:loc><image:title>Foto</image:title></image:image></url>
<url><news:news>
<news:publication_date>2021-01-10T08:00:00+07:00</news:publication_date><news:title>Panen &amp; Raya</news:title></news:news>
<loc>{SITE}/berita/panen?utm_source=x</loc></url>
<url><loc>https://lain.example/berita/x</loc></url><url><loc>{SITE}/berkas.pdf</loc></url><url/>
</urlset>"""


def index(*maps: str) -> str:
    return f"<sitemapindex {NAMESPACES}>" + "".join(f"<sitemap><loc>{each}</loc></sitemap>" for each in maps) + "</sitemapindex>"


@pytest.mark.parametrize("body", [URLS.encode(), gzip.compress(URLS.encode()), b"\xef\xbb\xbf" + URLS.encode()])
def test_urls(body: bytes) -> None:
    listing = PLATFORMS["sitemap"].listing(response(f"{SITE}/sitemap.xml", body, "application/xml"), source("sitemap"))
    assert [(found.url, found.version, found.title) for found in listing.found] == [
        (f"{SITE}/berita/banjir/", "2021-01-11T09:02:44+00:00", ""),
        (f"{SITE}/berita/panen", "", "Panen & Raya"),
    ]
    assert str(listing.found[1].published) == "2021-01-10 08:00:00+07:00"
    assert listing.exhaustive


def test_chosen_pages_and_maps() -> None:
    site = source("sitemap", include="/berita/", exclude="panen", maps="post")
    assert [found.url for found in PLATFORMS["sitemap"].listing(response(f"{SITE}/x.xml", URLS), site).found] == [
        f"{SITE}/berita/banjir/"
    ]
    body = index(f"{SITE}/post-sitemap.xml", f"{SITE}/page-sitemap.xml", "https://lain.example/post.xml", "/post-2.xml")
    assert PLATFORMS["sitemap"].listing(response(f"{SITE}/sitemap.xml", body), site).next == [
        f"{SITE}/post-sitemap.xml",
        f"{SITE}/post-2.xml",
    ]


def test_maps_that_name_each_other_end() -> None:
    site, platform, names = source("sitemap"), PLATFORMS["sitemap"], ("sitemap", "a", "b")
    body, asked = index(*(f"{SITE}/{name}.xml" for name in names)), list(platform.start(source("sitemap"), None))
    for url in asked:
        asked += platform.listing(response(url, body), site).next
    assert len(asked) < 20


def test_a_map_of_ever_new_maps_ends() -> None:
    site, platform = source("sitemap"), PLATFORMS["sitemap"]
    asked = list(platform.start(site, None))
    for number, url in enumerate(asked):
        asked += platform.listing(response(url, index(f"{SITE}/baru-{number}.xml")), site).next
    assert len(asked) == 4


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"\x1f\x8brusak", gzip.compress(b"bukan xml")])
def test_what_is_no_sitemap_says_so(body: bytes) -> None:
    with pytest.raises(PageError) as raised:
        PLATFORMS["sitemap"].listing(response(f"{SITE}/sitemap.xml", body), source("sitemap"))
    assert raised.value.outcome is Outcome.MALFORMED


def test_a_cut_sitemap_gives_what_it_has() -> None:
    body = gzip.compress(URLS.encode())
    listing = PLATFORMS["sitemap"].listing(
        response(f"{SITE}/sitemap.xml", URLS[: URLS.index("<url><news:news>")]), source("sitemap")
    )
    assert [found.url for found in listing.found] == [f"{SITE}/berita/banjir/"]
    assert len(PLATFORMS["sitemap"].listing(response(f"{SITE}/sitemap.xml", body + b"ekor"), source("sitemap")).found) == 2
