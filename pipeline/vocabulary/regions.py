"""Provinces, regencies and cities of Indonesia: names and short forms in running text to Kemendagri codes.

A name that a regency and a city (or a province) share is decided by the word before it ("Bupati Kupang", "Pemkot Kupang"),
else by `hint`, any text that names the region in full, else the city is meant, or the province where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from arahan.errors import DataFileError
from arahan.types import Span
from pipeline.vocabulary.datafile import FOLDER, numbered_rows
from pipeline.vocabulary.phrases import Phrases, key

LEVELS = ("provinsi", "kota", "kabupaten")  # in the order in which a bare shared name is understood
TITLES = {"provinsi": "", "kota": "Kota ", "kabupaten": "Kabupaten "}


@dataclass(frozen=True, slots=True)
class Region:
    """`code` as Kemendagri writes it ("53", "53.71"), `name` with its level ("Kota Kupang"), `level` one of LEVELS."""

    code: str
    name: str
    level: str

    @property
    def province(self) -> str:
        """Code of the province that the region is, or lies in."""
        return self.code[:2]


class Form(NamedTuple):
    """One way to write a region; `alone` False: an ordinary word as well ("Batu"), so a level word must stand before it."""

    region: Region
    alone: bool


class LevelWord(NamedTuple):
    """A word that tells the level of the name after it; `inside` when it belongs to the name ("Kota", not "Wali Kota")."""

    level: str
    inside: bool


@cache
def regions() -> dict[str, Region]:
    """Every province, regency and city by its code."""
    found: dict[str, Region] = {}
    for line, row in numbered_rows("regions.csv", ("code", "level", "name", "alone")):
        code, level = row["code"], row["level"]
        if level not in LEVELS or row["alone"] not in ("yes", "no") or not row["name"]:
            raise DataFileError(FOLDER / "regions.csv", line, f"{row} needs a name, one of {LEVELS} and yes or no")
        if code in found or (level != "provinsi" and code[:2] not in found):
            raise DataFileError(FOLDER / "regions.csv", line, f"code {code!r} is listed twice or before its province")
        found[code] = Region(code, TITLES[level] + row["name"], level)
    return found


@cache
def _matcher() -> Phrases[tuple[Form, ...]]:
    forms: dict[tuple[str, ...], list[Form]] = {}
    for phrase, form in _forms():
        forms.setdefault(key(phrase), []).append(form)
    return Phrases((" ".join(words), tuple(found)) for words, found in forms.items())


def _forms() -> Iterator[tuple[str, Form]]:
    for _, row in numbered_rows("regions.csv", ("code", "level", "name", "alone")):
        yield row["name"], Form(regions()[row["code"]], row["alone"] == "yes")
    for line, row in numbered_rows("region_aliases.csv", ("alias", "code", "alone")):
        if row["code"] not in regions() or row["alone"] not in ("yes", "no") or not row["alias"]:
            raise DataFileError(FOLDER / "region_aliases.csv", line, f"{row} needs an alias, a code of regions.csv and yes or no")
        yield row["alias"], Form(regions()[row["code"]], row["alone"] == "yes")


@cache
def _level_words() -> Phrases[LevelWord]:
    entries = []
    for line, row in numbered_rows("region_words.csv", ("word", "level", "inside")):
        if row["level"] not in LEVELS or row["inside"] not in ("yes", "no"):
            raise DataFileError(FOLDER / "region_words.csv", line, f"{row} needs one of {LEVELS} and yes or no")
        entries.append((row["word"], LevelWord(row["level"], row["inside"] == "yes")))
    return Phrases(entries)


def find_regions(text: str, hint: str = "") -> list[tuple[Span, Region]]:
    """Every region named in `text` in reading order, "Kota" and "Kabupaten" included in its span."""
    near = [hit[1] for hit in find_regions(hint)] if hint else []
    words = {hit.span.end: hit for hit in _level_words().find(text)}
    found = []
    for hit in _matcher().find(text):
        before = words.get(_word_end_before(text, hit.span.start))
        region = _choose(hit.value, before.value.level if before else "", near) if _is_name(text, hit.span) else None
        if region:
            start = before.span.start if before and before.value.inside else hit.span.start
            found.append((Span(start, hit.span.end), region))
    return found


def find_region(text: str, hint: str = "") -> Region | None:
    """The first region named in `text`, a role or a short passage; None when there is none."""
    return next((region for _, region in find_regions(text, hint)), None)


def _word_end_before(text: str, at: int) -> int:
    """Where the word before position `at` ends, a full stop ("Kab. Kupang") and spaces aside."""
    while at and text[at - 1] in " \t\n.":
        at -= 1
    return at


def _is_name(text: str, span: Span) -> bool:
    return text[span.start].isupper() or text[span.start].isdigit()


def _choose(forms: Iterable[Form], level: str, near: list[Region]) -> Region | None:
    """The region meant: of the level told, else one that `near` holds or whose province it holds, else by LEVELS."""
    candidates = [form.region for form in forms if form.alone or level]
    told = [region for region in candidates if region.level == level]
    if level and not told and any(not form.alone for form in forms):
        return None
    candidates = told or candidates
    known = [r for r in candidates if r in near] or [r for r in candidates if r.province in {n.province for n in near}]
    return min(known or candidates, key=lambda region: LEVELS.index(region.level), default=None)
