"""Datelines: the place, and often the outlet, that a release starts with ("SAMARINDA - ", "Lembayung, Warta.id –")."""

from __future__ import annotations

import re
from typing import NamedTuple

from arahan.types import Span
from pipeline.text.noise_rules import Rule, outlet_word
from pipeline.vocabulary.gazetteers import office_of
from pipeline.vocabulary.regions import find_regions

WINDOW_CHARS = 140  # no dateline is longer
DOMAIN = re.compile(r"\.\w{2,6}$")
NUMBERED = re.compile(r"\d{4}|^\d+/\d+")  # "0318/Kota Wening", an army command


class Dateline(NamedTuple):
    """`sure`: the place is a known region or in capitals, or an outlet is named, so what stands before it is no body text."""

    span: Span
    sure: bool


def find_dateline(text: str, line: Span, rules: tuple[Rule, ...], first: bool) -> Dateline | None:
    """The dateline at the start of `line`; a place that nothing else confirms counts only on the `first` line of the text."""
    end = min(line.end, line.start + WINDOW_CHARS)
    for rule in rules:
        match = rule.regex.match(text, line.start, end)
        if not match or (match.end() == end < line.end):
            continue
        dated = bool(match.groupdict().get("date")) and not office_of(match["place"])
        alone = dated and match.end() == line.end  # a place and a date also stand under a text
        sure = not alone and _is_sure(match["place"] or "", match["outlet"] or "", match[0])
        if dated or sure or (first and _may_be(text, match)):
            return Dateline(Span(match.start(), match.end()), sure)
    return None


def _is_sure(place: str, outlet: str, whole: str) -> bool:
    if office_of(place):
        return False
    if DOMAIN.search(outlet):
        return True
    known = any(span == (0, len(place)) for span, _ in find_regions(place))
    capitals = place.isupper() and len(place) >= 4
    if outlet:
        return (known or capitals) and bool(
            outlet_word().search(outlet) or NUMBERED.search(outlet) or all(word[0].isupper() for word in outlet.split())
        )
    return known or (capitals and ":" not in whole)


def _may_be(text: str, match: re.Match[str]) -> bool:
    """An unknown place in small letters: short, no office, set off by a spaced dash, and a sentence starts after it.

    An outlet in between has to be named like one."""
    place, outlet = match["place"] or "", match["outlet"] or ""
    told = not outlet or outlet_word().search(outlet) or (outlet.isupper() and match[0].rstrip(" -–—:|").endswith(")"))
    plain = told and not office_of(place) and len(place.split()) <= 3 and ":" not in match[0]
    return plain and match[0][-1].isspace() and text[match.end() : match.end() + 1].isupper()
