"""The page's words, dates and numbers in one language. Words live in messages/*.toml, none in code or templates."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

FOLDER = Path(__file__).with_name("messages")
DEFAULT = "id"
LANGUAGES = ("id", "en")
MEDIUM, HIGH = 0.6, 0.85


@dataclass(frozen=True)
class Language:
    """`words` by dotted key ("search.title")."""

    code: str
    words: Mapping[str, Any]

    def __call__(self, key: str, **values: object) -> Markup:
        """The words of a key; what is filled in is escaped. Raises KeyError."""
        return Markup(self.words[key]).format(**values)

    def plain(self, key: str, **values: object) -> str:
        """The same as plain text, for feeds and citations."""
        return str(self.words[key]).format(**values)

    def list(self, key: str) -> list[str]:
        """The items of a key."""
        return list(self.words[key])

    def value(self, facet: str, value: str, label: str = "") -> str:
        """How a facet's value is called."""
        own = self.words.get(f"kind.{value}" if facet == "kind" else f"label.{facet}.{value}")
        if own:
            return str(own)
        if facet in ("kind", "sector", "group", "office") and label in ("", value):
            words = value.replace("-", " ")
            return words[:1].upper() + words[1:]
        return label or value

    def number(self, value: float, digits: int = 0) -> str:
        """A number with this language's separators; `digits` at most, zeros at the end left out."""
        text = f"{value:,.{digits}f}"
        if digits:
            text = text.rstrip("0").rstrip(".")
        swap = {",": self.words["thousands"], ".": self.words["decimal"]}
        return "".join(swap.get(character, character) for character in text)

    def short(self, value: int) -> str:
        """A count in at most five characters or so."""
        return self.number(value) if value < 1_000 else self.number(value / 1_000, int(value < 10_000)) + self.words["thousand"]

    def quantity(self, value: float, unit: str) -> str:
        """A goal: money in rupiah, shares, or a number with its unit."""
        number = self.number(value, 2)
        return f"Rp{number}" if unit == "IDR" else f"{number} {unit}".strip()

    def date(self, date: dt.date | None, *, short: bool = False) -> str:
        """3 Maret 2021; "" for None."""
        if date is None:
            return ""
        months = self.words["months_short" if short else "months"]
        return f"{date.day} {months[date.month - 1]} {date.year}"

    def partial(self, iso: str) -> str:
        """A date at its certain precision: 2021, Juni 2021, 30 Juni 2021."""
        parts = iso.split("-")
        try:
            if len(parts) == 2:
                return f"{self.words['months'][int(parts[1]) - 1]} {parts[0]}"
            return self.date(dt.date.fromisoformat(iso)) if len(parts) == 3 else iso
        except (ValueError, IndexError):
            return iso

    def confidence(self, value: float) -> str:
        """In words and as a share."""
        word = "high" if value >= HIGH else "medium" if value >= MEDIUM else "low"
        return self.plain("confidence.text", word=self.words[f"confidence.{word}"], percent=round(100 * value))


@cache
def language(code: str) -> Language:
    """The language of that code."""
    with (FOLDER / f"{code}.toml").open("rb") as file:
        return Language(code, dict(_flat(tomllib.load(file), "")))


def _flat(table: Mapping[str, Any], prefix: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in table.items():
        found += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]
    return found
