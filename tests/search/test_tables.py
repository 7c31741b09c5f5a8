"""Frequent stems kept ready, and what scraping adds to a dataset."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from arahan.tables import Table
from scrapers.store.tables import COVERAGE, REVISIONS
from search import memory, postings
from search.build import build
from search.find import find, get
from search.query import Query
from search.sqlite import open_index
from tests.search.made import Words, directive, write

MOMENT = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


def filled(table: Table, **given: Any) -> dict[str, Any]:  # noqa: ANN401
    """A row of the table, empty but for what is given."""
    empty = {pa.string(): "", pa.int32(): 0, pa.int64(): 0, pa.bool_(): False}
    return {c.name: given.get(c.name, None if c.nullable else empty.get(c.type, [])) for c in table.columns}


def put(table: Table, rows: list[dict[str, Any]], output: Path) -> None:
    pq.write_table(pa.Table.from_pylist(rows, table.schema), output / f"{table.name}.parquet")


def test_hits_know_the_archive_and_when_an_article_went(tmp_path: Path) -> None:
    output = write(tmp_path / "data", [directive(n) for n in range(4)])
    revisions = [
        filled(
            REVISIONS, article_id="a0000", revision=2, warc_file="b.warc.gz", warc_offset=7, removed_at=MOMENT, fetched_at=MOMENT
        ),
        filled(REVISIONS, article_id="a0000", revision=1, warc_file="a.warc.gz", warc_offset=5, fetched_at=MOMENT),
    ]
    put(REVISIONS, revisions, output)
    build(output)
    with closing(open_index(output)) as connection:
        gone, there = get(connection, "d0000"), get(connection, "d0002")
    assert gone is not None
    assert there is not None
    assert (gone.archived, gone.removed) == ("b.warc.gz:7", "2024-05-01")
    assert (there.archived, there.removed) == ("", "")
    put(REVISIONS, revisions[1:], output)
    build(output)
    with closing(open_index(output)) as connection:
        back = get(connection, "d0000")
    assert back is not None
    assert (back.archived, back.removed) == ("a.warc.gz:5", "")


def test_coverage_is_kept(tmp_path: Path) -> None:
    output = write(tmp_path / "data", [directive(0)])
    put(COVERAGE, [filled(COVERAGE, source_id="ranu", day=dt.date(2024, 5, 1), tried=4, fetched=3, failed=1)], output)
    build(output)
    with closing(open_index(output)) as connection:
        rows = connection.execute("SELECT source_id, day, tried, fetched, failed, last_success FROM coverage").fetchall()
    assert rows == [("ranu", "2024-05-01", 4, 3, 1, None)]


@pytest.mark.parametrize("text", ["jembatan", "camat membangun", "sampah puskesmas", "anak kurang gizi", '"jembatan gantung"'])
def test_frequent_stems_answer_like_rare_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    output = write(tmp_path / "data", [directive(n) for n in range(60)])
    answers = []
    for least in (500, 3):
        memory.forget()
        monkeypatch.setattr(postings, "LEAST", least)
        build(output, Words(), fresh=True)
        with closing(open_index(output)) as connection:
            assert bool(connection.execute("SELECT count(*) FROM postings").fetchone()[0]) is (least == 3)
            found = find(connection, Query(text=text, size=100))
        answers.append((found.total, found.facets, {hit.directive_id for hit in found.hits}))
    assert answers[0] == answers[1]


def test_a_build_without_changes_keeps_the_arrays(tmp_path: Path) -> None:
    output = write(tmp_path / "data", [directive(n) for n in range(8)])
    build(output, Words())
    first = output.joinpath("search.sqlite").read_bytes()
    assert build(output, Words()).added == 0
    with closing(open_index(output)) as connection:
        assert find(connection, Query()).total == 8
    assert len(output.joinpath("search.sqlite").read_bytes()) == len(first)


def test_any_kind_of_row_will_do(tmp_path: Path) -> None:
    output = write(tmp_path / "data", [directive(n) for n in range(8)])
    build(output, Words())
    with closing(open_index(output)) as connection:
        plain = find(connection, Query(text="sampah"), embedder=Words())
        memory.forget()
        connection.row_factory = sqlite3.Row
        assert find(connection, Query(text="sampah"), embedder=Words()) == plain
