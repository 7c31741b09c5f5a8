"""Numerals of Indonesian prose: where they stand in a text and what number they are. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from lokal.rupiah import parse_rupiah

from arahan.errors import DataFileError
from arahan.types import Span
from pipeline.vocabulary.datafile import FOLDER, numbered_rows

WORDS_FILE = "number_words.csv"
_SMALLER = re.compile(r"(\d{1,3}(?:,\d+)?)\s+([a-z]+)")
_RUPIAH_SIGN = re.compile(r"(?:rp\.?|idr)\s?$", re.IGNORECASE)
SHORT_SCALES = {"M": "miliar", "T": "triliun"}
KINDS = ("digit", "whole", "scale", "one_scale", "fraction")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: `value` = `base` x `scale` (+ smaller parts); `scale` is 1 when no ribu, juta, ... is written."""

    span: Span
    value: float
    base: float
    scale: float
    spelled: bool


def times(base: float, scale: float) -> float:
    """The product as a reader writes it: 256.1 x 10^12 without binary noise."""
    return float(Decimal(str(base)) * Decimal(str(scale)))


@cache
def number_words() -> dict[str, dict[str, float]]:
    """The words of `number_words.csv` by kind, each with its number."""
    found: dict[str, dict[str, float]] = {kind: {} for kind in KINDS}
    for line, row in numbered_rows(WORDS_FILE, ("word", "kind", "value")):
        if row["kind"] not in found:
            raise DataFileError(FOLDER / WORDS_FILE, line, f"unknown kind {row['kind']!r}")
        try:
            found[row["kind"]][row["word"].lower()] = float(row["value"])
        except ValueError as error:
            raise DataFileError(FOLDER / WORDS_FILE, line, f"{row['value']!r} is no number") from error
    return found


def _any_of(words: dict[str, float]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    """Digits or words, then scales: "1,5 juta", "seratus dua puluh lima ribu", "1 juta 500 ribu", "2,3 M"."""
    kinds = number_words()
    digit, scale, one = _any_of(kinds["digit"]), _any_of(kinds["scale"]), _any_of(kinds["one_scale"])
    tens = rf"(?:(?:{digit})\s+puluh(?:\s+(?:{digit}))?|(?:{digit})\s+belas|sepuluh|sebelas|nol|(?:{digit}))"
    below_1000 = rf"(?:(?:(?:{digit})\s+ratus|seratus)(?:\s+{tens})?|{tens})"
    scaled = rf"(?:{below_1000}\s+(?:{scale})|{one})"
    words = rf"(?:{scaled}(?:\s+{scaled})*(?:\s+{below_1000})?|{below_1000})"
    digits = r"\d+(?:[.,][\dO]+)*"
    initials = "".join(sorted({word[0] for kind in kinds.values() for word in kind}))
    more = rf"(?:\s+\d{{1,3}}(?:,\d+)?\s+(?:{scale})\b)*"
    return re.compile(
        rf"(?=[\d{initials}])(?:(?<!\w)(?<!\d[.,])|(?<=\bRp)|(?<=\bRp\.)|(?<=\bRM)|(?<=\bIDR)|(?<=\bUSD))"
        rf"(?:(?P<digits>{digits})(?:(?:\s?(?P<scale>{scale})(?:-?an)?\b|\s?(?P<short>(?-i:[MT]))\b(?!\.\w)){more})?"
        rf"|(?<![a-z]-)(?P<fraction>{_any_of(kinds['fraction'])})(?:nya)?\b(?!-[a-z])(?:\s+(?P<half>{scale})\b)?"
        rf"|(?<![a-z]-)(?P<words>{words})"
        rf"(?:\s+koma\s+(?P<point>(?:nol|{digit})(?:\s+(?:nol|{digit}))*)|\s+(?P<and_half>setengah\b))?(?:\s+(?P<after>{scale}))?\b(?!-[a-z]))",
        re.IGNORECASE,
    )


def read_digits(written: str, scaled: bool = False) -> float:
    """The number in digits with Indonesian marks, English ones where nothing else fits: "1.000", "2,3", "7.5", "1,250,000".

    A single mark before three digits groups thousands, but for a comma when `scaled` (a scale or percent follows) or after a 0.
    """
    marks = [c for c in written if c in ".,"]
    plain = written.replace("O", "0").replace("o", "0")
    if not marks:
        return float(plain)
    head, last = re.split(r"[.,](?=\d*$)", plain, maxsplit=1)
    whole = re.sub(r"[.,]", "", head)
    grouping = len(set(marks)) == 1 and _groups(plain, marks[-1], scaled)
    return float(whole + last if grouping else f"{whole}.{last}")


def _groups(plain: str, mark: str, scaled: bool) -> bool:
    """Whether the last mark of a number with one kind of mark groups thousands."""
    first, *groups = plain.split(mark)
    if len(groups[-1]) != 3 or first == "0" or len(first) > 3:
        return False
    return not (scaled and mark == "," and len(groups) == 1)


def read_words(written: str) -> float | None:
    """The number in words ("dua ratus lima puluh ribu"), None when it is none."""
    parsed = parse_rupiah(written)
    return None if parsed is None else float(parsed.amount)


def numerals(text: str, span: Span) -> Iterator[Numeral]:
    """Every numeral that starts and ends inside `span`, in reading order; offsets point into `text`."""
    for match in _pattern().finditer(text, span.start, span.end):
        found = _numeral(match, text)
        if found is not None:
            yield found


def _numeral(match: re.Match[str], text: str) -> Numeral | None:
    span = Span(*match.span())
    scales = number_words()["scale"]
    if match["digits"]:
        return _digits(match, text)
    if match["fraction"]:
        base = number_words()["fraction"][" ".join(match["fraction"].lower().split())]
        scale = scales[match["half"].lower()] if match["half"] else 1.0
        return Numeral(span, times(base, scale), base, scale, spelled=True)
    value = read_words(match["words"])
    if value is None:
        return None
    if match["point"] or match["and_half"]:
        value += _decimals(match["point"]) if match["point"] else 0.5
        scale = scales[match["after"].lower()] if match["after"] else 1.0
        return Numeral(span, times(value, scale), value, scale, spelled=True)
    scale = scales.get(match["words"].lower().split()[-1], 1.0)
    return Numeral(span, value, value / scale, scale, spelled=True)


def _digits(match: re.Match[str], text: str) -> Numeral:
    """ "5M" is a scale behind a currency sign alone: "protokol 5M"."""
    glued = match["short"] and match.start("short") == match.end("digits") and not _RUPIAH_SIGN.search(text[: match.start()][-5:])
    span = Span(match.start(), match.end("digits") if glued else match.end())
    short = "" if glued else SHORT_SCALES.get(match["short"] or "", "")
    written = match["scale"].lower() if match["scale"] else short
    scale = number_words()["scale"][written] if written else 1.0
    percent = text[span.end : span.end + 7].lstrip().lower().startswith(("%", "persen"))
    base = read_digits(match["digits"], scaled=bool(written) or percent)
    rest = _SMALLER.findall(text[match.end("scale") : span.end].lower()) if match["scale"] else []
    smaller = (times(read_digits(number, scaled=True), number_words()["scale"][word]) for number, word in rest)
    return Numeral(span, times(base, scale) + sum(smaller), base, scale, spelled=False)


def _decimals(written: str) -> float:
    digits = number_words()["digit"] | {"nol": 0.0}
    return float("0." + "".join(str(int(digits[word])) for word in written.lower().split()))
