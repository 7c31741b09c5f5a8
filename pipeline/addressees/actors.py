"""Who is to act: those whom the clause itself names, as the guideline writes them, and the groups of addressees."""

from __future__ import annotations

from collections.abc import Iterable

from arahan.types import Kind, Span
from pipeline.addressees.coordination import names_in
from pipeline.addressees.frames import told
from pipeline.vocabulary.gazetteers import group_of

TOLD_KINDS = ("instruction", "appeal", "prohibition")


def addressees(text: str, evidence: Span, cue: Span | None, action: Span, kind: Kind) -> tuple[str, ...]:
    """The addressees that the words of the clause name in a known form, as written, coordinated ones apart, each once.

    Pronouns are left out, quantifiers ("para", "seluruh") too except in set phrases ("semua pihak").
    """
    framed = told(text, evidence, cue, action) if cue and kind in TOLD_KINDS else None
    return each_once(names_in(framed.of(text))) if framed else ()


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """The names in order; of those that differ in case alone the first."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return tuple(found.values())


def groups(names: Iterable[str]) -> tuple[str, ...]:
    """Normalised groups of the addressees, each once; those of no known group are left out."""
    return tuple(dict.fromkeys(group for name in names if (group := group_of(name))))
