from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.stem import stem, terms, words


@pytest.mark.parametrize(
    "family",
    [
        "pembangunan membangun dibangun bangunan", "menanam penanaman ditanam tanaman tanam", "mengirim pengiriman dikirim kirim",
        "penyaluran menyalurkan disalurkan salurkan", "menurunkan penurunan diturunkan turun", "pengelolaan mengelola dikelola",
        "mengawasi pengawasan diawasi awasi", "membersihkan kebersihan bersihkan bersih", "kemiskinan miskin",
        "pembelajaran belajar pelajaran", "pemilihan memilih dipilih", "menilai penilaian dinilai nilai",
        "menyerang diserang serang",
    ],
)  # fmt: skip
def test_derived_words_share_their_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    "pair", ["pasar kasar", "beras berat", "kepala pala", "perintah pemerintah", "desa dosa", "menteri teri"]
)
def test_other_words_do_not(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) != stem(other)


def test_numbers_and_accents() -> None:
    assert terms("Rp1.500.000 untuk 2,5 km di Café") == ["rp", "1500000", *terms("untuk"), "2", "5", "km", *terms("di cafe")]


@given(st.text(max_size=200))
def test_any_text_has_plain_stems(text: str) -> None:
    assert all(term and term.isalnum() for term in terms(text))
    assert [text[start:end] for _, start, end in words(text)] == [word for word, _, _ in words(text)]
