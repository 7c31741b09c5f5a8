"""Which amounts of a directive are goals: part of what is to be reached or done. Learned in kind from annotated releases."""

from __future__ import annotations

import re
from functools import cache

from arahan.types import Quantity, Span
from pipeline.values.numbers import Amount, find_quantities
from pipeline.vocabulary.datafile import rows

_SHARE_OF = re.compile(r"(?<!lebih )(?<!kurang )\bdari\s*$", re.IGNORECASE)
_PLACE = re.compile(r"\bdi\s*$", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:bergaji|gaji|berpenghasilan|penghasilan|berusia|usia|omzet)\s+(?:di\s+)?(?:bawah|atas|maksimal)\s*$", re.IGNORECASE
)
_FRONTED = re.compile(
    r"(?:\s+(?!yang\b)[\w/]+){0,4}(?:\s+yang)?(?:\s+(?:nantinya|nanti|juga))?\s+(?:akan|harus|perlu|wajib|bakal|ditargetkan)"
    r"(?:\s+(?:segera|langsung))?\s*$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"(?:di(?!\s)|ter|ber|pindah|masuk|selesai|rampung)", re.IGNORECASE)


@cache
def _idiom() -> re.Pattern[str]:
    phrases = sorted((row["phrase"] for row in rows("number_idioms.csv", ("phrase",))), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)


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
    if amount.unit_class == "times" or _idiom().match(text, amount.number.start) or _CONDITION.search(before):
        return False
    if amount.unit_class == "time":
        return not amount.value.is_integer()
    if amount.unit_class == "noun" and amount.spelled and _PLACE.search(before):
        return False
    part_of = previous is not None and amount.span.start - previous.span.end < 12 and _SHARE_OF.search(before)
    return not part_of


def _fronted(text: str, action: Span, evidence: Span) -> list[Amount]:
    """Counted subjects of a passive or intransitive act: "1.700-4.100 ASN akan | pindah"."""
    if not _PASSIVE.match(text, action.start):
        return []
    found = [amount for amount in find_quantities(text, Span(evidence.start, action.start)) if amount.unit_class == "noun"]
    if not found or not _FRONTED.fullmatch(text, found[-1].span.end, action.start):
        return []
    in_range = len(found) > 1 and found[-1].number.start - found[-2].number.end <= 8 and found[-2].unit == found[-1].unit
    return found[-2:] if in_range else found[-1:]
