"""Who is to act: the spans that the model marked, as the guideline writes them, and their groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from arahan.types import Kind, Span
from models.runtime.decode import Mention
from pipeline.addressees.coordination import EDGE, names_in, whole_offices
from pipeline.addressees.frames import told
from pipeline.addressees.lexicon import any_of, role
from pipeline.addressees.marks import chosen, nearest
from pipeline.addressees.words import passive
from pipeline.vocabulary.gazetteers import group_of

TOLD_KINDS = ("instruction", "appeal", "prohibition")
RECENT_CHARS = 500


@cache
def _pointing() -> re.Pattern[str]:
    """A word for those addressed before ("mereka"), not the honorific before a title ("bapak menteri")."""
    return re.compile(rf"\b{any_of('pointing')}\b(?! (?:{any_of('titled')}|yang))", re.IGNORECASE)


@cache
def _nobodys() -> re.Pattern[str]:
    """The beginning of an act that is a state or a thing: "sampai terjadi", "sosialisasi aturan"."""
    thing = rf"(?:pen|pem|peng|per|{any_of('deed')})\w*(?:an|i)\s"
    return re.compile(rf"(?:sampai\s+)?{any_of('state')}\b|{thing}", re.IGNORECASE)


def addressees(
    text: str,
    mentions: Sequence[Mention],
    evidence: Span,
    cue: Span | None = None,
    action: Span | None = None,
    kind: Kind | None = None,
) -> tuple[str, ...]:
    """The addressees as written, coordinated ones apart, each once: whom the clause itself
    names, else those that the model marked in the evidence.

    Pronouns are left out, quantifiers ("para", "seluruh") too except in set phrases ("semua pihak").
    """
    if kind == "commitment":
        return ()
    framed = told(text, evidence, cue, action) if cue and action and kind in TOLD_KINDS else None
    return _named(text, [framed] if framed else chosen(text, mentions, evidence))


def earlier(text: str, mentions: Sequence[Mention], evidence: Span, action: Span, kind: Kind) -> tuple[str, ...]:
    """Those that the model marked last before the evidence; nobody where the act is a state, a thing, or one's own."""
    if kind not in TOLD_KINDS or _nobodys().match(text, action.start):
        return ()
    return _named(text, nearest(text, mentions, evidence))


def _named(text: str, spans: Iterable[Span]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for span in whole_offices(text, spans):
        for name in names_in(span.of(text)):
            found.setdefault(name.casefold(), name)
    return tuple(found.values())


def carries_on(text: str, before: Span, evidence: Span, action: Span, cue: str) -> bool:
    """Whether a clause that names nobody is told to those of the directive at `before`: right after it, or later where it says
    "jangan ..." or points back ("mereka harus").

    A passive act ("dibenahi"), a state or a thing is nobody's in particular.
    """
    if passive().match(text, action.start) or _nobodys().match(text, action.start):
        return False
    if evidence.start - before.end <= RECENT_CHARS and _pointing().search(text, evidence.start, action.start):
        return True
    between = text[before.end : evidence.start]
    return not between.strip(EDGE) or cue.lower().startswith(tuple(role("forbidding")))


def groups(names: Iterable[str]) -> tuple[str, ...]:
    """Normalised groups of the addressees, each once; those of no known group are left out."""
    return tuple(dict.fromkeys(group for name in names if (group := group_of(name))))
