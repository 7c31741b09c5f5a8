"""What the tables of a dataset are made of, and the one table that scrapers and pipeline both write: articles/."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

STRING, INT32, DATE, BOOL = pa.string(), pa.int32(), pa.date32(), pa.bool_()
STRINGS, MOMENT = pa.list_(STRING), pa.timestamp("us", tz="UTC")
YEAR = "year"
ROWS_PER_GROUP = 20_000
WRITER = {"compression": "zstd", "compression_level": 3, "version": "2.6"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its arrow type, what it means, whether null is allowed, and a rule that each value keeps."""

    name: str
    type: pa.DataType
    meaning: str
    nullable: bool = False
    rule: Callable[[object], bool] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a folder of parquet under OUTPUT. `sort` orders its rows, `spans` names its [start, end) columns."""

    name: str
    row: str
    columns: tuple[Column, ...]
    sort: tuple[str, ...]
    partitioned: bool = False
    spans: tuple[str, ...] = ()

    @property
    def schema(self) -> pa.Schema:
        """The arrow schema of a file; the partition column lives in the folder names."""
        return pa.schema([pa.field(c.name, c.type, c.nullable) for c in self.columns if not self._in_path(c)])

    @property
    def full_schema(self) -> pa.Schema:
        """The arrow schema with the partition column."""
        return pa.schema([pa.field(c.name, c.type, c.nullable) for c in self.columns])

    def _in_path(self, column: Column) -> bool:
        return self.partitioned and column.name == YEAR


def filled(value: object) -> bool:
    """A rule: the value is not empty."""
    return bool(value)


def write_sorted(table: Table, rows: pa.Table, folder: Path) -> int:
    """Sort and write one file whose bytes depend on the rows alone; returns their number."""
    folder.mkdir(parents=True)
    ordered = rows.sort_by([(name, "ascending") for name in table.sort])
    for number, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):  # numbered anew, in the order of the rows
            values = ordered.column(number).cast(field.type.value_type).combine_chunks()
            ordered = ordered.set_column(number, field, values.dictionary_encode())
    whole = ordered.cast(table.schema).combine_chunks()
    pq.write_table(whole, folder / "part-0.parquet", row_group_size=ROWS_PER_GROUP, **WRITER)
    return int(rows.num_rows)


YEAR_COLUMN = Column(YEAR, INT32, "partition: year of `published`, else of `event_date`, else 0")

ARTICLES = Table(
    "articles",
    "article",
    (
        Column("id", STRING, "the article's id in the input, unique", rule=filled),
        Column("title", STRING, "headline"),
        Column("text", STRING, "plain text, paragraphs separated by a newline; every offset points into it", rule=filled),
        Column("published", DATE, "date of the article", nullable=True),
        Column("event_date", DATE, 'date of the event in it ("Minggu (20/12/2020)"), null when unknown', nullable=True),
        Column("url", STRING, "where it was published"),
        Column("outlet", STRING, "who published it"),
        Column("source_id", STRING, "the registered source it was fetched from, empty when it came from elsewhere"),
        Column("region_code", STRING, "Kemendagri code of the outlet's region, empty when unknown"),
        Column("fetched_at", MOMENT, "when it was fetched", nullable=True),
        Column("content_hash", STRING, "the first 32 hexadecimal digits of SHA-256 over the text"),
        Column("language", STRING, "ISO 639 code of its language, empty when it was not analysed"),
        YEAR_COLUMN,
    ),
    sort=("id",),
    partitioned=True,
)
