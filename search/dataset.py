"""What the index is built from: the rows of OUTPUT's parquet tables, in batches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pyarrow.parquet as pq

from search.errors import DatasetMissing

Row = dict[str, Any]
BATCH = 10_000
_ARTICLE = ("id", "title", "text", "published", "event_date", "url", "outlet", "source_id", "region_code", "fetched_at")
_COVERAGE = ("tried", "fetched", "unchanged", "failed", "listings", "found", "new", "edited", "removed")


@dataclass(frozen=True, slots=True)
class Scrape:
    """What revisions.parquet says of an article: where its page is archived, since when it is gone."""

    archived: str = ""
    removed_at: str | None = None


def check(output: Path) -> None:
    """Raise DatasetMissing when OUTPUT has no directives."""
    if not (output / "directives").is_dir():
        raise DatasetMissing(f"{output} has no directives/; make it with: arahan extract INPUT -o {output}")


def directives(output: Path) -> Iterator[list[Row]]:
    """Batches of directives; lists as JSON, dates as ISO text."""
    for batch in _batches(output / "directives"):
        yield [_plain(row) for row in batch]


def count(output: Path) -> int:
    """How many directives there are."""
    return sum(int(pq.read_metadata(path).num_rows) for path in (output / "directives").rglob("*.parquet"))


def articles(output: Path) -> Iterator[list[Row]]:
    """Batches of articles; empty when there are none."""
    if (output / "articles").is_dir():
        for batch in _batches(output / "articles", _ARTICLE):
            yield [_plain(row) for row in batch]


def officials(output: Path) -> Iterator[list[Row]]:
    """Batches of officials by article, without mentions."""
    if (output / "officials").is_dir():
        yield from _batches(output / "officials", ("article_id", "official_id", "name", "role", "office", "region_code"))


def scrapes(output: Path) -> dict[str, Scrape]:
    """The newest revision of each scraped article; empty when nothing was scraped."""
    path = output / "revisions.parquet"
    if not path.exists():
        return {}
    found: dict[str, tuple[int, Scrape]] = {}
    for row in pq.read_table(path, columns=["article_id", "revision", "warc_file", "warc_offset", "removed_at"]).to_pylist():
        if row["revision"] >= found.get(row["article_id"], (0, Scrape()))[0]:
            archived = f"{row['warc_file']}:{row['warc_offset']}" if row["warc_file"] else ""
            found[row["article_id"]] = row["revision"], Scrape(archived, _iso(row["removed_at"]))
    return {article: scrape for article, (_, scrape) in found.items()}


def coverage(output: Path) -> Iterator[tuple[object, ...]]:
    """Rows of the table `coverage` of the index."""
    path = output / "coverage.parquet"
    if path.exists():
        for row in pq.read_table(path, columns=["source_id", "day", *_COVERAGE, "last_success"]).to_pylist():
            yield row["source_id"], _iso(row["day"]), *(row[name] for name in _COVERAGE), _iso(row["last_success"])


def _batches(folder: Path, columns: tuple[str, ...] | None = None) -> Iterator[list[Row]]:
    paths = sorted(str(path) for path in folder.rglob("*.parquet"))
    if not paths:
        return
    dataset = ds.dataset(paths, partitioning="hive", partition_base_dir=str(folder))
    scanner = dataset.scanner(columns=list(columns) if columns else None, batch_size=BATCH, use_threads=False, batch_readahead=1)
    for batch in scanner.to_batches():
        yield batch.to_pylist()


def _plain(row: Row) -> Row:
    return {name: _value(value) for name, value in row.items()}


def _value(value: object) -> object:
    if isinstance(value, str | int | float) or value is None:
        return value
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else "[]"
    return _iso(value)


def _iso(value: Any) -> str | None:  # noqa: ANN401 - a date or a moment
    return None if value is None else str(value.isoformat())
