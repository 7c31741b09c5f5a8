"""Windows: every piece of every sentence is predicted once in each reading, inside the encoder's length."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from arahan.types import Span
from models.runtime.windows import MAX_PIECES, Window, close_windows, windows

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


def core(found: list[Window]) -> list[tuple[int, int, int, int]]:
    """(sentence, piece, start, end) of every piece that is predicted."""
    return [
        (sentence, piece, start, end)
        for w in found
        for sentence, piece, start, end, read in zip(w.sentence, w.ids, w.starts, w.ends, w.core, strict=True)
        if read
    ]


@settings(max_examples=25, deadline=None)
@given(lengths=st.lists(st.integers(1, 60), min_size=1, max_size=30))
def test_both_readings_predict_the_same_pieces_in_the_same_order(tokenizer: Tokenizer, lengths: list[int]) -> None:
    text, spans = article(lengths)
    title = "Rapat kerja di Tirta Raya"
    assert core(close_windows(tokenizer, title, text, spans)) == core(windows(tokenizer, title, text, spans))


def test_a_close_window_begins_with_its_sentence_and_shows_what_stands_around_it(tokenizer: Tokenizer) -> None:
    sentences = ["Bupati bicara.", "Ia meminta camat siaga.", "Camat mengangguk."]
    text = " ".join(sentences)
    starts = [text.index(s) for s in sentences]
    spans = [Span(at, at + len(s)) for at, s in zip(starts, sentences, strict=True)]
    (window,) = close_windows(tokenizer, "Judul", text, spans, {1})
    read = [i for i, c in enumerate(window.core) if c]
    assert read == list(range(1, 1 + len(read)))
    assert text[window.starts[read[0]] : window.ends[read[-1]]] == sentences[1]
    assert {s for s in window.sentence if s >= 0} == {0, 1, 2}


def test_far_sentences_do_not_fit_into_a_close_window(tokenizer: Tokenizer) -> None:
    text, spans = article([50] * 12)
    for window in close_windows(tokenizer, "", text, spans):
        assert len(window.ids) < 300
        assert max(s for s in window.sentence) - min(s for s in window.sentence if s >= 0) <= 3


def test_a_sentence_longer_than_a_window_is_read_closely_in_parts(tokenizer: Tokenizer) -> None:
    text, spans = article([3000, 5])
    found = close_windows(tokenizer, "", text, spans, {0})
    assert len(found) > 5
    assert max(len(w.ids) for w in found) <= 512
    assert {s for s, _, _, _ in core(found)} == {0}
