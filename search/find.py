"""From a query to its results."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from search import columns as cols
from search import hits, lexical, narrow, rank
from search.columns import Columns
from search.embed import Embedder, Vectors
from search.facet import Ints, no_ints
from search.match import Wanted, wanted
from search.memory import Memory
from search.nearest import nearest
from search.query import Query
from search.results import FacetValue, Hit, Results
from search.sqlite import time_limit

TIME_LIMIT_S = 5.0
_COUNTS: Memory[Mapping[str, tuple[FacetValue, ...]]] = Memory(512)
_VECTORS: Memory[Vectors] = Memory(512)


@dataclass(frozen=True, slots=True)
class Answer:
    """The places of a query's results (copies folded) in order, up to the page asked for."""

    total: int
    page: Ints
    scores: Vectors
    how: str
    relaxed: bool


def find(
    connection: sqlite3.Connection,
    query: Query,
    *,
    embedder: Embedder | None = None,
    stems: bool = True,
    today: dt.date | None = None,
    time_limit_s: float = TIME_LIMIT_S,
    facets: bool = True,
) -> Results:
    """Answer `query` from an index opened with search.sqlite.open_index.

    With an embedder (search.embed.load, the encoder that the index was built with) also by meaning; `stems=False` leaves the
    words out. `today` decides what is due. Raises QueryTooSlow.
    """
    with time_limit(connection, time_limit_s):
        build, columns = cols.of(connection)
        search = _Search(connection, build, columns, query, embedder, stems, today or dt.date.today())
        answer, matched = search.answer()
        found = hits.read(connection, columns, answer.page, answer.scores, search.wanted)
        counts = search.counts(matched) if facets else {}
    return Results(answer.total, found, counts, answer.how, answer.relaxed)


def meaning_of(connection: sqlite3.Connection) -> str:
    """The name of the encoder whose vectors an index has, "" when it has none."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'encoder'").fetchone()
    return str(row[0]) if row and len(cols.of(connection)[1].text_ids) else ""


def get(connection: sqlite3.Connection, directive_id: str) -> Hit | None:
    """One directive by its id, with the text around it; None when the index has none."""
    if any(0xD800 <= ord(c) <= 0xDFFF for c in directive_id):
        return None
    row = connection.execute("SELECT id FROM directives WHERE directive_id = ?", (directive_id,)).fetchone()
    if row is None:
        return None
    _, columns = cols.of(connection)
    place = columns.place_of[np.array([row[0]])]
    return hits.read(connection, columns, place, np.zeros(1, dtype=np.float32))[0]


class _Search:
    def __init__(
        self, connection: sqlite3.Connection, build: str, columns: Columns, query: Query, embedder: Embedder | None,
        stems: bool, today: dt.date,
    ) -> None:  # fmt: skip
        self.connection, self.build, self.columns, self.query, self.embedder = connection, build, columns, query, embedder
        self.stems, self.today = stems, today
        self.wanted: Wanted = wanted(query.text)
        self.masks = narrow.masks(columns, query, today)
        self.allowed = narrow.together(self.masks)

    def answer(self) -> tuple[Answer, Ints | None]:
        """The page, and the places that match the text before filters, None for all."""
        if not self.wanted.parts:
            return self._listed(None if not self.query.text.strip() else no_ints())
        words = self._words()
        near, cosines = self._near(words)
        places = self.columns.any_of(words.places, near) if len(near) else words.places
        how = "both" if len(near) and len(words.places) else "meaning" if len(near) else "stems"
        inside = places if self.allowed is None else places[self.allowed[places]]
        leads = self.columns.fold(inside)
        scores = np.zeros(len(leads), dtype=np.float32)
        if self.query.sort == "relevance":
            rankings = [self._inside(words.places, words.scores), (near, cosines)]
            scores = rank.fused(self.columns, inside, rankings)
            scores = scores if len(leads) == len(inside) else scores[np.searchsorted(inside, leads)]
        return self._page(leads, scores, how, words.relaxed), places

    def counts(self, matched: Ints | None) -> Mapping[str, tuple[FacetValue, ...]]:
        """The facets, the same on every page and, where the order says nothing about what is found, in every order."""
        same = replace(self.query, page=1, size=1)
        meaning = self.embedder.name if self.embedder else ""
        return _COUNTS.get(
            (self.build, same, meaning, self.stems, self.today),
            lambda: narrow.count(self.columns, self.query, self.masks, matched),
        )

    def _listed(self, matched: Ints | None) -> tuple[Answer, Ints | None]:
        """What no words narrow."""
        inside = narrow.within(matched, self.allowed)
        leads = self.columns.leads if inside is None else self.columns.fold(inside)
        return self._page(leads, np.zeros(len(leads), dtype=np.float32), "all", False), matched

    def _words(self) -> lexical.Found:
        if self.stems:
            return lexical.matching(self.connection, self.build, self.columns, self.wanted)
        return lexical.Found(no_ints(), np.zeros(0, dtype=np.float32))

    def _near(self, words: lexical.Found) -> tuple[Ints, Vectors]:
        """What means the same; left out where the order is not by relevance and words found something."""
        if self.embedder is None or (self.query.sort != "relevance" and len(words.places)):
            return no_ints(), np.zeros(0, dtype=np.float32)
        embedder, text = self.embedder, self.query.text
        vector = _VECTORS.get((embedder.name, text), lambda: embedder.query(text))
        return nearest(self.connection, self.columns, vector, self.allowed)

    def _inside(self, places: Ints, scores: Vectors) -> tuple[Ints, Vectors]:
        if self.allowed is None:
            return places, scores
        kept = self.allowed[places]
        return places[kept], scores[kept]

    def _page(self, leads: Ints, scores: Vectors, how: str, relaxed: bool) -> Answer:
        query, end = self.query, self.query.page * self.query.size
        if query.sort == "deadline":
            order = rank.by_deadline(self.columns, leads, end, query.status == "past")
        elif query.sort == "date" or how == "all":
            order = rank.newest_first(leads, end)
        else:
            order = rank.best_first(leads, scores, end)
        page = order[end - query.size :]
        return Answer(len(leads), leads[page], scores[page], how, relaxed)
