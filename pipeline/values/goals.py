"""Which amounts of a directive are goals: part of what is to be reached or done. Learned in kind from annotated releases."""

from __future__ import annotations

import re
from functools import cache

from arahan.types import Quantity, Span
from pipeline.values.numbers import Amount, find_quantities
from pipeline.values.words import any_of
from pipeline.vocabulary.datafile import rows

_SHARE_OF = re.compile(r"(?<!lebih )(?<!kurang )\bdari\s*$", re.IGNORECASE)
_PLACE = re.compile(r"\bdi\s*$", re.IGNORECASE)


@cache
def _idiom() -> re.Pattern[str]:
    phrases = sorted((row["phrase"] for row in rows("number_idioms.csv", ("phrase",))), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)


@cache
def _condition() -> re.Pattern[str]:
    """What makes an amount a condition on those meant: "berusia di bawah"."""
    return re.compile(rf"\b{any_of('condition')}\s+(?:di\s+)?{any_of('bound')}\s*$", re.IGNORECASE)


@cache
def _lead() -> re.Pattern[str]:
    """What may stand between a counted subject and its act: "warga miskin yang nantinya akan segera"."""
    adverbs, after = r"(?:\s+(?:nantinya|nanti|juga))?", r"(?:\s+(?:segera|langsung))?"
    return re.compile(rf"(?:\s+(?!yang\b)[\w/]+){{0,4}}(?:\s+yang)?{adverbs}\s+{any_of('fronted-act')}{after}\s*$", re.IGNORECASE)


@cache
def _passive() -> re.Pattern[str]:
    """The beginning of a passive or intransitive act."""
    return re.compile(rf"(?:di(?!\s)|ter|ber|{any_of('goal-act')})", re.IGNORECASE)


def goal_quantities(text: str, action: Span, evidence: Span) -> list[Amount]:
    """The goals among the amounts of a directive: those inside the action, and a counted subject right before a passive act."""
    inside = find_quantities(text, action)
    goals = [amount for at, amount in enumerate(inside) if _is_goal(text, amount, inside[at - 1] if at else None)]
    return _fronted(text, action, evidence) + goals


def quantities(text: str, action: Span, evidence: Span) -> tuple[Quantity, ...]:
    """`goal_quantities` as the dataset holds them."""
    return tuple(amount.quantity(text) for amount in goal_quantities(text, action, evidence))


def _is_goal(text: str, amount: Amount, previous: Amount | None) -> bool:
    before = text[max(0, amount.span.start - 40) : amount.span.start]
    if amount.unit_class == "times" or _idiom().match(text, amount.number.start) or _condition().search(before):
        return False
    if amount.unit_class == "time":
        return not amount.value.is_integer()
    if amount.unit_class == "noun" and amount.spelled and _PLACE.search(before):
        return False
    part_of = previous is not None and amount.span.start - previous.span.end < 12 and _SHARE_OF.search(before)
    return not part_of


def _fronted(text: str, action: Span, evidence: Span) -> list[Amount]:
    """Counted subjects of a passive or intransitive act: "1.700-4.100 ASN akan | pindah"."""
    if not _passive().match(text, action.start):
        return []
    found = [amount for amount in find_quantities(text, Span(evidence.start, action.start)) if amount.unit_class == "noun"]
    if not found or not _lead().fullmatch(text, found[-1].span.end, action.start):
        return []
    in_range = len(found) > 1 and found[-1].number.start - found[-2].number.end <= 8 and found[-2].unit == found[-1].unit
    return found[-2:] if in_range else found[-1:]
