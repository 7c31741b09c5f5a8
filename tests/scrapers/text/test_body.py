"""The text of elements: what stays, what goes, how lists and tables look."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.text.body import Body, read_body
from scrapers.text.content import find_body
from scrapers.text.lines import clean_lines
from scrapers.text.tree import parse_fragment, parse_html, parse_xml, relevant, select

LONG = (
    "Bupati Ani Wijaya meminta para camat membersihkan saluran air di semua desa sebelum musim hujan datang dan banjir melanda."
)
PIECES = [
    "<p>",
    "</p>",
    "<ul><li>",
    "<ol start=9><li>",
    "</ol>",
    "<table><tr><td>",
    "<td>",
    "</table>",
    "<br>",
    "<a href=x>",
    "</a>",
    "<pre>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
]


def read(html: str) -> Body:
    return read_body(parse_fragment(html))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p>RANU – {LONG}</p><p>(Humas/ek)</p>", f"RANU – {LONG}\n(Humas/ek)"),
        (f"<p>{LONG}</p><p>Baca Juga: <a href=/x>Judul lain</a></p>", LONG),
        (f"<p>{LONG} BACA JUGA: <a href=/x>Judul lain</a></p>", LONG),
        (f"<p>{LONG}</p><p><a href=/x>[Baca juga: Judul lain]</a></p>", LONG),
        (
            f"<p>{LONG}</p><p><b>Lihat Juga</b></p><ul><li><a href=x>A b</a><li><a href=y>C</a></ul><p>Akhir.</p>",
            f"{LONG}\nAkhir.",
        ),
        (
            f"<p>{LONG}</p><p>Baca juga Alkitab setiap hari, pesan Bupati.</p>",
            f"{LONG}\nBaca juga Alkitab setiap hari, pesan Bupati.",
        ),
        (f"<p>{LONG}</p><ol start=3><li>Tiga<ul><li>x</li></ul></li><li>Empat</li></ol>", f"{LONG}\n3. Tiga\n- x\n4. Empat"),
        (
            f"<p>{LONG}</p><table><tr><th>Desa</th><th>Jumlah</th></tr><tr><td><p>Ranu</p></td><td>12</td></tr></table>",
            f"{LONG}\nDesa | Jumlah\nRanu | 12",
        ),
        (f"<table><tr><td><p>{LONG}</p><p>Dua.</p></td></tr></table>", f"{LONG}\nDua."),
        (f"<p>{LONG}<br>Baris dua</p>", f"{LONG}\nBaris dua"),
        (f"<div>{LONG}<div>Blok</div>ekor</div>", f"{LONG}\nBlok\nekor"),
        (f"<p>{LONG}</p><script>alert(1)</script><style>p{{}}</style><noscript>x</noscript><iframe src=x></iframe>", LONG),
        (f"<p>{LONG}</p><div class='sharedaddy sd-sharing'>Bagikan</div><div id=comments>Bagus pak</div>", LONG),
        (f"<p>{LONG}</p><p>Facebook</p><p>WhatsApp</p><p>Post Views: 1.203</p><p>ADVERTISEMENT</p>", LONG),
        (f"<p>{LONG}</p><p>Tags: <a href=/t>air</a>, <a href=/u>sungai</a></p>", LONG),
        (f"<p>{LONG}</p><p>Kategori: usaha mikro</p>", f"{LONG}\nKategori: usaha mikro"),
        (f"<p>{LONG}</p><p style='display: none'>rahasia</p><span hidden>x</span>", LONG),
        (f"<p>{LONG}&nbsp;&nbsp;\u200b&shy;ya</p><p>&nbsp;</p>", f"{LONG} ya"),
        (f"<p>{LONG}</p><p>â€œSayaâ€\x9d kata dia</p>", f"{LONG}\n“Saya” kata dia"),
        (f"<p>{LONG}</p><p>\ue000palsu\ue001 \ue002</p>", f"{LONG}\npalsu"),
        (f"<p>{LONG}</p><pre>a\nb</pre>", f"{LONG}\na\nb"),
    ],
)
def test_what_a_reader_sees(html: str, expected: str) -> None:
    assert read(html).text == expected


def test_captions_are_told_apart() -> None:
    lead = "<p><img src=x><br><em>Bupati meninjau pasar/ Foto: Humas</em></p>"
    figure = "<figure><img><figcaption>Pasar pagi</figcaption></figure>"
    assert read(f"{lead}{figure}<p>{LONG}</p>") == Body(LONG, ("Bupati meninjau pasar/ Foto: Humas", "Pasar pagi"))


def test_an_article_inside_a_suspicious_wrapper_is_not_lost() -> None:
    assert read(f"<div class='share-wrap'><p>{(LONG + ' ') * 4}</p></div>").text.count("Bupati") == 4


def test_elements_can_be_left_out() -> None:
    root = parse_fragment(f"<p>{LONG}</p><div class=kotak>Kotak</div>ekor")
    assert read_body(root, select(root, ".kotak")).text == f"{LONG}\nekor"


def test_find_body_prefers_names_then_text() -> None:
    page = f"<html><div class=x>{LONG * 9}</div><div class='td-post-content'>{LONG * 2}</div></html>"
    found = find_body(parse_html(page))
    assert found is not None
    assert found.get("class") == "td-post-content"
    nameless = find_body(
        parse_html(f"<html><div id=a><a href=x>{LONG * 9}</a></div><div id=b><p>{LONG}</p><p>{LONG}</p></div></html>")
    )
    assert nameless is not None
    assert nameless.get("id") == "b"
    assert find_body(parse_html("<html><p>pendek</p></html>")) is None


def test_selectors_that_cannot_match_are_passed_over() -> None:
    root = parse_html("<html><p class='a b'>x</p></html>")
    assert relevant(root, [".a", ".c", ".a .c", ".a, .c", "p:not(.c)", "p", "[class*=c]"]) == [
        ".a",
        ".a, .c",
        "p:not(.c)",
        "p",
        "[class*=c]",
    ]


def test_long_runs_of_spaces_take_no_time() -> None:
    assert clean_lines(" " * 300_000 + "x" + "\ue002 " * 100_000) == "x"


def test_entities_of_xml_are_not_read() -> None:
    root = parse_xml(
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "abc">]><a>&x;&y;<b>isi</b></a>'
    )
    assert root is not None
    assert "".join(root.itertext()).strip() in {"isi", "&x;&y;isi"}
    assert parse_xml("") is None
    assert parse_xml("bukan xml") is None


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=30).map("".join))
def test_no_html_breaks_it(html: str) -> None:
    lines = read(html).text.split("\n")
    assert lines == [""] or all(line == line.strip() and line for line in lines)
