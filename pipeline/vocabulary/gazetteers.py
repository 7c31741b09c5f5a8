"""The vocabularies of the project, loaded once from `pipeline/data/` and checked: offices, groups, sectors, cues.

docs/data-files.md gives the columns of each file. A faulty line raises DataFileError with its file and number.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from arahan.errors import DataFileError
from arahan.types import KINDS, Kind, Span
from pipeline.vocabulary.datafile import FOLDER, numbered_rows
from pipeline.vocabulary.phrases import Phrases, key

CUE_TYPES = ("speech", "modal", "negation", "bare")


class Cue(NamedTuple):
    """A word or phrase that can make a directive: `kind` it usually makes, `type` one of CUE_TYPES."""

    cue: str
    kind: Kind
    type: str


class _Office(NamedTuple):
    holding: tuple[str, ...]  # words that the role must hold as well
    office: str


class _Group(NamedTuple):
    group: str
    weak: bool


class _Term(NamedTuple):
    sector: str
    weight: float


def office_of(role: str) -> str:
    """Code of the office that a role names ("Plt. Kadis Kesehatan Kota X" is "kepala-dinas"), "" when unknown."""
    words = key(role)
    for hit in _offices().find(role):
        for entry in hit.value:
            if all(word in words for word in entry.holding):
                return entry.office
    return ""


def group_of(addressee: str) -> str:
    """Code of the group that an addressee as written belongs to ("para kepala OPD" is "opd"), "" when unknown."""
    hits = list(_groups().find(addressee))
    strong = [hit for hit in hits if not hit.value.weak]
    return (strong or hits)[0].value.group if hits else ""


def begins_with_group(phrase: str) -> bool:
    """Whether a known group opens `phrase` ("warga Desa Tirta"), rather than standing somewhere in it ("rumah warga")."""
    return any(hit.span.start == 0 for hit in _groups().find(phrase))


def group_spans(text: str) -> list[Span]:
    """Where known groups stand in `text`, in order."""
    return [hit.span for hit in _groups().find(text)]


def sectors_in(text: str) -> dict[str, float]:
    """Sector codes to the summed weights of their terms in `text`, the highest first; a repeated term counts once."""
    scores: dict[str, float] = {}
    for term in {hit.span.of(text).lower(): hit.value for hit in _terms().find(text)}.values():
        for sector, weight in term:
            scores[sector] = scores.get(sector, 0.0) + weight
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def find_cues(text: str) -> list[tuple[Span, Cue]]:
    """Every cue in `text`, in reading order; of two that overlap the longer."""
    return [(hit.span, hit.value) for hit in _cue_matcher().find(text)]


@cache
def cues() -> tuple[Cue, ...]:
    """The cue lexicon."""
    found: dict[str, Cue] = {}
    for line, row in numbered_rows("cues.csv", ("cue", "kind", "type")):
        kind = next((kind for kind in KINDS if kind == row["kind"]), None)
        if kind is None or row["type"] not in CUE_TYPES:
            raise DataFileError(FOLDER / "cues.csv", line, f"{row} needs a kind of {KINDS} and a type of {CUE_TYPES}")
        _once("cues.csv", line, row["cue"], row["cue"] in found)
        found[row["cue"]] = Cue(row["cue"], kind, row["type"])
    return tuple(found.values())


@cache
def sectors() -> tuple[str, ...]:
    """The sector codes, in alphabetical order."""
    return tuple(sorted({term.sector for _, term in _sector_rows()}))


@cache
def _cue_matcher() -> Phrases[Cue]:
    return Phrases((cue.cue, cue) for cue in cues())


@cache
def _offices() -> Phrases[tuple[_Office, ...]]:
    found: dict[tuple[str, ...], list[_Office]] = {}
    for line, row in numbered_rows("offices.csv", ("title", "with", "office")):
        entries = found.setdefault(key(row["title"]), [])
        entry = _Office(key(row["with"]), row["office"])
        _once("offices.csv", line, row["title"], any(known.holding == entry.holding for known in entries))
        entries.append(entry)
    return Phrases((" ".join(k), tuple(sorted(v, key=lambda entry: -len(entry.holding)))) for k, v in found.items())


@cache
def _groups() -> Phrases[_Group]:
    found: dict[tuple[str, ...], _Group] = {}
    for line, row in numbered_rows("groups.csv", ("term", "group", "weak")):
        if row["weak"] not in ("yes", "no"):
            raise DataFileError(FOLDER / "groups.csv", line, f"weak is {row['weak']!r}, expected yes or no")
        _once("groups.csv", line, row["term"], key(row["term"]) in found)
        found[key(row["term"])] = _Group(row["group"], row["weak"] == "yes")
    return Phrases((" ".join(words), group) for words, group in found.items())


@cache
def _terms() -> Phrases[tuple[_Term, ...]]:
    found: dict[tuple[str, ...], list[_Term]] = {}
    for words, term in _sector_rows():
        found.setdefault(words, []).append(term)
    return Phrases((" ".join(words), tuple(terms)) for words, terms in found.items())


@cache
def _sector_rows() -> tuple[tuple[tuple[str, ...], _Term], ...]:
    found = {}
    for line, row in numbered_rows("sectors.csv", ("term", "sector", "weight")):
        try:
            term = _Term(row["sector"], float(row["weight"]))
        except ValueError as error:
            raise DataFileError(FOLDER / "sectors.csv", line, f"weight {row['weight']!r} is not a number") from error
        _once("sectors.csv", line, row["term"], (key(row["term"]), term.sector) in found)
        found[key(row["term"]), term.sector] = term
    return tuple((words, term) for (words, _), term in found.items())


def _once(file: str, line: int, name: str, known: bool) -> None:
    if known or not key(name):
        raise DataFileError(FOLDER / file, line, f"{name!r} is empty or listed twice")
