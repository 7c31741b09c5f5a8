"""From a query to its results."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass

import numpy as np

from search import columns as cols
from search import hits, lexical, narrow, rank
from search.columns import Columns, Ints
from search.embed import Embedder, Vectors
from search.match import Wanted, wanted
from search.nearest import nearest
from search.query import Query
from search.results import Hit, Results
from search.sqlite import prepare, time_limit
from search.vectors import center

TIME_LIMIT_S = 5.0


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
        counts = narrow.count(columns, query, search.masks, matched) if facets else {}
    return Results(answer.total, found, counts, answer.how, answer.relaxed)


def meaning_of(connection: sqlite3.Connection) -> str:
    """The name of the encoder whose vectors an index has, "" when it has none or they cannot be searched here."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'encoder'").fetchone()
    if not row or not row[0] or center(connection) is None or not prepare(connection):
        return ""
    return str(row[0])


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
        self.stems = stems
        self.wanted: Wanted = wanted(query.text)
        self.masks = narrow.masks(columns, query, today)
        self.allowed = narrow.together(self.masks)

    def answer(self) -> tuple[Answer, Ints]:
        """The page, and the places that match the text before filters."""
        if not self.wanted.parts:
            nothing = np.zeros(0 if self.query.text.strip() else len(self.columns), dtype=np.int32)
            places = np.arange(len(nothing), dtype=np.int32)
            inside = self._inside(places)
            return self._page(inside, np.zeros(len(inside), dtype=np.float32), "all", False), places
        words = self._words()
        near, cosines = self._near(words)
        places = np.union1d(words.places, near).astype(np.int32) if len(near) else words.places
        how = "both" if len(near) and len(words.places) else "meaning" if len(near) else "stems"
        inside = self._inside(places)
        return self._page(inside, self._scores(inside, words, near, cosines), how, words.relaxed), places

    def _words(self) -> lexical.Found:
        if self.stems:
            return lexical.matching(self.connection, self.build, self.columns, self.wanted)
        return lexical.Found(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32))

    def _near(self, words: lexical.Found) -> tuple[Ints, Vectors]:
        """What means the same; left out where the order is not by relevance and words found something."""
        if self.embedder is None or (self.query.sort != "relevance" and len(words.places)):
            return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
        return nearest(self.connection, self.columns, self.embedder.query(self.query.text), self.allowed)

    def _inside(self, places: Ints) -> Ints:
        return places if self.allowed is None else places[self.allowed[places]]

    def _scores(self, inside: Ints, words: lexical.Found, near: Ints, cosines: Vectors) -> Vectors:
        if self.query.sort != "relevance":
            return np.zeros(len(inside), dtype=np.float32)
        kept = np.ones(len(words.places), dtype=bool) if self.allowed is None else self.allowed[words.places]
        places, weights = words.places[kept], words.weights[kept]
        chosen = rank.worth_scoring(places, weights) if len(places) else np.zeros(0, dtype=bool)
        exact = lexical.scores(self.connection, self.columns, self.wanted, places[chosen])
        return rank.fused(inside, [(places[chosen], exact), (near, cosines)])

    def _page(self, inside: Ints, scores: Vectors, how: str, relaxed: bool) -> Answer:
        leads = narrow.fold(self.columns, inside)
        kept = scores if len(leads) == len(inside) else scores[np.searchsorted(inside, leads)]
        query, end = self.query, self.query.page * self.query.size
        if query.sort == "deadline":
            order = rank.by_deadline(self.columns, leads, end, query.status == "past")
        elif query.sort == "date" or how == "all":
            order = rank.newest_first(leads, end)
        else:
            order = rank.best_first(leads, kept, end)
        page = order[end - query.size :]
        return Answer(len(leads), leads[page], kept[page], how, relaxed)
