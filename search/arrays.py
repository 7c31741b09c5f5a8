"""Write the arrays that search/columns.py reads, from the rows of an index."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Sequence

import numpy as np
from lokal import PROVINCES
from numpy.typing import NDArray

from search import vectors
from search.columns import NEVER
from search.query import FACETS

_ROWS = (
    "SELECT id, coalesce(published, event_date), deadline_date, cluster_id, text_id, kind, sectors, official_id, office,"
    " region_code, year, addressee_groups, outlet, issuer_name, issuer_role, region_name"
    " FROM directives ORDER BY coalesce(published, event_date, ''), directive_id"
)


class Coder:
    """Numbers values as they come, afterwards in the order of the values, so that codes do not depend on history."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}
        self.labels: dict[str, str] = {}
        self.starts = array("i", [0])
        self.found = array("i")

    def add(self, values: Iterable[str], label: str = "") -> None:
        """The values of the next row; empty ones are left out. The newest label stays."""
        for value in values:
            if value:
                self.found.append(self.codes.setdefault(value, len(self.codes)))
                if label:
                    self.labels[value] = label
        self.starts.append(len(self.found))

    def sorted(self) -> tuple[list[str], NDArray[np.int32], NDArray[np.int32]]:
        """Values in order, starts, codes."""
        values = sorted(self.codes)
        new = np.empty(len(values), dtype=np.int32)
        for place, value in enumerate(values):
            new[self.codes[value]] = place
        return values, np.array(self.starts, dtype=np.int32), new[np.array(self.found, dtype=np.int32)]


def write(connection: sqlite3.Connection) -> None:
    """Replace arrays and facet_values by what `directives` holds."""
    coders = {name: Coder() for name in (*FACETS.values(), "cluster")}
    plain: dict[str, list[object]] = {"ids": [], "published": [], "deadline": [], "texts": []}
    for row in connection.execute(_ROWS):
        _add(row, coders, plain)
    connection.execute("DELETE FROM arrays")
    connection.execute("DELETE FROM facet_values")
    _put_clusters(connection, coders.pop("cluster"))
    _put(connection, "ids", np.array(plain["ids"], dtype=np.int32))
    _put_texts(connection, np.array(plain["texts"], dtype=np.int32))
    for name in ("published", "deadline"):
        _put(connection, name, _days(plain[name]))
    for name, coder in coders.items():
        _put_facet(connection, name, coder)


def _add(row: Sequence[str], coders: dict[str, Coder], plain: dict[str, list[object]]) -> None:
    id_, date, deadline, cluster, text, kind, sectors, official, office, region, year, groups, outlet, name, role, place = row
    for column, value in (("ids", id_), ("published", date), ("deadline", deadline), ("texts", text)):
        plain[column].append(value)
    coders["cluster"].add((cluster or f"?{id_}",))
    coders["kind"].add((kind,))
    coders["sector"].add(json.loads(sectors))
    coders["official"].add((official,), f"{name}, {role}" if role else name)
    coders["office"].add((office,))
    coders["region"].add((region,), place)
    if "." in region:
        _extend(coders["region"], region.split(".")[0])
    coders["year"].add((str(year) if year else "",))
    coders["group"].add(dict.fromkeys(json.loads(groups)))
    coders["outlet"].add((outlet,))


def _extend(coder: Coder, value: str) -> None:
    """One more value for the row added last: its province."""
    coder.found.append(coder.codes.setdefault(value, len(coder.codes)))
    coder.starts[-1] += 1


def _put_clusters(connection: sqlite3.Connection, coder: Coder) -> None:
    """Clusters numbered such that those of several rows come first."""
    _, _, codes = coder.sorted()
    sizes = np.bincount(codes)
    number = np.empty(len(sizes), dtype=np.int32)
    number[np.argsort(sizes < 2, kind="stable")] = np.arange(len(sizes), dtype=np.int32)
    _put(connection, "cluster", number[codes])
    _put(connection, "shared", sizes[codes] > 1)


def _put_texts(connection: sqlite3.Connection, ids: NDArray[np.int32]) -> None:
    """Texts with a vector, in the order of their oldest rows; their signs; each text's rows, the newest first."""
    middle, spoken = vectors.center(connection)
    known, first, code = np.unique(ids, return_index=True, return_inverse=True)
    speaks = np.isin(known, spoken)
    number = np.full(len(known), -1, dtype=np.int32)
    order = np.flatnonzero(speaks)[np.argsort(first[speaks])]
    number[order] = np.arange(len(order), dtype=np.int32)
    texts = number[code]
    rows = np.flatnonzero(texts >= 0)[::-1]
    rows = rows[np.argsort(texts[rows], kind="stable")].astype(np.int32)
    _put(connection, "texts", texts)
    _put(connection, "text_ids", known[order].astype(np.int32))
    _put(connection, "text_rows", rows)
    _put(connection, "text_starts", np.searchsorted(texts[rows], np.arange(len(order) + 1)).astype(np.int32))
    _put(connection, "signs", vectors.signs(connection, known[order], middle))
    _put(connection, "center", middle)


def _days(dates: Sequence[object]) -> NDArray[np.int32]:
    moments = np.array([date or "NaT" for date in dates], dtype="datetime64[D]")
    days = moments.astype(np.int64)
    return np.where(np.isnat(moments), NEVER, days).astype(np.int32)


def _put(connection: sqlite3.Connection, name: str, array: NDArray[np.generic]) -> None:
    connection.execute("INSERT INTO arrays VALUES (?, ?, ?)", (name, array.dtype.str, array.tobytes()))


def _put_facet(connection: sqlite3.Connection, name: str, coder: Coder) -> None:
    values, starts, codes = coder.sorted()
    _put(connection, f"{name}.starts", starts)
    _put(connection, f"{name}.codes", codes)
    labels = {value: PROVINCES.get(value, "") if name == "region" else "" for value in values} | coder.labels
    rows = ((name, code, value, labels[value] or value) for code, value in enumerate(values))
    connection.executemany("INSERT INTO facet_values VALUES (?, ?, ?, ?)", rows)
