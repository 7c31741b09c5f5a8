"""Words of a text with their shapes: what the finders of people, roles and speakers walk over."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

TOKEN = re.compile(r"[^\W_]+(?:['’‘`][^\W_]+)*(?:-[^\W_]+(?:['’‘`][^\W_]+)*)*|\n|[^\w\s]|_")
APOSTROPHES = re.compile(r"['’‘`´]")
LETTERS = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ß": "ss", "æ": "ae"})
ROMAN = re.compile(r"[IVX]{1,5}")


class Token(NamedTuple):
    """A word, a sign or a newline at [start, end); `low` is its folded text, `shape` one of title, caps, low, num, sign, line."""

    start: int
    end: int
    text: str
    low: str
    shape: str

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.shape in ("title", "caps")


def tokenize(text: str) -> list[Token]:
    """Every token of `text` in order; offsets into `text`."""
    return [Token(m.start(), m.end(), m[0], m[0].lower(), _shape(m[0])) for m in TOKEN.finditer(text)]


def _shape(word: str) -> str:
    first = word[0]
    if first == "\n":
        return "line"
    if first.isdigit():
        return "num"
    if not first.isalpha():
        return "sign"
    if not first.isupper():
        return "low"
    return "caps" if len(word) > 1 and word.isupper() else "title"


def fold(word: str) -> str:
    """Lower case, without accents and apostrophes: two spellings of one name share it."""
    word = word.lower().translate(LETTERS)
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", word))
    return "".join(c for c in plain if not unicodedata.combining(c))


def is_roman(word: str) -> bool:
    """Whether a word can be a Roman numeral up to the tens."""
    return bool(ROMAN.fullmatch(word))
