"""Runs of pieces out of the heads' probabilities."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


def best_spans(log_p: Array, words: Sequence[bool], bias: float) -> list[tuple[int, int]]:
    """Word-aligned, disjoint [start, end) runs that maximise the labels' log-odds over O, plus `bias` a piece.

    `log_p` is (pieces, 11) in the order of labels.ACTION; kinds are summed out.
    """
    begin, inside = _odds(log_p, bias)
    n = len(begin)
    off, on = np.full(n + 1, -np.inf), np.full(n + 1, -np.inf)
    off[0] = 0.0
    came = np.zeros((n + 1, 2), dtype=np.int8)
    for i in range(n):
        word = words[i]
        stay, end = off[i], on[i] if word else -np.inf
        off[i + 1], came[i + 1, 0] = (stay, 0) if stay >= end else (end, 1)
        start = max(off[i], on[i]) + begin[i] if word else -np.inf
        cont = on[i] + inside[i]
        on[i + 1], came[i + 1, 1] = (cont, 1) if cont >= start else (start, 2 if on[i] > off[i] else 0)
    spans, state, close = [], int(on[n] > off[n]), n
    for i in range(n, 0, -1):
        previous = came[i, state]
        if state == 1:
            if previous != 1:
                spans.append((i - 1, close))
                close, state = i - 1, 1 if previous == 2 else 0
        elif previous == 1:
            close, state = i - 1, 1
    return spans[::-1]


def best_span(log_p: Array, words: Sequence[bool], bias: float) -> tuple[int, int]:
    """The one word-aligned run with the highest score, also when every score speaks against it."""
    begin, inside = _odds(log_p, bias)
    n = len(begin)
    best, found = -np.inf, (0, n)
    score, start = -np.inf, 0
    for i in range(n):
        fresh = begin[i] if words[i] else -np.inf
        score += inside[i]
        if fresh >= score:
            score, start = fresh, i
        if score > best and (i + 1 == n or words[i + 1]):
            best, found = score, (start, i + 1)
    return found


def join(spans: Sequence[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    """Runs at most `gap` pieces apart ("..., lalu ...") as one: acts coordinated under one cue are one record."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start - found[-1][1] <= gap:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _odds(log_p: Array, bias: float) -> tuple[Array, Array]:
    """Log-odds of beginning and of going on against O, each (pieces,), plus `bias`."""
    begin = np.logaddexp.reduce(log_p[:, 1::2], axis=1)
    inside = np.logaddexp.reduce(log_p[:, 2::2], axis=1)
    return begin - log_p[:, 0] + bias, inside - log_p[:, 0] + bias


def runs(marked: Sequence[bool], words: Sequence[bool], gap: int = 0) -> list[tuple[int, int]]:
    """[start, end) of runs of marked pieces, grown to whole words; gaps of up to `gap` pieces are bridged."""
    found: list[list[int]] = []
    n = len(marked)
    for i in range(n):
        if not marked[i]:
            continue
        start, end = i, i + 1
        while start > 0 and not words[start]:
            start -= 1
        while end < n and not words[end]:
            end += 1
        if found and start <= found[-1][1] + gap:
            found[-1][1] = max(end, found[-1][1])
        else:
            found.append([start, end])
    return [(s, e) for s, e in found]
