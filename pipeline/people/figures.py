"""National figures whom articles name without an office, by name or by-name ("Jokowi"), with the time they held it."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import NamedTuple

from arahan.errors import DataFileError
from pipeline.people.spelling import clean_words, same_person
from pipeline.text.tokens import TOKEN
from pipeline.vocabulary.datafile import FOLDER, numbered_rows

COLUMNS = ("name", "alias", "office", "since", "until")


class Term(NamedTuple):
    """An office held from `since` up to `until`, None while it lasts."""

    office: str
    since: dt.date
    until: dt.date | None


class Figure(NamedTuple):
    """A person in public life under the words of every name in use, with the terms served."""

    names: tuple[tuple[str, ...], ...]
    terms: tuple[Term, ...]

    def office_on(self, day: dt.date | None) -> str:
        """The office held on that day, the last one when the day is unknown; "" for none."""
        if day is None:
            return self.terms[-1].office
        return next((t.office for t in reversed(self.terms) if t.since <= day and (t.until is None or day < t.until)), "")


def _words(name: str) -> tuple[str, ...]:
    return clean_words(m[0] for m in TOKEN.finditer(name))


@cache
def _figures() -> dict[str, list[Figure]]:
    return read_figures()


def read_figures(folder: Path = FOLDER) -> dict[str, list[Figure]]:
    """Figures by the first three letters of each of their words; a DataFileError names a line whose dates are none."""
    found: dict[str, Figure] = {}
    for line, row in numbered_rows("figures.csv", COLUMNS, folder):
        try:
            until = dt.date.fromisoformat(row["until"]) if row["until"] else None
            term = Term(row["office"], dt.date.fromisoformat(row["since"]), until)
        except ValueError as error:
            raise DataFileError(folder / "figures.csv", line, str(error)) from error
        names = tuple(_words(name) for name in (row["name"], row["alias"]) if name)
        known = found.get(row["name"], Figure(names, ()))
        found[row["name"]] = Figure(known.names, (*known.terms, term))
    index: dict[str, list[Figure]] = {}
    for figure in found.values():
        for key in {word[:3] for name in figure.names for word in name}:
            index.setdefault(key, []).append(figure)
    return index


def figure_of(words: tuple[str, ...]) -> Figure | None:
    """The figure whom `words` name: a whole name, or two words and more of one."""
    for figure in _figures().get(words[0][:3], ()) if words else ():
        if words in figure.names or (len(words) > 1 and any(_same(words, name) for name in figure.names)):
            return figure
    return None


def _same(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return len(name) > 1 and (same_person(words, name) if len(words) <= len(name) else same_person(name, words))
