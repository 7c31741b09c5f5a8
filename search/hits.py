"""Read the directives of a page, with the text around the evidence and the marks in it."""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from search import stem
from search.columns import Columns
from search.embed import Vectors
from search.facet import Ints
from search.match import Wanted, stopwords
from search.results import Goal, Hit, Mark

AROUND = 400
NOTHING = Wanted()
Row = Mapping[str, Any]

_SAME = (
    "directive_id", "article_id", "title", "url", "outlet", "kind", "issuer_name", "issuer_role", "official_id", "office",
    "action", "cue", "evidence", "evidence_start", "region_code", "region_name", "confidence", "cluster_id",
)  # fmt: skip
_DATES = ("published", "event_date", "deadline_date")
_LISTS = ("addressees", "addressee_groups", "sectors")
_ROWS = (
    "SELECT d.*, a.text, a.archived, a.removed_at FROM directives d LEFT JOIN articles a USING (article_id)"
    " WHERE d.id IN (SELECT value FROM json_each(?))"
)


def read(
    connection: sqlite3.Connection, columns: Columns, places: Ints, scores: Vectors, wanted: Wanted = NOTHING
) -> tuple[Hit, ...]:
    """The hits at `places`, in that order."""
    ids = [int(id_) for id_ in columns.ids[places]]
    cursor = connection.execute(_ROWS, (json.dumps(ids),))
    names = [column[0] for column in cursor.description]
    rows = {values[0]: dict(zip(names, values, strict=True)) for values in cursor}
    copies = [int(columns.cluster_sizes[columns.cluster[p]]) - 1 if columns.shared[p] else 0 for p in places]
    return tuple(
        hit(rows[id_], copies=n, score=float(score), wanted=wanted) for id_, n, score in zip(ids, copies, scores, strict=True)
    )


def hit(row: Row, *, copies: int = 0, score: float = 0.0, wanted: Wanted = NOTHING) -> Hit:
    """A row of directives joined with its article."""
    text, start, end = row["text"] or "", row["evidence_start"], row["evidence_end"]
    given: dict[str, Any] = {name: row[name] for name in _SAME}
    given |= {name: _date(row[name]) for name in _DATES}
    given |= {name: tuple(json.loads(row[name])) for name in _LISTS}
    return Hit(
        **given,
        direct_quote=bool(row["direct_quote"]),
        quantities=tuple(Goal(q["text"], q["value"], q["unit"]) for q in json.loads(row["quantities"])),
        deadline=row["deadline"] or "",
        deadline_text=row["deadline_text"] or "",
        before=_beginning(text[max(0, start - AROUND) : start], start > AROUND),
        after=_end(text[end : end + AROUND], end + AROUND < len(text)),
        marks=tuple(sorted(set(_marks(row, wanted)), key=lambda m: (m.start, -m.end, m.label))),
        copies=copies,
        archived=row["archived"] or "",
        removed=(row["removed_at"] or "")[:10],
        score=score,
    )


def content(text: str) -> frozenset[str]:
    """The stems of a text that carry meaning."""
    return frozenset(term for term in stem.terms(text) if len(term) > 2) - stopwords()


def _marks(row: Row, wanted: Wanted) -> Iterator[Mark]:
    evidence, action = row["evidence"], row["action_start"] - row["evidence_start"]
    if 0 <= action < len(evidence):
        yield Mark(action, min(len(evidence), row["action_end"] - row["evidence_start"]), "action")
    yield from _nearest(evidence, row["cue"], "cue", action)
    yield from _all(evidence, _names(row), "issuer")
    yield from _all(evidence, json.loads(row["addressees"]), "addressee")
    yield from _all(evidence, [q["text"] for q in json.loads(row["quantities"])], "quantity")
    yield from _all(evidence, [row["deadline_text"] or ""], "deadline")
    if wanted.parts:
        yield from (Mark(start, end, "match") for word, start, end in stem.words(evidence) if wanted.has(word))


def _names(row: Row) -> Sequence[str]:
    """The issuer as the passage may call it: whole name, role, else the last or first word of the name."""
    name, role, evidence = row["issuer_name"], row["issuer_role"], row["evidence"]
    whole = [text for text in (name, role) if text and text in evidence]
    return whole or [part for part in name.split() if len(part) > 3 and part[0].isupper()]


def _all(evidence: str, texts: Sequence[str], label: str) -> Iterator[Mark]:
    """Every text where it stands first, as a whole word."""
    for text in filter(None, texts):
        for start in islice(_places(evidence, text), 1):
            yield Mark(start, start + len(text), label)


def _nearest(evidence: str, text: str, label: str, place: int) -> Iterator[Mark]:
    """The occurrence nearest to `place`; texts in parts ("mengimbau ... tidak") are marked part by part."""
    for part in filter(None, re.split(r"\s*\.\.\.\s*", text)):
        for start in sorted(_places(evidence, part), key=lambda start: (abs(place - start), start))[:1]:
            yield Mark(start, start + len(part), label)


def _places(text: str, part: str) -> Iterator[int]:
    """Where `part` stands in `text` as a whole word."""
    start = text.find(part)
    while start >= 0:
        end = start + len(part)
        if not (_in_word(text[start - 1 : start]) or _in_word(text[end : end + 1])):
            yield start
        start = text.find(part, start + 1)


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _beginning(text: str, cut: bool) -> str:
    return text.split(" ", 1)[-1] if cut and " " in text else text


def _end(text: str, cut: bool) -> str:
    return text.rsplit(" ", 1)[0] if cut and " " in text else text


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None
