"""Where an amount stands to the act of its directive, and what parts the two: features for goals.py, by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from arahan.types import Span
from pipeline.values.numbers import Amount
from pipeline.values.words import any_of

_WORD = re.compile(r"\w+(?:[-/]\w+)*")
_SENTENCE = re.compile(r"[.!?;:](?=[\s\"”’])|\n")
_ASIDE = re.compile(r",\s(?:menurut|[a-z]+(?=nya\b|\s[A-Z]))[^,.]{0,40},")
_ACTIVE_VERB = re.compile(r"\bme[mnlrwy][a-z]{3,}")


def place_of(span: Span, action: Span) -> str:
    """Whether an amount stands before, in or after the act."""
    if span.start >= action.end:
        return "after"
    return "in" if span.start >= action.start else "before"


def between(text: str, action: Span, amount: Amount, place: str) -> Iterator[str]:
    """What stands between an amount and the act, or the beginning of the act that it stands in."""
    if place == "before":
        gap = _ASIDE.sub(" ", text[amount.span.end : action.start])
        yield from _before(gap, _form(text, action))
    elif place == "in":
        gap = text[action.start : amount.span.start]
        yield f"in by {min(3, len(_WORD.findall(gap)))}"
    else:
        gap = text[action.end : amount.span.start]
        words = len(_WORD.findall(gap))
        yield f"after by {'nothing' if words <= 1 else 'little' if words <= 4 else 'much'}"
    yield from _parted(place, gap)


@cache
def _act() -> re.Pattern[str]:
    own, bare = any_of("agent"), any_of("goal-act")
    return re.compile(rf"(?P<own>{own}\b)|(?P<passive>di(?!\s)|ter|ber|{bare}\b)|(?P<active>me)", re.IGNORECASE)


def _form(text: str, action: Span) -> str:
    """Whether an act begins with its agent, is passive or intransitive, or active."""
    match = _act().match(text, action.start)
    return str(match.lastgroup) if match else "plain"


@cache
def _light() -> re.Pattern[str]:
    """A word that may stand between a subject or object and the act."""
    return re.compile(rf"(?P<agent>{any_of('agent')})|(?P<auxiliary>{any_of('auxiliary')})", re.IGNORECASE)


@cache
def _forbidding() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of('forbidding')}\s*$", re.IGNORECASE)


@cache
def _openers() -> re.Pattern[str]:
    """A word that opens a clause."""
    which, joining = f"(?P<which>{any_of('which')})", f"(?P<joining>{any_of('joining')})"
    return re.compile(rf"\b(?:{which}|(?P<if>{any_of('if')})|(?P<purpose>{any_of('purpose')})|{joining})\b", re.IGNORECASE)


def _before(gap: str, form: str) -> Iterator[str]:
    """For an amount before the act: how many words part them but for light ones, and which stands at the act."""
    words = [(word, _light().fullmatch(word)) for word in _WORD.findall(gap)]
    heavy = sum(light is None for _, light in words)
    size = "nothing" if not heavy else "little" if heavy <= 2 else "some" if heavy <= 5 else "much"
    yield from (f"before by {size}", f"before, {form} act", f"before by {size}, {form} act")
    last = words[-1][1] if words else None
    yield f"before, {(last.lastgroup if last else 'other') if words else 'nothing'} at the act"
    if _forbidding().search(gap):
        yield "before what is forbidden"
    if _ACTIVE_VERB.search(gap):
        yield "before, act between"


def _parted(place: str, gap: str) -> Iterator[str]:
    """Marks of another clause or sentence between them; inside the act a comma closes a clause."""
    if _SENTENCE.search(gap):
        yield f"{place}, sentence between"
    if "," in gap:
        yield f"{place}, comma between"
    opened = [match.lastgroup for match in _openers().finditer(gap.rpartition(",")[2] if place == "in" else gap)]
    if opened:
        yield f"{place}, clause {opened[-1]}"
