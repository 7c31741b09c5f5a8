"""Phrases for people that stand beside each other, put together where they are coordinated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from arahan.types import Span
from pipeline.addressees.lexicon import role
from pipeline.addressees.words import Token, is_a

MAX_JOINT = 4  # tokens between two that are coordinated
SIGNS = (",", "/")


class Part(NamedTuple):
    """A phrase, and what joins it to the one before."""

    span: Span
    known: bool
    joint: str


def joint_of(between: list[Token]) -> str:
    """What coordinates two phrases with these tokens between them: a word, "/", a mere comma; "" where nothing does."""
    words = [token.low for token in between]
    joints = [w for w in words if w in SIGNS or w in role("joint")]
    if not words or len(words) > MAX_JOINT or words[0] not in joints:
        return ""
    return joints[-1] if all(w in joints or is_a(w, "quantifier") for w in words) else ""


def lists(parts: Sequence[Part]) -> Iterator[tuple[Span, bool]]:
    """Coordinated parts as one, with whether the first is known; a comma joins only where "dan" or its like follows
    ("Kepada camat, | bupati berpesan").
    """
    at = 0
    while at < len(parts):
        end = next((k for k in range(at + 1, len(parts)) if not parts[k].joint), len(parts))
        last = next((k for k in range(end - 1, at, -1) if parts[k].joint != ","), at)
        yield Span(parts[at].span.start, parts[last].span.end), parts[at].known
        at = last + 1
