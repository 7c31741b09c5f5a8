"""Quantities in running Indonesian text: every amount with its span, value and unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from arahan.types import Quantity, Span
from pipeline.values.dates import explicit_dates
from pipeline.values.numerals import Numeral, numerals, times
from pipeline.values.units import Unit, beside, sign_before, unit_after

BARE_MONEY = 1e9
"""From this scale up an amount without a noun ("100 miliar") is money."""

BARE_WORDS = 1000
"""From here up a number in words needs no noun to be an amount ("lima ratus ribu")."""

_RANGE = re.compile(r"\s*(?:-|–|—|s/d|s\.d\.?|sd|sampai(?:\s+dengan)?|hingga|atau)\s*", re.IGNORECASE)
_SHARED = re.compile(rf"{_RANGE.pattern}|\s*(?:dan|menjadi|ke|dari|±|\+/-|plus[\s/-]*minus)\s*", re.IGNORECASE)
_SIGNED_RANGE = re.compile(rf"(?:{_RANGE.pattern})(?:rp\.?\s*)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_PHONE = re.compile(r"(?<!\d)(?:(?:\+62|0)\d{2,3}[\s-]?\d{3,4}(?:[\s-]?\d{2,5})?|\+\d{1,3}(?:[\s-]?\d{2,4}){2,4})(?!\d)")
_TIMES_OF_DAY = r"[\d.:\s–-]+"
_CLOCK = re.compile(
    rf"\b(?:pukul|pkl\.?|jam)\s+{_TIMES_OF_DAY}(?:(?:atau|hingga|sampai|s/d|dan|WI[BT]A?)\s+{_TIMES_OF_DAY})*", re.IGNORECASE
)
_SPELLED_CLOCK = re.compile(r"\b(?:pukul|jam)\s+\w+(?:\s+belas)?\s+(?:kurang|lewat|lebih)\s+\w+", re.IGNORECASE)
_HOUR = r"(?<![\d.,])(?:[01]?\d|2[0-4])[.:][0-5]\d(?!\d)"
_HOURS = re.compile(
    rf"{_HOUR}\s*(?:-|–|—|s/d|sampai|hingga)\s*{_HOUR}(?![.,]\d|\s*(?:%|persen|ribu|juta|mil|tri))", re.IGNORECASE
)
_WHOLE_DAYS = re.compile(r"\b\d{1,2}\s*(?:x|×|kali)\s*24\s*jam\b", re.IGNORECASE)
_DAYS = re.compile(r"(?<![\d.,])(?:(?:[12]\d|3[01]|0?[1-9])\s*(?:-|–|,|dan|serta|atau|s/d|sampai|hingga)\s*)+$", re.IGNORECASE)
_LISTED = re.compile(r"(?:^|(?<=\n))\s*\d{1,2}[.)](?=\s)|\(\d{1,2}\)|(?<=[;:,])\s*\d{1,2}\)")
_LETTER_HYPHEN = re.compile(r"[^\W\d_]\s?[-–]$")
_RUPIAH = re.compile(r"\s?,-|\s+rupiah\b", re.IGNORECASE)
_ABOUT = re.compile(r"an\b")
_GLOSS_START = re.compile(r"[ \t]?\([ \t]?")
_GLOSS_END = re.compile(r"[^()\n]{0,20}\)")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount: `span` from the currency sign to the end of the unit, `number` its digits or words alone.

    `unit` is "IDR" or another currency, "%", a measure or the counted noun, "" when none is written; `unit_class` is
    share, money, time, times, measure, noun or "".
    """

    span: Span
    number: Span
    value: float
    unit: str
    unit_class: str
    spelled: bool

    def quantity(self, text: str) -> Quantity:
        """As the dataset holds it."""
        return Quantity(self.span.of(text), self.value, self.unit)


def find_quantities(text: str, span: Span | None = None) -> list[Amount]:
    """Every amount inside `span` (default: all of `text`), in reading order.

    Dates, years, clock times, ordinals, numbers of laws, addresses and telephones, and list numbers are left out.
    """
    bounds = span or Span(0, len(text))
    taken = _taken(text, bounds)
    found: list[Amount] = []
    named: Numeral | None = None
    for numeral, end in _glossed(text, _ranged(text, list(numerals(text, bounds))), bounds):
        if any(numeral.span.overlaps(other) for other in taken):
            continue
        amount = _amount(text, numeral, end, bounds)
        in_named_range = named is not None and _RANGE.fullmatch(text, named.span.end, numeral.span.start) is not None
        if in_named_range or not _counts(text, numeral, amount, found[-1] if found else None):
            named = numeral
        else:
            found.append(amount)
    whole = (_as_share(amount) for amount in _with_shared_units(text, _with_shared_signs(text, found)))
    return [amount for amount in whole if amount.unit or not amount.spelled or amount.value >= BARE_WORDS]


def _as_share(amount: Amount) -> Amount:
    """A fraction in words without a noun is a share: "separuh dari anggaran" is 50 percent."""
    if amount.unit or not amount.spelled or not 0 < amount.value < 1:
        return amount
    return replace(amount, value=times(amount.value, 100), unit="%", unit_class="share")


def _taken(text: str, bounds: Span) -> list[Span]:
    """Spans that hold digits but no amount: dates, telephone numbers, clock times, list numbers."""
    reach = Span(max(0, bounds.start - 40), min(len(text), bounds.end + 20))
    dates = [date.span for date in explicit_dates(text, reach)]
    before = ((max(reach.start, date.start - 30), date.start) for date in dates if text[date.start].isdigit())
    days = [Span(*m.span()) for start, end in before if (m := _DAYS.search(text, start, end))]
    patterns = (_PHONE, _CLOCK, _SPELLED_CLOCK, _HOURS, _WHOLE_DAYS, _LISTED)
    return dates + days + [Span(*m.span()) for p in patterns for m in p.finditer(text, reach.start, reach.end)]


def _glossed(text: str, found: Iterable[Numeral], bounds: Span) -> Iterator[tuple[Numeral, int]]:
    """The numerals, each with where it ends: "12 (dua belas) kecamatan" is one, which ends behind the bracket."""
    told: Numeral | None = None
    for numeral in found:
        if told and told.value == numeral.value and _GLOSS_START.fullmatch(text, told.span.end, numeral.span.start):
            closing = _GLOSS_END.match(text, numeral.span.end, bounds.end)
            if closing:
                yield told, closing.end()
                told = None
                continue
        if told:
            yield told, told.span.end
        told = numeral
    if told:
        yield told, told.span.end


def _ranged(text: str, found: list[Numeral]) -> Iterator[Numeral]:
    """The numerals; the lower end of "2 sampai 3 juta" takes the scale of the upper."""
    for numeral, following in zip(found, [*found[1:], None], strict=False):
        shares = following is not None and numeral.scale == 1 < following.scale and numeral.base < following.base
        if following and shares and _SIGNED_RANGE.fullmatch(text, numeral.span.end, following.span.start):
            yield replace(numeral, value=times(numeral.base, following.scale), scale=following.scale)
        else:
            yield numeral


def _amount(text: str, numeral: Numeral, behind: int, bounds: Span) -> Amount:
    """`behind` is where the noun is looked for: at the end of the numeral, or of its repetition in brackets."""
    start, end = numeral.span
    sign = sign_before(text, start, bounds.start)
    if sign:
        rupiah = _RUPIAH.match(text, end, bounds.end)
        span, unit = Span(sign.edge, rupiah.end() if rupiah else end), sign
    else:
        after = unit_after(text, behind, bounds.end)
        unit = after or (Unit(end, "IDR", "money") if numeral.scale >= BARE_MONEY else Unit(end, "", ""))
        span = Span(start, unit.edge)
    return Amount(span, numeral.span, numeral.value, unit.name, unit.kind, numeral.spelled)


def _counts(text: str, numeral: Numeral, amount: Amount, last: Amount | None) -> bool:
    """Whether the number is an amount, judged by what stands beside it; `last` is the amount found before it."""
    if amount.unit_class in ("money", "share"):
        return True
    before, after = text[max(0, numeral.span.start - 24) : numeral.span.start], text[numeral.span.end : numeral.span.end + 20]
    if beside("before").search(before) or beside("after").match(after):
        return False
    if last and last.unit_class == amount.unit_class and _RANGE.fullmatch(text, last.span.end, numeral.span.start):
        return True
    return numeral.spelled or not _is_code(numeral.span.of(text), before, after, amount.unit_class)


def _is_code(written: str, before: str, after: str, unit_class: str) -> bool:
    """Whether digits are a year, part of a name or of a number with slashes, or start with a meaningless 0."""
    if _YEAR.fullmatch(written) and unit_class != "measure":
        return True
    glued = after[:1].isalpha() and not _ABOUT.match(after) and unit_class not in ("measure", "time", "times")
    slashed = before.endswith("/") or after[:1] == "/" or (written[0] == "0" and written[1:2].isdigit())
    return glued or slashed or _LETTER_HYPHEN.search(before) is not None


def _with_shared_signs(text: str, found: list[Amount]) -> Iterator[Amount]:
    """Money in "Rp 5-10 juta", where the sign stands before the first amount alone."""
    last: Amount | None = None
    for amount in found:
        if last and last.unit_class == "money" and not amount.unit and _RANGE.fullmatch(text, last.span.end, amount.span.start):
            amount = replace(amount, unit=last.unit, unit_class=last.unit_class)
        yield amount
        last = amount


def _with_shared_units(text: str, found: Iterable[Amount]) -> list[Amount]:
    """Amounts without a unit take that of the next in "40-50 persen", "800 menjadi 850 hektare"."""
    shared: list[Amount] = []
    for amount in reversed(list(found)):
        following = shared[-1] if shared else None
        if following and not amount.unit and _SHARED.fullmatch(text, amount.span.end, following.span.start):
            amount = replace(amount, unit=following.unit, unit_class=following.unit_class)
        shared.append(amount)
    return shared[::-1]
