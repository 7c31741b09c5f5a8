from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arahan.types import Span
from pipeline.speech.quotes import find_quotes, in_quote, quote_at


def quoted(text: str) -> list[str]:
    return [quote.span.of(text) for quote in find_quotes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Jalan ini rusak," kata camat. "Kita perbaiki," ujarnya.', ["Jalan ini rusak,", "Kita perbaiki,"]),
        ("“Pasar harus bersih,” kata Lurah.", ["Pasar harus bersih,"]),
        ('”Pasar harus bersih". Ujar Lurah', ["Pasar harus bersih"]),
        ("‘’Air sudah surut,’’ kata Sekda.", ["Air sudah surut,"]),
        ("''Air sudah surut,'' kata Sekda.", ["Air sudah surut,"]),
        ("Tidak ada lagi “dinas  yang” lamban, katanya", ["dinas  yang"]),
        ("Moh Rudi 'Didi' Hasan tak hadir, Jum'at lalu.", []),
        ('Ia berkata:"Ayo kerja."Lalu pulang.', ["Ayo kerja."]),
        ("", []),
        ('""', []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quote_that_never_closes_ends_with_its_paragraph() -> None:
    text = '"Kita perbaiki jalan ini\nWarga senang. "Terima kasih," kata mereka.'
    assert quoted(text) == ["Kita perbaiki jalan ini", "Terima kasih,"]
    assert [quote.closed for quote in find_quotes(text)] == [False, True]


def test_a_quote_may_run_over_paragraphs() -> None:
    text = '"Kita perbaiki jalan ini.\nLalu jembatannya," kata Camat.'
    assert quoted(text) == ["Kita perbaiki jalan ini.\nLalu jembatannya,"]


def test_a_quote_does_not_cross_many_paragraphs() -> None:
    text = '"Kita perbaiki jalan ini.\n' + "Satu alinea lagi.\n" * 6 + 'Jembatannya," kata Camat.'
    assert quoted(text) == ["Kita perbaiki jalan ini."]


def test_each_paragraph_may_open_anew() -> None:
    assert quoted('"Satu.\n"Dua," kata Camat.') == ["Satu.", "Dua,"]


def test_half_quotes() -> None:
    text = 'Ia menyebut "desa digital" dan berkata, "Kita mulai tahun depan dari tiga desa percontohan."'
    assert [quote.is_half(text) for quote in find_quotes(text)] == [True, False]


def test_what_is_inside() -> None:
    text = 'Katanya, "Kita mulai besok," lalu pulang.'
    quotes = find_quotes(text)
    start = text.index("mulai")
    assert in_quote(quotes, Span(start, start + 5))
    assert not in_quote(quotes, Span(0, 7))
    assert quote_at(quotes, Span(len(text) - 7, len(text))) is None


@given(st.text(alphabet="ab .,\n\"“”‘’'", max_size=120))
def test_quotes_are_in_order_apart_and_within_the_text(text: str) -> None:
    quotes = find_quotes(text)
    assert all(0 <= quote.start < quote.end <= len(text) for quote in quotes)
    assert all(one.end <= other.start for one, other in pairwise(quotes))
    assert all(quote.span.of(text) == quote.span.of(text).strip() for quote in quotes)
