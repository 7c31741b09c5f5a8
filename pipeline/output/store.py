"""The dataset under OUTPUT: one run at a time, written atomically, the same rows giving the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.dataset as ds

from arahan.errors import ArahanError
from arahan.lock import exclusive
from arahan.switch import recover, second_name, switch, write_whole
from arahan.tables import write_sorted
from arahan.types import Rejected
from pipeline.output.checkpoints import Checkpoints, lines
from pipeline.output.schema import TABLES, YEAR, Table


class Store:
    """An OUTPUT folder. Use it through `open_store`, which locks it and finishes what a killed run left."""

    def __init__(self, output: Path) -> None:
        self.output, self.private = output, output / ".run"
        self.staging, self.journal = self.private / "staging", self.private / "commit.json"
        self.checkpoints = Checkpoints(self.private / "batches")

    def stage(self, keys: Sequence[str], rejected: Sequence[Rejected], min_confidence: float = 0.0) -> dict[str, int]:
        """Write the tables of the finished batches `keys` into the staging area; returns the rows of each table."""
        self.staging.mkdir()
        counts = {table.name: self._stage_table(table, keys, min_confidence) for table in TABLES}
        (self.staging / "rejected.jsonl").write_text(lines(rejected), encoding="utf-8")
        return counts

    def commit(self, keys: Sequence[str], keep_replaced: bool = False) -> str:
        """Put everything in the staging area in place at once; with `keep_replaced` returns where the old articles/ is kept."""
        names = sorted(path.name for path in self.staging.iterdir())
        saved = str(second_name(self.output / "articles")) if keep_replaced else ""
        self._remember(listing(self.staging / "articles"))
        switch(self.staging, self.output, names, self.journal)
        self.checkpoints.keep_only(keys)
        return saved

    def articles_changed(self) -> bool:
        """Whether OUTPUT/articles holds what no run of ours wrote there (scraped articles, say)."""
        known, folder = self.private / "published", self.output / "articles"
        return any(folder.rglob("*.parquet")) and not (known.exists() and listing(folder) in known.read_text().split())

    def _remember(self, new: str) -> None:
        """The listings of the articles/ that stands, if it is ours, and of the one that is about to: either may stay."""
        old = [] if self.articles_changed() or not (self.output / "articles").exists() else [listing(self.output / "articles")]
        write_whole(self.private / "published", "\n".join([*old, new]))

    def _stage_table(self, table: Table, keys: Sequence[str], min_confidence: float) -> int:
        """One file a year; one file in all for a table without years. A table without rows is a file without rows."""
        found = ds.dataset([str(p) for p in self.checkpoints.paths(keys, table.name)], schema=table.full_schema, format="parquet")
        sure = pc.field("confidence") >= min_confidence if "confidence" in found.schema.names else None
        if not table.partitioned:
            return write_sorted(table, found.to_table(filter=sure), self.staging / table.name)
        years = sorted(pc.unique(found.to_table([YEAR], filter=sure)[YEAR]).to_pylist()) or [0]
        return sum(self._stage_year(table, found, year, sure) for year in years)

    def _stage_year(self, table: Table, found: ds.Dataset, year: int, sure: pc.Expression | None) -> int:
        wanted = pc.field(YEAR) == year
        rows = found.to_table(table.schema.names, filter=wanted if sure is None else wanted & sure)
        return write_sorted(table, rows, self.staging / table.name / f"{YEAR}={year}")


def listing(folder: Path) -> str:
    """Changes whenever a parquet file of the folder does: a hash over names, sizes and times."""
    hashed = hashlib.sha256()
    for path in sorted(folder.rglob("*.parquet")):
        status = path.stat()
        hashed.update(f"{path.relative_to(folder)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return hashed.hexdigest()


@contextmanager
def open_store(output: Path) -> Iterator[Store]:
    """Lock OUTPUT for this process and finish or clear what a killed run left there.

    Raises OutputInUse when another process writes there, ArahanError when OUTPUT is no place for a dataset.
    """
    _refuse_foreign(output)
    with exclusive(output):
        store = Store(output)
        recover(store.staging, output, store.journal)
        yield store


def _refuse_foreign(output: Path) -> None:
    """Never replace a folder that holds something else than a dataset."""
    if output.exists() and not output.is_dir():
        raise ArahanError(f"{output} is a file; OUTPUT must be a folder")
    for name, suffix in (*((table.name, ".parquet") for table in TABLES), ("html", ".html")):
        strange = next((p for p in (output / name).rglob("*") if p.is_file() and p.suffix != suffix), None)
        if strange:
            raise ArahanError(f"{strange} is no part of a dataset and would be lost; choose another OUTPUT")


def finish_killed_run(output: Path) -> None:
    """Put the rest of a new dataset in place when a run was killed while it did."""
    if (output / ".run" / "commit.json").exists():
        with open_store(output):
            pass
