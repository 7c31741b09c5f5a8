"""Canonical URLs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.text.urls import canonical, page_key, same_site

PARTS = st.sampled_from(
    [
        "http://",
        "HTTPS://",
        "Contoh.example",
        ":443",
        ":80",
        ":8080",
        "/",
        "//",
        "..",
        ".",
        "a b",
        "%7e",
        "%E2%80%9c",
        "%zz",
        "é",
        "?",
        "&",
        "p=1",
        "utm_source=x",
        "fbclid=1",
        "#atas",
        "m=1",
        "[",
        "]",
        "@",
        "user:pw@",
        ":",
        "\\",
        "\n",
        "\x00",
        "%",
    ]
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Contoh.Example:80/Berita/?utm_source=wa&p=12#atas", "http://contoh.example/Berita/?p=12"),
        ("https://contoh.example", "https://contoh.example/"),
        ("https://contoh.example/a/../b%7Ec/./d", "https://contoh.example/b~c/d"),
        ("https://contoh.example/“kutip”", "https://contoh.example/%E2%80%9Ckutip%E2%80%9D"),
        ("https://contoh.example/a%2fb", "https://contoh.example/a%2Fb"),
        ("https://contoh.example/2019/03/x.html?m=1", "https://contoh.example/2019/03/x.html"),
        ("https://contoh.example/?p=5&fbclid=Iw&id=7", "https://contoh.example/?p=5&id=7"),
        ("https://user:pw@contoh.example:443/a", "https://contoh.example/a"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://contoh.example/50%-selesai", "https://contoh.example/50%25-selesai"),
        ("javascript:alert(1)", ""),
        ("mailto:humas@contoh.example", ""),
        ("ftp://contoh.example/a", ""),
        ("https://", ""),
        ("https://contoh.example:99999/", ""),
        ("", ""),
    ],
)
def test_one_spelling(url: str, expected: str) -> None:
    assert canonical(url) == expected


def test_links_are_made_absolute() -> None:
    assert canonical("../b?p=1", "https://contoh.example/x/y/z") == "https://contoh.example/x/b?p=1"
    assert canonical("//lain.example/a", "https://contoh.example/") == "https://lain.example/a"


def test_spellings_that_servers_redirect_have_one_key() -> None:
    spellings = ["http://www.contoh.example/a/", "https://contoh.example/a", "https://contoh.example/a/?utm_medium=x"]
    assert len({page_key(url) for url in spellings}) == 1
    assert page_key("https://contoh.example/?p=1") != page_key("https://contoh.example/?p=2")


def test_same_site() -> None:
    assert same_site("http://www.contoh.example/a", "https://contoh.example/")
    assert not same_site("https://jahat.example/contoh.example", "https://contoh.example/")
    assert not same_site("", "")


@given(st.lists(PARTS, max_size=12).map("".join) | st.text(max_size=60).map("http://a.example/".__add__) | st.text())
def test_canonical_is_idempotent_and_never_raises(url: str) -> None:
    once = canonical(url)
    assert canonical(once) == once
    assert once == "" or once.startswith(("http://", "https://"))
    assert once.isascii()
    assert "#" not in once
    assert page_key(once) == page_key(url)
