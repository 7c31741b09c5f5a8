"""Two readings of an article with the models that ship: what is read closely, and what the readings have in common."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from arahan.types import Span
from models.runtime.looks import core_pieces
from models.runtime.reader import DirectiveReader, Sentences
from models.training.directive_data import sentences

MODELS = Path(__file__).resolve().parents[2] / "models"
TEXT = (
    "Hujan turun sejak pagi di Kota Sungai Melati. Sekitar dua ratus warga hadir di halaman balai kota.\n"
    "Wali Kota Sungai Melati Ratna Wulandari meminta camat dan lurah membersihkan saluran air sebelum akhir bulan.\n"
    "“Jangan buang sampah ke sungai,” katanya. Acara ditutup dengan doa bersama."
)


@pytest.fixture(scope="module")
def reader() -> DirectiveReader:
    return DirectiveReader.load(MODELS / "directive", MODELS / "encoder", threads=1)


def article(text: str = TEXT) -> Sentences:
    return Sentences("Wali Kota Minta Saluran Air Dibersihkan", text, sentences(text))


def test_sentences_without_any_sign_of_a_directive_are_not_read_closely(reader: DirectiveReader) -> None:
    looked = {s for look in reader.look(article()) for s in core_pieces(look.window)}
    assert {2, 3} <= looked
    assert not {0, 1} & looked


def test_without_doubt_every_sentence_is_read_closely(reader: DirectiveReader) -> None:
    every = DirectiveReader(
        reader.wide, reader.close, reader.tokenizer, replace(reader.thresholds, doubt=0.0), reader.calibration
    )
    assert [s for look in every.look(article()) for s in core_pieces(look.window)] == list(range(5))


def test_the_marks_of_acts_are_the_mean_of_both_readings(reader: DirectiveReader) -> None:
    for look in reader.look(article()):
        ((_, pieces),) = core_pieces(look.window).items()
        close = reader.close.heads.tokens(look.states)["action"][pieces]
        mean = (np.exp(close) + np.exp(look.glance.action)) / 2
        assert np.allclose(np.exp(look.tokens["action"][pieces]), mean, atol=1e-5)
        assert np.allclose(mean.sum(1), 1, atol=1e-3)


def test_a_sentence_longer_than_a_window_is_looked_at_in_parts_that_make_up_the_whole(reader: DirectiveReader) -> None:
    long = "Bupati meminta camat " + "membersihkan saluran air dan menanam pohon di tepi jalan desa, " * 90 + "hari ini."
    looked = list(reader.look(article(long)))
    assert len(looked) > 2
    for look in looked:
        ((_, pieces),) = core_pieces(look.window).items()
        assert len(look.glance.action) == len(pieces)
    starts = [min(look.window.starts[i] for i, c in enumerate(look.window.core) if c) for look in looked]
    assert starts == sorted(starts)
    assert starts[0] == 0


def test_an_article_gives_the_same_alone_and_in_company(reader: DirectiveReader) -> None:
    other = article("Gubernur mengajak warga menanam pohon. Ia hadir bersama rombongan.")
    alone, together = reader.read([article()]), reader.read([other, article(), article("")])
    assert alone[0] == together[1]
    assert together[2].candidates == []


def test_the_directives_are_found_and_their_words_are_exact(reader: DirectiveReader) -> None:
    (found,) = reader.read([article()])
    sure = [TEXT[c.action.start : c.action.end] for c, p in found.candidates if p > 0.5]
    assert any(act.startswith("membersihkan saluran air") for act in sure)
    assert any("buang sampah ke sungai" in act for act in sure)


def test_the_name_of_an_official_is_marked_and_other_words_are_not(reader: DirectiveReader) -> None:
    (found,) = reader.read([article()])
    name, place = TEXT.index("Ratna Wulandari"), TEXT.index("halaman balai kota")
    assert found.names.of(Span(name, name + len("Ratna Wulandari"))) > 0.5
    assert found.names.of(Span(place, place + len("halaman balai kota"))) < 0.05
