"""What stands around a number: currency signs, measures, the counted noun, and words that make it no amount at all."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from arahan.errors import DataFileError
from pipeline.values.words import any_of
from pipeline.vocabulary.datafile import FOLDER, numbered_rows, rows

UNIT_WORDS = 3
"""A counted noun has at most so many words ("keluarga penerima manfaat")."""
CLASSES = ("share", "money", "sign", "time", "times", "measure", "noun")

_NOUN = re.compile(r"[^\W\d_](?:[\w'’²³]|[-/](?=\w))*")
_VERB = re.compile(r"(?:me[mnlrwy]|ber|ter|di)[a-z]{3,}|[a-z]+nya")
_GAP = re.compile(r"(?:[ -]?an\b)?[ \t\u00a0-]{0,2}")  # "1.000-an rumah"
_MORE = re.compile(r"\s+lebih\s+(?=\w)")


class Unit(NamedTuple):
    """A unit found in a text: where it ends (or begins, for a sign), its name in the dataset, its class."""

    edge: int
    name: str
    kind: str


@cache
def units() -> dict[str, tuple[str, str]]:
    """Name and class of every word of `units.csv`."""
    found = {}
    for line, row in numbered_rows("units.csv", ("word", "unit", "class")):
        if row["class"] not in CLASSES:
            raise DataFileError(FOLDER / "units.csv", line, f"unknown class {row['class']!r}")
        found[row["word"].lower()] = (row["unit"], row["class"])
    return found


@cache
def beside(side: str) -> re.Pattern[str]:
    """What stands right before (search) or right after (match) a number that counts nothing."""
    table = rows("number_contexts.csv", ("word", "side", "why"))
    words = "|".join(sorted((re.escape(row["word"]) for row in table if row["side"] == side), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})[\s:(]*$" if side == "before" else rf"\s*(?:{words})\b", re.IGNORECASE)


def sign_before(text: str, start: int, limit: int) -> Unit | None:
    """The currency sign right before a number ("Rp 5", "US$ 5")."""
    match = _signs().search(text, max(limit, start - 6), start)
    return Unit(match.start(), units()[match[1].lower()][0], "money") if match else None


def unit_after(text: str, start: int, limit: int) -> Unit | None:
    """The unit or the counted noun right after a number, None when neither is there."""
    more = _MORE.match(text, start, limit)
    if more and not _compared().match(text, more.end(), limit):
        return _unit_at(text, more.end(), limit)
    gap = _GAP.match(text, start, limit)
    return _unit_at(text, gap.end() if gap else start, limit)


def _unit_at(text: str, start: int, limit: int) -> Unit | None:
    known = _known().match(text, start, limit)
    if known:
        return Unit(known.end(), *units()[" ".join(known[0].lower().split())])
    return _noun_after(text, start, limit)


@cache
def _compared() -> re.Pattern[str]:
    """What makes "lebih" a comparison ("30 lebih tinggi") and no "300 lebih desa"."""
    return re.compile(rf"{any_of('compared')}\b", re.IGNORECASE)


def _noun_after(text: str, start: int, limit: int) -> Unit | None:
    end, words = start, list[str]()
    while len(words) < UNIT_WORDS:
        word = _NOUN.match(text, start, limit)
        if word is None or word[0].lower() in _words("unit_stops.csv") or _is_verb(word[0]):
            break
        words.append(word[0])
        end, start = word.end(), word.end() + 1
        if text[end : end + 1] not in (" ", "\u00a0"):
            break
    return Unit(end, " ".join(words), "noun") if words else None


def _is_verb(word: str) -> bool:
    return _VERB.fullmatch(word) is not None and word not in _words("unit_nouns.csv")


@cache
def _words(file: str) -> frozenset[str]:
    return frozenset(row["word"].lower() for row in rows(file, ("word",)))


@cache
def _signs() -> re.Pattern[str]:
    signs = sorted((word for word, (_, kind) in units().items() if kind == "sign"), key=len, reverse=True)
    return re.compile(rf"(?:(?<!\w)|(?<=[a-z])(?=(?-i:Rp)))({'|'.join(map(re.escape, signs))})\s*$", re.IGNORECASE)


@cache
def _known() -> re.Pattern[str]:
    words = sorted((word for word, (_, kind) in units().items() if kind != "sign"), key=len, reverse=True)
    return re.compile("|".join(map(_unit_pattern, words)), re.IGNORECASE)


def _unit_pattern(word: str) -> str:
    """A letter alone keeps its case: "5 m" is a length, "protokol 3M" a name."""
    escaped = re.escape(word).replace(r"\ ", r"\s+")
    if not word[0].isalpha():
        return escaped
    return rf"(?-i:{escaped})(?!\w)" if len(word) == 1 else rf"{escaped}(?!\w)"
