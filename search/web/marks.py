"""From overlapping marks to a tree of nested ones, as HTML needs it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from search.results import Mark

ORDER = ("issuer", "action", "addressee", "quantity", "deadline", "cue", "match")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text, or a marked part with pieces inside. `first`: the mark begins here (one that is cut in two begins once)."""

    text: str = ""
    label: str = ""
    first: bool = True
    inside: tuple[Piece, ...] = ()


def pieces(text: str, marks: Iterable[Mark], shown: Collection[str] = ORDER) -> tuple[Piece, ...]:
    """`text` with its `shown` marks as a tree: the longer mark is outside, one that crosses its end is cut there."""
    valid = {mark for mark in marks if 0 <= mark.start < mark.end <= len(text) and mark.label in shown}
    ordered = sorted(valid, key=lambda mark: (mark.start, -mark.end, ORDER.index(mark.label)))
    return _nest(text, 0, len(text), [(mark, True) for mark in ordered])


def _nest(text: str, start: int, end: int, marks: list[tuple[Mark, bool]]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    while marks:
        (outer, first), rest = marks[0], marks[1:]
        inner = [(Mark(mark.start, min(mark.end, outer.end), mark.label), new) for mark, new in rest if mark.start < outer.end]
        cut = [(Mark(outer.end, mark.end, mark.label), False) for mark, _ in rest if mark.start < outer.end < mark.end]
        later = [(mark, new) for mark, new in rest if mark.start >= outer.end]
        if outer.start > start:
            found.append(Piece(text[start : outer.start]))
        found.append(Piece("", outer.label, first, _nest(text, outer.start, outer.end, inner)))
        marks = sorted(cut + later, key=lambda item: (item[0].start, -item[0].end, ORDER.index(item[0].label)))
        start = outer.end
    if start < end:
        found.append(Piece(text[start:end]))
    return tuple(found)


def plain(tree: Iterable[Piece]) -> str:
    """The text of a tree, as it was."""
    return "".join(piece.text + plain(piece.inside) for piece in tree)


def labels(tree: Iterable[Piece]) -> set[str]:
    """Which labels occur in a tree."""
    return {label for piece in tree for label in ({piece.label} | labels(piece.inside)) if label}
