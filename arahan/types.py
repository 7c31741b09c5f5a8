"""What one stage hands to the next. Offsets are Python string indices, [start, end), into `Article.text`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["instruction", "prohibition", "appeal", "commitment", "target"]
KINDS: tuple[Kind, ...] = ("instruction", "prohibition", "appeal", "commitment", "target")


class Span(NamedTuple):
    """Characters [start, end) of an article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` at the span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies inside."""
        return self.start <= other.start and other.end <= self.end


class Labelled(NamedTuple):
    """A span with what it was found to be ("caption", "PERSON", ...)."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Article:
    """One release. `published` is None when the source gives no date; the missing strings are empty."""

    id: str
    text: str
    title: str = ""
    published: dt.date | None = None
    url: str = ""
    outlet: str = ""
    source_id: str = ""
    region_code: str = ""
    fetched_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that could not be read: its place in the input (from 1), its id if it has one, and why."""

    record: int
    id: str
    error: str
    reason: str


@dataclass(frozen=True, slots=True)
class Official:
    """A public official named in an article, resolved over all mentions.

    `role` is the fullest in the text ("Gubernur NTT"), `office` the normalised office ("gubernur"),
    `region_code` Kemendagri's ("53", "53.71"), "" when unknown. `official_id` is the same across articles.
    """

    official_id: str
    name: str
    role: str
    office: str
    region_code: str
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number to reach or do. `value` in `unit`; money in "IDR", shares in "%"."""

    text: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """When it must be done: `iso` at its certain precision (2021, 2021-06, 2021-06-30), `text` as written."""

    text: str
    iso: str
    last_day: dt.date


@dataclass(frozen=True, slots=True)
class Directive:
    """One record of the dataset, before it becomes a row. Columns are explained in docs/schema.md."""

    kind: Kind
    evidence: Span
    action: Span
    cue: str
    issuer_name: str
    issuer_role: str
    official_id: str
    addressees: tuple[str, ...]
    addressee_groups: tuple[str, ...]
    sectors: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    deadline: Deadline | None
    direct_quote: bool
    region_code: str
    region_name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one article."""

    article: Article
    event_date: dt.date | None
    language: str
    officials: tuple[Official, ...]
    directives: tuple[Directive, ...]
