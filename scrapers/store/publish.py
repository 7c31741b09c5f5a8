"""The tables under OUTPUT out of the state: written aside, then put in place all at once."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from arahan.errors import ArahanError
from arahan.switch import recover, second_name, switch
from arahan.tables import ARTICLES, ROWS_PER_GROUP, WRITER, YEAR, Table
from scrapers.store import clusters, rows
from scrapers.store.tables import COVERAGE, REVISIONS


class Place:
    """Where the tables of an OUTPUT folder stand, and where new ones are prepared (in its private folder)."""

    def __init__(self, output: Path, private: Path) -> None:
        self.output = output
        self.staging, self.journal = private / "scrape", private / "scrape.json"

    def recover(self) -> None:
        """Finish what a killed run had begun to put in place."""
        recover(self.staging, self.output, self.journal)

    def publish(self, db: sqlite3.Connection) -> dict[str, int]:
        """Write the tables anew; returns their numbers of rows. The same state gives the same bytes."""
        if self.staging.exists():
            shutil.rmtree(self.staging)
        (self.staging / ARTICLES.name).mkdir(parents=True)
        clusters.update(db)
        places = clusters.places(db)
        written = {ARTICLES.name: sum(self._year(db, year) for year in rows.years(db))}
        for table, found in ((REVISIONS, rows.revisions(db, places)), (COVERAGE, rows.coverage(db))):
            written[table.name] = _write(table, found, self.staging / f"{table.name}.parquet")
        self._save_foreign(db)
        names = [ARTICLES.name, f"{REVISIONS.name}.parquet", f"{COVERAGE.name}.parquet"]
        switch(self.staging, self.output, names, self.journal)
        return written

    def _year(self, db: sqlite3.Connection, year: int) -> int:
        folder = self.staging / ARTICLES.name / f"{YEAR}={year}"
        folder.mkdir()
        return _write(ARTICLES, rows.articles(db, year), folder / "part-0.parquet")

    def _save_foreign(self, db: sqlite3.Connection) -> None:
        """Keep an articles/ with articles from elsewhere under another name."""
        old = self.output / ARTICLES.name
        files = sorted(old.rglob("*.parquet")) if old.is_dir() else []
        own = {row[0] for row in db.execute("SELECT id FROM article")}
        if not all(own.issuperset(_ids(path)) for path in files):
            second_name(old)


def refuse_foreign(output: Path) -> None:
    """Raises ArahanError when OUTPUT is a file, or its articles/ holds something else than tables."""
    if output.exists() and not output.is_dir():
        raise ArahanError(f"{output} is a file; OUTPUT must be a folder")
    strange = next((p for p in (output / ARTICLES.name).rglob("*") if p.is_file() and p.suffix != ".parquet"), None)
    if strange:
        raise ArahanError(f"{strange} is no part of a dataset and would be lost; choose another OUTPUT")


def _ids(path: Path) -> Iterable[str]:
    """The ids in a file of articles; what cannot be read is nobody's."""
    try:
        return [str(id) for id in pq.read_table(path, columns=["id"], partitioning=None)["id"].to_pylist()]
    except (pa.ArrowException, OSError, KeyError):
        return [""]


def _write(table: Table, found: Iterator[rows.Row], path: Path) -> int:
    """One file, in the order in which the rows come, a batch at a time; returns their number."""
    written = 0
    with pq.ParquetWriter(path, table.schema, **WRITER) as writer:
        while batch := list(islice(found, ROWS_PER_GROUP)):
            writer.write_table(pa.Table.from_pylist(batch, schema=table.schema))
            written += len(batch)
    return written
