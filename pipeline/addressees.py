"""Who is to act: the spans that the model marked, as the guideline writes them, and their groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from arahan.types import Span
from models.runtime.decode import Mention
from pipeline.datafile import mapping
from pipeline.gazetteers import group_of

JOINED = re.compile(r"\s*(?:,|;|\bdan\b|\bserta\b|\bmaupun\b|\bbeserta\b|\bhingga\b|&|/)\s*", re.IGNORECASE)
EDGE = " \t\n.,;:\"“”'’()-–"
MIN_LETTERS = 2
COORDINATED_CHARS = 12


@cache
def _words() -> dict[str, str]:
    return mapping("addressee_words.csv", ("word", "type"))


def addressees(text: str, mentions: Sequence[Mention], evidence: Span) -> tuple[str, ...]:
    """The addressees as written, coordinated ones apart, each once, those in the evidence before those earlier.

    Pronouns are left out, quantifiers ("para", "seluruh") too except in set phrases ("semua pihak").
    """
    inside = [m for m in mentions if evidence.overlaps(m.span)]
    chosen = inside or _nearest(mentions, evidence)
    found: dict[str, str] = {}
    for mention in chosen:
        for name in _split(mention.span.of(text)):
            found.setdefault(name.casefold(), name)
    return tuple(found.values())


def groups(names: Iterable[str]) -> tuple[str, ...]:
    """Normalised groups of the addressees, each once; those of no known group are left out."""
    return tuple(dict.fromkeys(group for name in names if (group := group_of(name))))


def _nearest(mentions: Sequence[Mention], evidence: Span) -> list[Mention]:
    """The last mention before the evidence and those coordinated with it; of those after the evidence none counts."""
    chosen: list[Mention] = []
    for mention in sorted((m for m in mentions if m.span.end <= evidence.start), key=lambda m: m.span, reverse=True):
        if chosen and chosen[-1].span.start - mention.span.end > COORDINATED_CHARS:
            break
        chosen.append(mention)
    return chosen[::-1]


def _split(phrase: str) -> list[str]:
    whole = _edges(phrase)
    if _words().get(whole.lower()) == "whole":
        return [whole]
    parts = JOINED.split(whole) if _coordinates(whole) else [whole]
    return [name for part in parts if (name := _stripped(part))]


def _coordinates(phrase: str) -> bool:
    """Whether "X dan Y" names two: both sides have to be someone, "Dinas Pendidikan dan Kebudayaan" is one office."""
    parts = [part for part in JOINED.split(phrase) if part.strip()]
    return len(parts) > 1 and all(group_of(part) or part[0].islower() for part in parts[1:])


def _edges(phrase: str) -> str:
    """Without punctuation at the ends; a bracket that has its partner inside stays."""
    bare = phrase.strip(EDGE)
    return bare + ")" if bare.count("(") > bare.count(")") and phrase[phrase.index(bare) + len(bare) :].startswith(")") else bare


def _stripped(part: str) -> str:
    part = _edges(part)
    while True:
        kind = _words().get(part.lower())
        if kind == "whole":
            return part
        if kind == "pronoun" or sum(c.isalpha() for c in part) < MIN_LETTERS:
            return ""
        first, _, rest = part.partition(" ")
        if _words().get(first.lower()) != "quantifier" or not rest:
            return part
        part = _edges(rest)
