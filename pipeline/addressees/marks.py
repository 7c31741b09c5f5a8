"""The model's marks of addressees, weighed: grown to whole phrases, and only those that name somebody who can act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from arahan.types import Span
from models.runtime.decode import Mention
from pipeline.addressees.lexicon import role, type_of
from pipeline.addressees.words import names_actor
from pipeline.vocabulary.gazetteers import group_of

EARLIER = 0.5
SURE, LIKELY, PLAIN = 0.8, 0.45, 0.6  # scores that a mark needs: of anything, of a known group, of another noun
COORDINATED_CHARS = 12
BEFORE = re.compile(r"([^\W\d_]+)\s+$")
WHOLE_CHARS = 24
QUOTES = "\"“”‘’'"


def chosen(text: str, mentions: Iterable[Mention], within: Span) -> list[Span]:
    """The marks in `within` that may be addressees, whole."""
    grown = [(grow(text, m.span), m.score) for m in mentions if within.overlaps(m.span)]
    return [span for span, score in grown if _is_likely(span.of(text), score) and not _orders(text, span)]


def _orders(text: str, span: Span) -> bool:
    """Whether the phrase owns an order: "ajakan | anggota dewan"."""
    return _word_before(text, span.start).lower() in role("order")


def _word_before(text: str, at: int) -> str:
    before = BEFORE.search(text, max(0, at - WHOLE_CHARS), at)
    return before[1] if before else ""


def nearest(text: str, mentions: Sequence[Mention], evidence: Span) -> list[Span]:
    """The last mark before the evidence and those coordinated with it; of those after the evidence none counts."""
    found: list[Span] = []
    for mention in sorted((m for m in mentions if m.span.end <= evidence.start), key=lambda m: m.span, reverse=True):
        span = grow(text, mention.span)
        if found and found[-1].start - span.end > COORDINATED_CHARS:
            break
        if _is_likely(span.of(text), mention.score) and mention.score >= EARLIER:
            found.append(span)
    return found[::-1]


def _is_likely(phrase: str, score: float) -> bool:
    if score >= SURE:
        return True
    return names_actor(phrase) and score >= (LIKELY if group_of(phrase) else PLAIN)


def grow(text: str, span: Span) -> Span:
    """The mark with the rest of a hyphenated word, and with the nouns that open the phrase it ends ("elemen | masyarakat")."""
    start, end = span.start, span.end
    while start < end and text[start] in QUOTES:
        start += 1
    while start and (text[start - 1].isalnum() or (text[start - 1] == "-" and start > 1 and text[start - 2].isalnum())):
        start -= 1
    while end < len(text) and (text[end].isalnum() or (text[end] == "-" and text[end + 1 : end + 2].isalpha())):
        end += 1
    word = _word_before(text, start)
    if word and (word.lower() in role("opener") or type_of(f"{word} {text[start:end]}") == "whole"):
        start = text.rindex(word, 0, start)
    return Span(start, end)
