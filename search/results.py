"""What a search gives back: hits with everything that a card shows, and facets with counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from search.negation import negation


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters [start, end) of a hit's evidence. `label`: issuer, cue, action, addressee, quantity, deadline or match
    (a word of the query). Marks may overlap; they are sorted by start, longer first."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A number to reach: as written, its value and unit (money in IDR)."""

    text: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One directive. Fields as in docs/schema.md, and:

    `before`, `after`: the article's text around the evidence. `copies`: directives of republished copies folded into this one.
    `archived`: "FILE:OFFSET" of the archived response, or "". `removed`: since when the source no longer shows the article.
    `score`: by which it was ranked, higher first, 0 without text.
    """

    directive_id: str
    article_id: str
    title: str
    url: str
    outlet: str
    published: dt.date | None
    event_date: dt.date | None
    kind: str
    issuer_name: str
    issuer_role: str
    official_id: str
    office: str
    addressees: tuple[str, ...]
    addressee_groups: tuple[str, ...]
    action: str
    cue: str
    evidence: str
    evidence_start: int
    direct_quote: bool
    sectors: tuple[str, ...]
    quantities: tuple[Goal, ...]
    deadline: str
    deadline_text: str
    deadline_date: dt.date | None
    region_code: str
    region_name: str
    confidence: float
    cluster_id: str
    before: str = ""
    after: str = ""
    marks: tuple[Mark, ...] = ()
    copies: int = 0
    archived: str = ""
    removed: str = ""
    score: float = 0.0

    @property
    def heading(self) -> str:
        """The act with the negation in front of it: without "tidak akan", its cue, a promise not to act is the opposite."""
        start = next((mark.start for mark in self.marks if mark.label == "action"), 0)
        return f"{negation(self.kind, self.evidence, start)} {self.action}".strip()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet with the number of results it would give, and whether the query chose it."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """`total` directives, copies folded; `hits` of the page asked for.

    `facets`: by the parameter's name (kind, sector, ...), most frequent first, counted with all other choices applied.
    `how`: "all" (newest first, no text), "stems", "meaning" or "both". `relaxed`: nothing had all words; some have some.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    how: str = "all"
    relaxed: bool = False

    def pages(self, size: int) -> int:
        """How many pages of `size` there are, at least 1."""
        return max(1, -(-self.total // size))
