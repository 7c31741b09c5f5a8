"""Articles from their HTML pages: thirteen and more themes, and pages that are no articles."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.platforms import PLATFORMS, UnknownPlatform, platform_named
from scrapers.platforms.options import faults
from scrapers.platforms.pages import read_page
from scrapers.types import Outcome, PageError
from tests.scrapers.frozen import THEMES, as_expected, frozen, response, source

PARAGRAPH = "<p>Bupati Ani Wijaya meminta para camat membersihkan saluran air di semua desa sebelum hujan datang.</p>"


@pytest.mark.parametrize("theme", THEMES)
def test_every_frozen_page_gives_its_article(theme: str) -> None:
    page, site, expected = frozen(theme)
    assert as_expected(read_page(page, site)) == expected


def test_there_are_ten_themes_and_more() -> None:
    assert len(THEMES) >= 10


@pytest.mark.parametrize("theme", THEMES)
def test_every_platform_reads_articles_the_same_way(theme: str) -> None:
    page, site, expected = frozen(theme)
    assert PLATFORMS["sitemap"].article(page, site).text == "\n".join(expected["text"])


def test_selectors_of_the_source_go_first() -> None:
    page = response(
        "https://contoh.example/b/1",
        f"<html><h1>Bukan judul</h1><b class=j>Judul Rilis</b><i class=t>11/01/2021</i><u class=o>Oleh: Sari</u><div class=isi>"
        f"{PARAGRAPH}<div class=x>Jangan ikut.</div></div><div class=entry-content>{PARAGRAPH * 5}</div>"
        f"<em class=k>Ekonomi</em><s class=c>Pasar pagi</s>",
    )
    site = source(title=".j", date=".t", body=".isi", drop=".x", author=".o", category=".k", caption=".c")
    article = read_page(page, site)
    assert (article.title, article.author, article.categories, article.captions) == (
        "Judul Rilis",
        "Sari",
        ("Ekonomi",),
        ("Pasar pagi",),
    )
    assert str(article.published) == "2021-01-11"
    assert article.text == PARAGRAPH[3:-4]


def test_a_selector_that_finds_nothing_does_not_lose_the_article() -> None:
    page = response("https://contoh.example/b/1", f"<html><div class=entry-content>{PARAGRAPH * 3}</div></html>")
    assert read_page(page, source(body=".era-lama")).text.count("Bupati") == 3


@pytest.mark.parametrize(
    ("body", "kind", "outcome"),
    [
        (b"%PDF-1.4 \0\0", "application/pdf", Outcome.MALFORMED),
        (b'{"code": 1}', "text/html", Outcome.MALFORMED),
        (b"", "text/html", Outcome.MALFORMED),
        (b"<html><body><h1>404</h1><p>Tidak ada.</p></body></html>", "text/html", Outcome.NO_TEXT),
        (b"<html></html>", "text/html", Outcome.NO_TEXT),
    ],
)
def test_what_is_no_article_says_so(body: bytes, kind: str, outcome: Outcome) -> None:
    with pytest.raises(PageError) as raised:
        read_page(response("https://contoh.example/a", body, kind), source())
    assert raised.value.outcome is outcome


def test_windows_1252_declared_as_utf_8() -> None:
    page = response("https://contoh.example/a", f"<html><div class=isi>{PARAGRAPH}<p>“Kafé” – ya.</p></div>".encode("cp1252"))
    assert read_page(page, source()).text.endswith("“Kafé” – ya.")


@pytest.mark.parametrize("platform", ["fallback", "listing"])
def test_nesting_and_size_have_bounds(platform: str) -> None:
    deep = "<div>" * 100_000 + PARAGRAPH + "</div>" * 100_000 + PARAGRAPH * 3
    article = PLATFORMS[platform].article(response("https://contoh.example/a", f"<html><body>{deep}"), source(platform))
    assert article.text.count("Bupati") == 4
    unclosed = "<ul><li><font>" * 50_000 + "</font>" + PARAGRAPH * 2
    assert (
        "Bupati" in PLATFORMS[platform].article(response("https://contoh.example/a", f"<html>{unclosed}"), source(platform)).text
    )


LABELS = " ".join(("post-thumbnail", "featured-image", "cat-links", "kategori", "category-links", "item-image", "post-labels"))
TANGLES = {
    "nested captions": "<figure><figcaption>" * 1000 + "x" + "</figcaption></figure>" * 1000,
    "labels in labels": f"<div class='{LABELS}'>" * 70
    + "<figure><figcaption>x</figcaption></figure><a>y</a>" * 4000
    + "</div>" * 70,
    "many headlines": "<h1>Judul panjang sekali ini</h1>" * 12_000,
    "nested bold": "<b>" * 100_000,
    "nested names": "<x-y>" * 20_000,
}


@pytest.mark.parametrize("name", TANGLES)
def test_no_tangle_takes_long(name: str) -> None:
    """Processor seconds, which a busy machine does not lengthen; the plain reading of such selectors took minutes."""
    page = response("https://contoh.example/a", f"<html><body>{TANGLES[name]}{PARAGRAPH * 3}")
    began_s = time.process_time()
    with suppress(PageError):
        read_page(page, source())
    assert time.process_time() - began_s < 5


def test_a_page_of_nine_million_characters_is_read_to_its_bound() -> None:
    body = PARAGRAPH + f"<p>{'kata ' * 1_900_000}</p>" + PARAGRAPH
    text = read_page(response("https://contoh.example/a", f"<html><body>{body}"), source()).text
    assert text.count("Bupati") == 1
    assert len(text) <= 8_000_000


@given(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(
            ["<p>", "<table><tr><td>", "</div>", "<ol start=x><li>", "<a href=#>", "<pre>\n", "&#0;&#x110000;", "\x00\ud800"]
        )
    ),
)
def test_no_page_breaks_the_reader(text: str, tags: list[str]) -> None:
    page = response("https://contoh.example/a", ("<html>" + text.join(tags) + text).encode("utf-8", "surrogatepass"))
    try:
        read = read_page(page, source()).text
    except PageError as error:
        read = error.reason
    assert read


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_platforms_have_names_and_documented_options(name: str) -> None:
    platform = platform_named(name)
    assert platform.name == name
    assert all(option.help for option in platform.options.values())


def test_an_unknown_platform_is_named() -> None:
    with pytest.raises(UnknownPlatform, match="'drupal'; there are wordpress-rest"):
        platform_named("drupal")


def test_faulty_options_are_named_one_by_one() -> None:
    options = {"urls": "x", "feilds": {}, "page_step": True, "body": "div[", "fields": {"url": 1}, "items": "data"}
    found = faults(options, PLATFORMS["json-api"].options)
    assert [fault.split(" ")[1] for fault in found] == ["'feilds'", "'urls'", "'page_step'", "'body'", "'fields'"]
    assert faults({"urls": ["/api"], "fields": {"url": "link"}}, PLATFORMS["json-api"].options) == []
