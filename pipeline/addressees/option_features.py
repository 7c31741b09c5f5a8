"""What speaks for and against each way to say who is to act, by name: nobody, those told last, somebody mentioned,
those whom the clause names in a known form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from arahan.types import Span
from pipeline.addressees.clause import Clause, Told, act_form, cue_type, pointer, word_after, word_before, word_class, word_from
from pipeline.addressees.frames import Frame
from pipeline.addressees.mentions import Someone
from pipeline.addressees.words import STRONG, unquantified
from pipeline.vocabulary.gazetteers import group_of

SENTENCE = re.compile(r"[.!?](?=[\s\"”’)])|\n")
NOTHING = " \t\n.,\"“”'"
MAX_SENTENCES = 4
FAR_CHARS = 2000
CUE_CHARS = 20


class Said(NamedTuple):
    """What holds of a clause, whoever is to act: forms of act and cue, to whom it points, whether it is quoted, and
    the form in which it names somebody.
    """

    form: str
    cue: str
    pointer: str
    manner: str
    frame: Frame | None


def said(c: Clause, frame: Frame | None) -> Said:
    """Read once for all the ways."""
    form, cue = act_form(c.text, c.action), cue_type(c.text, c.cue)
    return Said(form, cue, pointer(c.text, c.evidence, c.action), "quoted" if c.quoted else "told", frame)


def nobody(c: Clause, s: Said) -> Iterator[str]:
    """For nobody in particular."""
    yield from ("nobody", *_forms("nobody", c, s), f"nobody, pointer {s.pointer}", f"nobody, pointer {s.pointer}, {c.kind}")
    yield from (f"nobody, {s.manner}", f"nobody, {s.manner}, {s.form}")
    if c.cue:
        yield f"nobody, cue {c.cue.of(c.text).lower()[:CUE_CHARS]}"
    if s.frame:
        yield from ("nobody, frame", f"nobody, frame {s.frame.how}")
    yield f"nobody, act {word_from(c.text, c.action.start)}"
    yield f"nobody, {_issuer(c.told) if c.told else 'no'} directive before"


def carried(c: Clause, s: Said, told: Told) -> Iterator[str]:
    """For those of the last directive."""
    between = c.text[told.evidence.end : min(c.evidence.start, told.evidence.end + FAR_CHARS)]
    far, who = _distance(c, told, between), _issuer(told)
    yield from ("carried", f"carried, {who} issuer", f"carried, {who} issuer, {far}", *_forms("carried", c, s))
    yield from (f"carried, pointer {s.pointer}", f"carried, {far}, {s.form} act", f"carried, {far}, {s.manner}")
    if s.frame:
        yield from ("carried, frame", f"carried, frame {s.frame.how}")
    if "\n" in between:
        yield f"carried, paragraph between, {who} issuer"
    yield f"carried, {'many' if len(told.names) > 1 else 'one'}"
    yield f"carried, group {group_of(told.names[0])}"
    yield f"carried, first {word_class(word_from(c.text, c.evidence.start) or '.')}"


def framed(c: Clause, s: Said, frame: Frame) -> Iterator[str]:
    """For those whom the clause names in a known form."""
    phrase, how = unquantified(frame.span.of(c.text)), f"frame {frame.how}"
    words, group = phrase.split(), group_of(phrase)
    before, after = word_before(c.text, frame.span.start), word_after(c.text, frame.span.end)
    yield from ("frame", how, f"{how}, {s.form} act", f"{how}, {s.cue} cue", f"{how}, {c.kind}", f"{how}, {s.manner}")
    yield from (f"{how}, before {before}", f"{how}, after {after}", f"frame, before {before}", f"frame, after {after}")
    yield from (f"frame, group {group}", f"{how}, {'known' if group else 'unknown'}", f"frame, pointer {s.pointer}")
    yield from (f"frame, {min(len(words), 8)} words", f"{how}, {min(len(words), 8)} words")
    for kind in sorted({word_class(w) for w in words[1:]}):
        yield from (f"frame, holds {kind}", f"{how}, holds {kind}")
    if phrase.lower() in c.issuer.lower():
        yield f"{how}, issuer"


def _issuer(told: Told) -> str:
    return "same" if told.same_issuer else "other"


def _forms(what: str, c: Clause, s: Said) -> Iterator[str]:
    yield from (f"{what}, {s.form} act", f"{what}, {s.cue} cue", f"{what}, {s.form} act, {s.cue} cue", f"{what}, {c.kind}")


def _distance(c: Clause, told: Told, between: str) -> str:
    if c.evidence.start < told.evidence.end:
        return "same sentence"
    return str(min(len(SENTENCE.findall(between)), MAX_SENTENCES)) if between.strip(NOTHING) else "next"


def places(c: Clause, found: Sequence[Someone]) -> list[str]:
    """Where each stands: "1" to "4" sentences before the evidence, or by the cue and act in it."""
    return [_place(c, someone.span) for someone in found]


def _place(c: Clause, span: Span) -> str:
    if span.start < c.evidence.start:
        sentences = len(SENTENCE.findall(c.text, span.end, c.evidence.start))
        return str(min(max(sentences, 1), MAX_SENTENCES))
    if span.start >= c.action.start:
        return "after" if span.start >= c.action.end else "act"
    if c.cue and span.end > c.cue.start:
        return "between" if span.start >= c.cue.end else "cue"
    gap = c.text[span.end : c.cue.start if c.cue else c.action.start]
    if STRONG.search(gap):
        return "front far"
    return "front comma" if "," in gap else "front"


def someone(c: Clause, s: Said, found: Sequence[Someone], where: Sequence[str], at: int) -> Iterator[str]:
    """For `found[at]`, all of them being at `where`."""
    span, place = found[at].span, where[at]
    before, after = word_before(c.text, span.start), word_after(c.text, span.end)
    zone = "earlier" if place.isdigit() else place
    yield from ("someone", place, f"{place}, before {before}", f"{place}, after {after}", f"before {before}", f"after {after}")
    yield from (f"{zone}, before {before}, after {after}", *_forms(place, c, s), f"{zone}, pointer {s.pointer}")
    if place in ("act", "after"):
        yield f"{place}, {s.form} act, before {before}"
    if not found[at].known:
        yield from (f"unknown, {zone}", f"unknown, before {before}")
    yield from _who(c, span.of(c.text), zone)
    if s.frame:
        side = _beside(span, s.frame.span)
        yield from (f"{side} frame", f"{side} frame {s.frame.how}", f"{side} frame, {zone}")
    if zone == "earlier":
        later = sum(1 for other in where[at + 1 :] if other.isdigit())
        yield from (f"earlier, {min(later, 4)} later", f"earlier, {s.manner}", f"{place}, before {before}, {s.manner}")
    else:
        yield f"{place}, {_rank(where, at)}"


def _beside(span: Span, frame: Span) -> str:
    """How a phrase lies to that of the frame."""
    if not span.overlaps(frame):
        return "beside"
    return "in" if frame.contains(span) else "around" if span.contains(frame) else "across"


def _who(c: Clause, phrase: str, zone: str) -> Iterator[str]:
    group = group_of(phrase)
    yield from (f"group {group}", f"{zone}, group {group}")
    if phrase.lower() in c.issuer.lower():
        yield from ("issuer", f"{zone}, issuer")


def _rank(where: Sequence[str], at: int) -> str:
    """Which of those at the same place."""
    first, last = where[at] not in where[:at], where[at] not in where[at + 1 :]
    return "only" if first and last else "first" if first else "last" if last else "inner"
