"""Bytes to text without mojibake."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.text.charset import decode, mend

TEXT = "“Kafé” – Bupati Bélan… €5"


@pytest.mark.parametrize(
    "declared", ["", "utf-8", "windows-1252", "iso-8859-1", "utf-16", "shift_jis", "tidak-ada", "rot13", "utf-7"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_declarations_do_not_mislead(declared: str, encoding: str) -> None:
    if (declared, encoding) == ("shift_jis", "cp1252"):
        pytest.skip("the bytes do not decide")
    head = f'<meta charset="{declared}">' if declared else ""
    assert decode((head + TEXT).encode(encoding)) == head + TEXT
    assert decode(TEXT.encode(encoding), f"text/html; charset={declared}") == TEXT


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_marks_and_wide_characters(encoding: str) -> None:
    assert decode("Halo dunia “x”".encode(encoding), "text/html; charset=utf-16") == "Halo dunia “x”"


def test_a_broken_character_does_not_spoil_the_rest() -> None:
    cut = TEXT.encode() + "“".encode()[:2] + b" ekor"
    assert decode(cut).startswith(TEXT)
    assert decode(cut).endswith(" ekor")


def test_another_charset_is_believed_where_it_fits() -> None:
    assert decode("日本語のページ".encode("shift_jis"), "text/html; charset=Shift_JIS") == "日本語のページ"


@pytest.mark.parametrize(
    ("twice", "once"),
    [
        ("â€œSayaâ€\x9d", "“Saya”"),
        ("cafÃ© â€“ dâ€™Art", "café – d’Art"),
        ("Senja â", "Senja â"),
        ("Ângela Ão", "Ângela Ão"),
        ("11Â°C", "11°C"),
    ],
)
def test_mojibake_in_the_source_is_undone(twice: str, once: str) -> None:
    assert mend(twice) == once


@given(
    st.binary(),
    st.sampled_from(["", "text/html; charset=utf-16", "text/html; charset=\x00", "x; charset=gbk", "a; charset=idna"]),
)
def test_no_bytes_break_it(body: bytes, content_type: str) -> None:
    decode(body, content_type).encode("utf-8", "surrogatepass")


@given(st.text(st.characters(codec="cp1252", exclude_characters="\x81\x8d\x8f\x90\x9d", min_codepoint=32), min_size=1))
def test_windows_1252_is_read_or_was_utf_8_as_well(text: str) -> None:
    raw = text.encode("cp1252")
    found = decode(raw, "text/html; charset=utf-8")
    assert len(found) <= len(text)
    assert found.isascii() == text.isascii()
