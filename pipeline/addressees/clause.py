"""A clause that tells somebody to act, as far as the choice of its addressees looks at it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from arahan.types import Kind, Span
from pipeline.addressees.lexicon import inquits, role
from pipeline.addressees.words import active, is_a, passive, thing
from pipeline.vocabulary.datafile import rows
from pipeline.vocabulary.gazetteers import find_cues

NEXT = re.compile(r"\s*([^\W_]+(?:-[^\W_]+)*|[^\w\s])")
LAST = re.compile(r"([^\W_]+(?:-[^\W_]+)*|[^\w\s])\s*$")
WORD = re.compile(r"\w+")
LAST_CHARS = 30
SIGNS, QUOTES = ",.:(", "\"“”'‘’"
_PASSIVE_INSIDE = re.compile(r"\bdi[a-z]{3,}")
_ACTIVE_INSIDE = re.compile(r"\b(?:me|ber)[a-z]{4,}")


class Told(NamedTuple):
    """An earlier directive that names its addressees, and whether its issuer is the same."""

    evidence: Span
    names: tuple[str, ...]
    same_issuer: bool


class Clause(NamedTuple):
    """A directive without its addressees; `issuer` is name and role, `told` the last directive that names whom it tells."""

    text: str
    evidence: Span
    cue: Span | None
    action: Span
    kind: Kind
    issuer: str
    quoted: bool
    told: Told | None


def act_form(text: str, action: Span) -> str:
    """The form of the act: passive, active, a state, a thing, a noun with its verb behind it, or bare."""
    word = word_from(text, action.start)
    if passive().match(text, action.start):
        return "passive"
    if active().match(word):
        return "active"
    if word.startswith("ter"):
        return "state"
    if thing().match(word):
        return "thing"
    words = action.of(text).split()
    if _PASSIVE_INSIDE.search(" ".join(words[:7])):
        return "noun passive"
    return "noun active" if _ACTIVE_INSIDE.search(" ".join(words[1:5])) else "bare"


def cue_type(text: str, cue: Span | None) -> str:
    """The type of the cue by the lexicon; "none" without one."""
    if not cue:
        return "none"
    hits = find_cues(cue.of(text))
    kind = hits[-1][1].type if hits else "other"
    return "passive speech" if kind == "speech" and cue.of(text).lower().startswith("di") else kind


def pointer(text: str, evidence: Span, action: Span) -> str:
    """Whom the words before the act, else those of the act, stand for without naming them: us, them, you; "no" otherwise."""
    before = set(WORD.findall(text[evidence.start : action.start].lower()))
    inside = set(WORD.findall(action.of(text).lower()))
    if before & role("us"):
        return "us"
    if before & role("them"):
        return "them"
    if before & role("you"):
        return "you"
    return "us in act" if inside & role("us") else "you in act" if inside & role("you") else "no"


def word_from(text: str, at: int) -> str:
    """The word or sign at or behind a character, in lower case; "" at the end."""
    match = NEXT.match(text, at)
    return match[1].lower() if match else ""


def word_before(text: str, at: int) -> str:
    """The class of the word before a phrase at `at`, its quantifiers aside."""
    while match := LAST.search(text, max(0, at - LAST_CHARS), at):
        if "\n" in text[match.end(1) : at]:
            break
        low = match[1].lower()
        if not is_a(low, "quantifier") or low in role("beside") | role("lead"):
            return word_class(match[1])
        at = match.start(1)
    return "start"


def word_after(text: str, at: int) -> str:
    """The class of the word behind a phrase that ends at `at`."""
    match = NEXT.match(text, at)
    return word_class(match[1]) if match else "end of text"


def word_class(word: str) -> str:
    """What kind of word or sign stands beside a phrase; some stand for themselves."""
    low = word.lower()
    if low in role("beside"):
        return low
    if not low[0].isalnum():
        return low if low in SIGNS else "quote" if low in QUOTES else "sign"
    listed = {"object": role("object"), "order": role("order"), "inquit": inquits(), "end": role("end"), "says": _says()}
    kind = next((name for name, words in listed.items() if low in words), "")
    if kind or active().match(low):
        return kind or "active"
    return "passive" if _PASSIVE_INSIDE.match(low) else "name" if word[0].isupper() else "noun"


@cache
def _says() -> frozenset[str]:
    return frozenset(row["form"] for row in rows("speech_verbs.csv", ("form", "kind", "orders")))
