from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arahan.errors import DataFileError
from arahan.types import Span
from pipeline.directives.sector_words import COLUMNS, FILE, read_words, word_points
from pipeline.directives.sectors import Passage, passage, probabilities, sectors_told

PLANTING = "Bupati meminta petani menanam padi serempak."


def told(evidence: str, around: str = "", title: str = "") -> Passage:
    wide = around or evidence
    return Passage(evidence, evidence, wide, wide, title, wide)


def test_terms_of_the_sentence_name_the_sector() -> None:
    assert sectors_told(told(PLANTING))[0] == "pertanian"


def test_the_sentence_weighs_more_than_a_title_about_something_else() -> None:
    assert sectors_told(told(PLANTING, title="Bupati Tinjau Sekolah"))[0] == "pertanian"


def test_what_stands_around_tells_where_the_sentence_says_nothing() -> None:
    around = "Pupuk bagi petani langka, sawah kering. Hal itu harus segera diselesaikan."
    assert sectors_told(told("Hal itu harus segera diselesaikan.", around, "Petani Menunggu Pupuk"))[0] == "pertanian"


def test_there_is_always_one_sector_and_never_more_than_three() -> None:
    everything = "Guru, siswa, puskesmas, vaksin, jalan, jembatan, padi, petani, pasar, harga, pajak, anggaran dibahas."
    assert len(sectors_told(told("Segera diselesaikan."))) == 1
    assert 1 <= len(sectors_told(told(everything))) <= 3


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_text_gives_probabilities(evidence: str, title: str) -> None:
    assert all(0 < p < 1 for p in probabilities(told(evidence, title=title)).values())


@given(st.text(alphabet="padi sawah.", max_size=60))
def test_words_count_once(text: str) -> None:
    once = word_points({"evidence": text, "around": ""})
    twice = word_points({"evidence": f"{text} {text}", "around": ""})
    assert once == pytest.approx(twice)


def test_a_passage_reaches_past_the_evidence() -> None:
    text = "Sawah kering. " + PLANTING + " Pupuk tersedia."
    start = text.index("Bupati")
    found = passage(text, "Judul", Span(start + 21, start + 43), Span(start, start + len(PLANTING)))
    assert (found.evidence, found.near, found.title) == (PLANTING, text, "Judul")
    assert found.action in found.evidence


@pytest.mark.parametrize("row", ["title,padi,1.5,pangan 1", "evidence,padi,rare,pangan 1", "evidence,padi,1.5,pangan viel"])
def test_a_faulty_word_is_named(tmp_path: Path, row: str) -> None:
    (tmp_path / FILE).write_text(",".join(COLUMNS) + f"\n{row}\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=FILE):
        read_words(tmp_path)
