"""Windows: every piece of every sentence is predicted once, inside the encoder's length."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from arahan.types import Span
from models.runtime.windows import MAX_PIECES, windows

WORDS = [
    "Bupati",
    "meminta",
    "camat",
    "se-Kabupaten",
    "membersihkan",
    "saluran",
    "air,",
    "paling",
    "lambat",
    "30",
    "Juni",
    "“segera”",
    "2.500",
]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(Path(__file__).resolve().parents[2] / "models/encoder/tokenizer.json"))


def article(lengths: list[int]) -> tuple[str, list[Span]]:
    text, spans = "", []
    for number, length in enumerate(lengths):
        sentence = " ".join(WORDS[(number * 7 + k) % len(WORDS)] for k in range(length)) + "."
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + ("\n" if number % 3 == 2 else " ")
    return text, spans


@settings(max_examples=25, deadline=None)
@given(lengths=st.lists(st.integers(1, 60), min_size=1, max_size=40))
def test_every_character_is_in_the_core_of_one_window(tokenizer: Tokenizer, lengths: list[int]) -> None:
    text, spans = article(lengths)
    covered = [0] * len(text)
    for window in windows(tokenizer, "Rapat kerja di Tirta Raya", text, spans):
        assert len(window.ids) <= MAX_PIECES + 32
        assert (
            len(
                {len(window.ids), len(window.starts), len(window.ends), len(window.words), len(window.sentence), len(window.core)}
            )
            == 1
        )
        seen = {c for s, e, core in zip(window.starts, window.ends, window.core, strict=True) if core for c in range(s, e)}
        for c in seen:
            covered[c] += 1
    wanted = {c for span in spans for c in range(*span) if not text[c].isspace()}
    assert all(covered[c] == 1 for c in wanted)


def test_a_sentence_longer_than_a_window_is_cut_and_still_covered(tokenizer: Tokenizer) -> None:
    text, spans = article([3000])
    found = windows(tokenizer, "", text, spans)
    assert len(found) > 5
    assert max(len(w.ids) for w in found) <= 512


def test_paragraph_ends_are_marked_for_the_model(tokenizer: Tokenizer) -> None:
    text = "Camat hadir.\nLurah juga hadir."
    (window,) = windows(tokenizer, "Judul", text, [Span(0, 12), Span(13, 30)])
    assert window.ids.count(2) == 3  # after the title and after each paragraph
