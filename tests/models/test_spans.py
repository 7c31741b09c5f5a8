"""Decoding: the best spans are the best of all ways to mark the pieces."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from models.runtime import labels
from models.runtime.spans import best_span, best_spans, join, runs


def log_p(scores: list[tuple[float, float, float]]) -> np.ndarray:
    """(pieces, 11) log-probabilities with all begin and inside mass on the first kind."""
    table = np.full((len(scores), len(labels.ACTION)), -30.0)
    table[:, :3] = np.array(scores)
    return table - np.logaddexp.reduce(table, axis=1, keepdims=True)


def value(table: np.ndarray, spans: list[tuple[int, int]], bias: float) -> float:
    begin = np.logaddexp.reduce(table[:, 1::2], axis=1) - table[:, 0]
    inside = np.logaddexp.reduce(table[:, 2::2], axis=1) - table[:, 0]
    return float(sum(begin[s] + inside[s + 1 : e].sum() + bias * (e - s) for s, e in spans))


def all_span_sets(n: int, words: list[bool]) -> list[list[tuple[int, int]]]:
    found = []
    for marks in itertools.product("OBI", repeat=n):
        if any(m == "I" and (i == 0 or marks[i - 1] == "O") for i, m in enumerate(marks)):
            continue
        spans = []
        for i, m in enumerate(marks):
            if m == "B":
                spans.append((i, i + 1 + sum(1 for _ in itertools.takewhile(lambda x: x == "I", marks[i + 1 :]))))
        if all(words[s] and (e == n or words[e]) for s, e in spans):
            found.append(spans)
    return found


numbers = st.floats(-6, 6)


@settings(max_examples=150, deadline=None)
@given(
    scores=st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=6),
    words=st.lists(st.booleans(), min_size=6, max_size=6),
    bias=st.floats(-3, 3),
)
def test_no_other_marking_is_better(scores: list[tuple[float, float, float]], words: list[bool], bias: float) -> None:
    words = [True, *words[1 : len(scores)]]
    table = log_p(scores)
    found = best_spans(table, words, bias)
    best = max(value(table, spans, bias) for spans in all_span_sets(len(scores), words))
    assert found in all_span_sets(len(scores), words)
    assert abs(value(table, found, bias) - best) < 1e-4


@settings(max_examples=100, deadline=None)
@given(
    scores=st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=7),
    words=st.lists(st.booleans(), min_size=7, max_size=7),
)
def test_the_best_single_span_is_the_best_of_all(scores: list[tuple[float, float, float]], words: list[bool]) -> None:
    words = [True, *words[1 : len(scores)]]
    table, n = log_p(scores), len(scores)
    spans = [(s, e) for s in range(n) for e in range(s + 1, n + 1) if words[s] and (e == n or words[e])]
    found = best_span(table, words, 0.0)
    assert found in spans
    assert abs(value(table, [found], 0.0) - max(value(table, [span], 0.0) for span in spans)) < 1e-4


def test_a_higher_bias_never_gives_fewer_words() -> None:
    table = log_p([(2, 0, 0), (1, 0.5, 0), (1, -1, 0.8), (3, -2, -2), (0, 1, 0)])
    words = [True] * 5
    sizes = [sum(e - s for s, e in best_spans(table, words, bias)) for bias in (-2, 0, 2, 4)]
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0]


def test_runs_close_together_are_one_act() -> None:
    assert join([(0, 3), (4, 6), (9, 12)], gap=2) == [(0, 6), (9, 12)]
    assert join([(0, 3), (3, 6)], gap=-1) == [(0, 3), (3, 6)]
    assert join([], gap=2) == []


def test_runs_grow_to_whole_words_and_join_across_small_gaps() -> None:
    words = [True, False, True, True, False, True]
    assert runs([False, True, False, False, False, False], words) == [(0, 2)]
    assert runs([True, True, False, True, False, False], words, gap=1) == [(0, 5)]
    assert runs([False] * 6, words) == []
