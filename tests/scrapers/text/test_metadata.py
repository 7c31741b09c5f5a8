"""What pages say beside the text, and the traps in it."""

from __future__ import annotations

import pytest

from scrapers.text.dates import zone_of
from scrapers.text.metadata import Metadata, read_metadata
from scrapers.text.tree import parse_html

URL = "https://contoh.example/berita/1-banjir"


def read(html: str, url: str = URL) -> Metadata:
    return read_metadata(parse_html(f"<html>{html}</html>"), url, zone_of("Asia/Makassar"))


def ld(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ('<link rel=canonical href="/berita/1-banjir?utm_source=x">', URL),
        ('<link rel=canonical href="https://www.contoh.example/berita/1">', "https://www.contoh.example/berita/1"),
        ('<link rel=canonical href="https://contoh.example">', URL),
        ('<link rel=canonical href="https://lain.example/berita/1">', URL),
        ('<link rel=canonical href=""><meta property=og:url content="https://contoh.example/b/9">', "https://contoh.example/b/9"),
        ("<link rel=canonical href='http://['>", URL),
    ],
)
def test_canonical_url(link: str, expected: str) -> None:
    assert read(link).url == expected


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>Banjir Surut - Kabupaten Ranu</title>", "Banjir Surut"),
        ("<meta property=og:title content='Banjir Surut | Ranu'><h1>Ranu</h1><h1>Banjir Surut</h1>", "Banjir Surut"),
        (
            "<title>Ranu: Banjir Mulai Surut</title><h1 class=title>Ranu</h1><h2 class=post-title>Banjir Mulai Surut</h2>",
            "Banjir Mulai Surut",
        ),
        ("<title>Kabupaten Ranu</title><div class=judul>Banjir Mulai Surut Hari Ini</div>", "Banjir Mulai Surut Hari Ini"),
        (ld('{"@type":"NewsArticle","headline":"Banjir &amp; Longsor"}') + "<title>x</title>", "Banjir & Longsor"),
        ("", ""),
    ],
)
def test_headline(html: str, title: str) -> None:
    assert read(html).title == title


@pytest.mark.parametrize(
    ("html", "published"),
    [
        ('<meta property="article:published_time" content="2021-01-11T07:30:00+00:00">', "2021-01-11 07:30:00+00:00"),
        (ld('{"@graph":[{"@type":["Thing","NewsArticle"],"datePublished":"2021-01-11 14:30"}]}'), "2021-01-11 14:30:00+08:00"),
        (
            ld('[{"@type":"WebPage","datePublished":"2020-01-01"},{"@type":"BlogPosting","datePublished":"2021-01-11"}]'),
            "2021-01-11",
        ),
        (ld('{"@type":"NewsArticle","headline":"a\nb","datePublished":"2021-01-11"}'), "2021-01-11"),
        (ld('{"@type":"NewsArticle", rusak}') + "<time datetime=2021-01-11>x</time>", "2021-01-11"),
        (ld("[" * 100_000), "None"),
        ("<span class=tanggal>Senin, 11 Januari 2021</span>", "2021-01-11"),
        (
            "<div class=date>Kamis, 20 Mei 2021</div><h1>Banjir mulai surut</h1><span>11 Januari 2021 08:00 WITA</span>",
            "2021-01-11 08:00:00+08:00",
        ),
        ("<p>Rapat digelar Senin (11/1/2021).</p>", "None"),
    ],
)
def test_publication_date(html: str, published: str) -> None:
    assert str(read(html).published) == published


def test_author_categories_captions_and_language() -> None:
    html = (
        "<html lang=in-ID><article><div class=byline><span class=author>Oleh: Sari Dewi</span></div>"
        "<a rel='category tag' href=/k>Berita</a><a rel='category tag' href=/u>Uncategorized</a>"
        "<div class=featured-image><figcaption>Pasar</figcaption></div></article>"
    )
    said = read_metadata(parse_html(html), URL, zone_of("Asia/Jakarta"))
    assert (said.author, said.categories, said.captions, said.language) == ("Sari Dewi", ("Berita",), ("Pasar",), "id")


def test_an_address_is_no_author() -> None:
    assert read("<meta name=author content='admin@contoh.example'>").author == ""
    assert read(ld('{"@type":"Article","author":[{"name":"Sari"},{"name":"Budi"}],"articleSection":"Ekonomi"}')).author == "Sari"
    assert read(ld('{"@type":"Article","author":[[[1]]],"articleSection":{"x":1}}')).categories == ()
