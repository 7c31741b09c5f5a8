"""The tables of a dataset as they are published: parquet in OUTPUT's own layout, and one CSV file each."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from arahan.tables import YEAR, Table, write_sorted
from search import plain
from search.errors import DatasetMissing

BATCH = 5_000
Row = dict[str, Any]


def without(table: Table, *names: str) -> Table:
    """The table less some columns."""
    return dataclasses.replace(table, columns=tuple(column for column in table.columns if column.name not in names))


def copy_parquet(output: Path, table: Table, folder: Path) -> int:
    """Write the table of the dataset `output` into `folder` anew, a year at a time; returns the number of rows.

    Raises DatasetMissing when it is not there or cannot be read.
    """
    try:
        found = _open(output, table)
        if not table.partitioned:
            return write_sorted(table, found.to_table(table.schema.names), folder / table.name)
        years = sorted(pc.unique(found.to_table([YEAR])[YEAR]).to_pylist()) or [0]
        return sum(_copy_year(found, table, year, folder) for year in years)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DatasetMissing(f"{output / table.name} cannot be read: {str(error).splitlines()[0]}") from error


def _copy_year(found: ds.Dataset, table: Table, year: int, folder: Path) -> int:
    rows = found.to_table(table.schema.names, filter=pc.field(YEAR) == year)
    return write_sorted(table, rows, folder / table.name / f"{YEAR}={year}")


def _open(output: Path, table: Table) -> ds.Dataset:
    place = output / table.name
    if not place.is_dir():
        place = output / f"{table.name}.parquet"
    if not place.exists():
        raise DatasetMissing(f"{output} has no {table.name}; make it with: arahan extract INPUT -o {output}")
    years = ds.partitioning(pa.schema([pa.field(YEAR, pa.int32())]), flavor="hive") if table.partitioned else None
    return ds.dataset(place, schema=table.full_schema, format="parquet", partitioning=years)


def parquet_files(folder: Path, table: Table) -> list[Path]:
    """The files that `copy_parquet` wrote, in the order of their years."""
    return sorted((folder / table.name).rglob("*.parquet"), key=lambda path: (_year(path), path.name))


def _year(path: Path) -> int:
    name = path.parent.name
    return int(name.partition("=")[2]) if name.startswith(f"{YEAR}=") else 0


def write_csv(folder: Path, table: Table, target: Path) -> None:
    """One CSV file out of the parquet that stands in `folder`: UTF-8, commas, a header, JSON in cells that hold lists."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in table.columns])
        for row in _rows(folder, table):
            writer.writerow([cell(row[column.name]) for column in table.columns])


def _rows(folder: Path, table: Table) -> Iterator[Row]:
    for path in parquet_files(folder, table):
        for row in rows_of(path):
            yield row | ({YEAR: _year(path)} if table.partitioned else {})


def rows_of(path: Path, *columns: str) -> Iterator[Row]:
    """The rows of a parquet file, or of all below a folder in the order of their paths; all columns or those named."""
    for file in [path] if path.is_file() else sorted(path.rglob("*.parquet")):
        with pq.ParquetFile(file) as opened:
            for batch in opened.iter_batches(BATCH, columns=list(columns) or None):
                yield from batch.to_pylist()


def cell(value: object) -> str:
    """A value as text for CSV. A string that a spreadsheet might run gets an apostrophe in front; parquet has it as it is."""
    if isinstance(value, str):
        return plain.cell(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.7g}" if abs(value) <= 1 else repr(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if isinstance(value, list | dict) else str(value)
