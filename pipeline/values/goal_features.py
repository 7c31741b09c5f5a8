"""What speaks for or against an amount being a goal of a directive: its class, its place, the words around it, by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from arahan.types import Span
from pipeline.values.goal_places import between, place_of
from pipeline.values.numbers import Amount
from pipeline.values.words import any_of
from pipeline.vocabulary.datafile import mapping, rows

FIGURE = 1000
"""From this value up, or with a fraction, a number without a unit is a figure; below it may be a mere name."""
PAIR_CHARS = 48
"""How far "menjadi" can part the two values of a change."""

_CHANGE = re.compile(r"[^.,;]{0,12}\b(?:menjadi|jadi|ke)\s+(?:\w+\s+){0,2}", re.IGNORECASE)
_PRODUCT = re.compile(r"\s*(?:x|×|kali)\s*", re.IGNORECASE)
_SHARE_OF = re.compile(r".{0,6}(?<!lebih )(?<!kurang )\bdari\s*", re.IGNORECASE)
_POINTED = re.compile(r"\s*(?:itu|tersebut|ini)\b", re.IGNORECASE)
_RATE = re.compile(r"\s*(?:(?:per|setiap|tiap)\b|se(?:tahun|bulan|hari|minggu|pekan|orang)\b|/)", re.IGNORECASE)
_AFTER_NAME = re.compile(r"(?:[A-Z]\w+|\))\s$")


def features(text: str, action: Span, evidence: Span, found: list[Amount], at: int) -> Iterator[str]:
    """What is to be said of `found[at]`; `found` are all amounts of the evidence."""
    amount = found[at]
    place, kind = place_of(amount.span, action), _kind(amount)
    before = text[max(evidence.start, amount.span.start - 40) : amount.span.start]
    lead = _lead(before)
    yield from ("any", f"class {kind}", f"{place}: {kind}", f"lead {lead}", f"{place}, lead {lead}")
    if amount.spelled:
        yield from (f"spelled {kind}", f"spelled, lead {lead}")
        if amount.value == 1:
            yield "one"
    if kind in ("time", "times"):
        yield f"time, lead {lead}"
    yield from _itself(text, amount, before)
    yield from _beside(text, found, at)
    yield from between(text, action, amount, place)


def _kind(amount: Amount) -> str:
    return amount.unit_class or ("figure" if amount.value >= FIGURE or not amount.value.is_integer() else "bare")


@cache
def _leads() -> re.Pattern[str]:
    words = sorted(mapping("quantity_leads.csv", ("word", "role")), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, words))})[\s(]+$", re.IGNORECASE)


def _lead(before: str) -> str:
    """The role of the words right before an amount."""
    match = _leads().search(before)
    return mapping("quantity_leads.csv", ("word", "role"))[" ".join(match[1].lower().split())] if match else "none"


@cache
def _idiom() -> re.Pattern[str]:
    phrases = sorted((row["phrase"] for row in rows("number_idioms.csv", ("phrase",))), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)


@cache
def _condition() -> re.Pattern[str]:
    """What makes an amount a condition on those meant: "berusia di bawah"."""
    return re.compile(rf"\b{any_of('condition')}\s+(?:di\s*)?{any_of('bound')}\s*$", re.IGNORECASE)


def _itself(text: str, amount: Amount, before: str) -> Iterator[str]:
    rate = _RATE.match(text, amount.span.end) is not None
    said = {
        "idiom": _idiom().match(text, amount.number.start),
        "condition": _condition().search(before),
        "in brackets": before.endswith("("),
        "capitalised": amount.spelled and text[amount.number.start].isupper() and before[-2:-1].isalnum(),
        "after a name": _kind(amount) == "bare" and _AFTER_NAME.search(before),
        "time in part": amount.unit_class == "time" and not amount.value.is_integer(),
        "pointed to": _POINTED.match(text, amount.span.end),
        "rate": rate,
        "time, rate": rate and amount.unit_class in ("time", "times"),
    }
    yield from (name for name, holds in said.items() if holds)


def _beside(text: str, found: list[Amount], at: int) -> Iterator[str]:
    """How the amount stands to the one before and the one behind."""
    if at + 1 < len(found):
        yield from _pair(text, found[at], found[at + 1], "first")
    if at:
        yield from _pair(text, found[at - 1], found[at], "second")


def _pair(text: str, first: Amount, second: Amount, which: str) -> Iterator[str]:
    apart = text[first.number.end : second.span.start]
    between = text[first.span.end : second.span.start]
    if len(apart) < PAIR_CHARS and _CHANGE.fullmatch(apart):
        yield f"{which} of a change"
    if _PRODUCT.fullmatch(apart):
        yield "product"
    if between.isspace():
        yield f"{which} of two"
    if which == "second" and _SHARE_OF.fullmatch(between):
        yield "whole of a share"
