"""Quantities in running Indonesian text: every amount with its span, value and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from arahan.types import Quantity, Span
from pipeline.datafile import rows
from pipeline.dates import explicit_dates
from pipeline.numerals import Numeral, numerals, times

BARE_MONEY = 1e9
"""From this scale up an amount without a noun ("100 miliar") is money."""
UNIT_WORDS = 3

_NOUN = re.compile(r"[^\W\d_](?:[\w'’²³]|[-/](?=\w))*")
_RANGE = re.compile(r"\s*(?:-|–|—|s/d|s\.d\.?|sd|sampai(?:\s+dengan)?|hingga|atau)\s*", re.IGNORECASE)
_SHARED = re.compile(rf"{_RANGE.pattern}|\s*(?:dan|menjadi|ke|dari)\s*", re.IGNORECASE)
_VERB = re.compile(r"(?:me[mnlrwy]|ber|ter|di)[a-z]{3,}|[a-z]+(?:nya|kan)$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PHONE = re.compile(r"(?<!\d)(?:\+62|0)\d{2,3}[\s-]?\d{3,4}(?:[\s-]?\d{2,5})?(?!\d)")
_CLOCK = re.compile(r"\b(?:pukul|pkl\.?|jam)\s+[\d.:\s–-]+(?:(?:atau|hingga|sampai|s/d|dan|WI[BT]A?)\s+[\d.:\s–-]+)*", re.IGNORECASE)
_LISTED = re.compile(r"(?:^|(?<=\n))\s*\d{1,2}[.)](?=\s)|\(\d{1,2}\)|(?<=[;:,])\s*\d{1,2}\)")
_LETTER_HYPHEN = re.compile(r"[^\W\d_]\s?[-–]$")


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


@cache
def _units() -> dict[str, tuple[str, str]]:
    return {row["word"].lower(): (row["unit"], row["class"]) for row in rows("units.csv", ("word", "unit", "class"))}


@cache
def _stops() -> frozenset[str]:
    return frozenset(row["word"].lower() for row in rows("unit_stops.csv", ("word",)))


@cache
def _beside(side: str) -> re.Pattern[str]:
    """What stands right before or after a number that counts nothing."""
    table = rows("number_contexts.csv", ("word", "side", "why"))
    words = "|".join(sorted((re.escape(row["word"]) for row in table if row["side"] == side), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})[\s:(]*$" if side == "before" else rf"\s*(?:{words})\b", re.IGNORECASE)


@cache
def _signs() -> re.Pattern[str]:
    signs = sorted((word for word, (_, kind) in _units().items() if kind == "sign"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, signs))})\s*$", re.IGNORECASE)


def find_quantities(text: str, span: Span | None = None) -> list[Amount]:
    """Every amount inside `span` (default: all of `text`), in reading order; dates, ordinals, names and the like left out."""
    bounds = span or Span(0, len(text))
    taken = _taken(text, bounds)
    found: list[Amount] = []
    for numeral in _ranged(text, list(numerals(text, bounds))):
        if not any(numeral.span.overlaps(other) for other in taken):
            amount = _amount(text, numeral, bounds)
            if _counts(text, numeral, amount):
                found.append(amount)
    return [amount for amount in _with_shared_units(text, found) if amount.unit or not amount.spelled]


def _taken(text: str, bounds: Span) -> list[Span]:
    """Spans that hold digits but no amount: dates, telephone numbers, clock times, list numbers."""
    reach = Span(max(0, bounds.start - 40), min(len(text), bounds.end + 20))
    dates = [date.span for date in explicit_dates(text, reach)]
    patterns = (_PHONE, _CLOCK, _LISTED)
    return dates + [Span(*m.span()) for p in patterns for m in p.finditer(text, reach.start, reach.end)]


def _ranged(text: str, found: list[Numeral]) -> Iterator[Numeral]:
    """The numerals; the lower end of "2 sampai 3 juta" takes the scale of the upper."""
    for numeral, following in zip(found, [*found[1:], None], strict=False):
        between = text[numeral.span.end : following.span.start] if following else ""
        if following and numeral.scale == 1 < following.scale and numeral.base < following.base and _RANGE.fullmatch(between):
            yield replace(numeral, value=times(numeral.base, following.scale), scale=following.scale)
        else:
            yield numeral


def _amount(text: str, numeral: Numeral, bounds: Span) -> Amount:
    sign = _signs().search(text, max(bounds.start, numeral.span.start - 6), numeral.span.start)
    end, unit, kind = _unit_after(text, numeral.span.end, bounds.end)
    end = end if unit else numeral.span.end
    start = numeral.span.start
    if sign:
        start, unit, kind = sign.start(), _units()[sign[1].lower()][0], "money"
        rupiah = re.compile(r"\s?,-|\s+rupiah\b", re.IGNORECASE).match(text, numeral.span.end, bounds.end)
        end = rupiah.end() if rupiah else numeral.span.end
    elif not unit and numeral.scale >= BARE_MONEY:
        unit, kind = "IDR", "money"
    return Amount(Span(start, end), numeral.span, numeral.value, unit, kind, numeral.spelled)


def _unit_after(text: str, start: int, limit: int) -> tuple[int, str, str]:
    """End, name and class of the unit or counted noun that follows a number."""
    gap = re.compile(r"[\s-]{0,2}").match(text, start, limit)
    position = gap.end() if gap else start
    known = _known_unit().match(text, position, limit)
    if known:
        unit, kind = _units()[" ".join(known[0].lower().split())]
        return known.end(), unit, kind
    return _noun_after(text, position, limit)


@cache
def _known_unit() -> re.Pattern[str]:
    words = sorted((w for w, (_, kind) in _units().items() if kind != "sign"), key=len, reverse=True)
    return re.compile("|".join(re.escape(w).replace(r"\ ", r"\s+") + (r"(?!\w)" if w != "%" else "") for w in words), re.IGNORECASE)


def _noun_after(text: str, start: int, limit: int) -> tuple[int, str, str]:
    end, words = start, []
    while len(words) < UNIT_WORDS:
        word = _NOUN.match(text, start, limit)
        if word is None or word[0].lower() in _stops() or (words and _VERB.fullmatch(word[0])):
            break
        words.append(word[0])
        end = start = word.end()
        if not text[start : start + 1].isspace() or text[start : start + 1] == "\n":
            break
        start += 1
    return (end, " ".join(words), "noun") if words else (start, "", "")


def _counts(text: str, numeral: Numeral, amount: Amount) -> bool:
    """Whether the number is an amount, judged by what stands beside it."""
    before, after = text[max(0, numeral.span.start - 24) : numeral.span.start], text[numeral.span.end : numeral.span.end + 20]
    written = numeral.span.of(text)
    if amount.unit_class in ("money", "share"):
        return True
    if _beside("before").search(before) or _beside("after").match(after):
        return False
    if numeral.spelled:
        return True
    if _YEAR.fullmatch(written) and amount.unit_class != "measure":
        return False
    glued = after[:1].isalpha() and amount.unit_class not in ("measure", "time", "times")
    coded = before.endswith("/") or after[:1] == "/" or (written[0] == "0" and written[1:2].isdigit())
    return not (glued or coded or _LETTER_HYPHEN.search(before))


def _with_shared_units(text: str, found: list[Amount]) -> list[Amount]:
    """Amounts without a unit take that of the next in "40-50 persen", "800 menjadi 850 hektare"."""
    shared: list[Amount] = []
    for amount in reversed(found):
        following = shared[-1] if shared else None
        if following and not amount.unit and _SHARED.fullmatch(text[amount.span.end : following.span.start]):
            amount = replace(amount, unit=following.unit, unit_class=following.unit_class)
        shared.append(amount)
    return shared[::-1]
