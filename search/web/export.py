"""Hits as a table: CSV, JSON, parquet. The columns are those of docs/schema.md, with the permalink."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from search.plain import cell
from search.results import Hit

Row = dict[str, Any]
Permalink = Callable[[str], str]

_TEXTS, _LISTS = pa.string(), pa.list_(pa.string())
SCHEMA = pa.schema(
    [
        ("directive_id", _TEXTS), ("permalink", _TEXTS), ("kind", _TEXTS), ("issuer_name", _TEXTS), ("issuer_role", _TEXTS),
        ("official_id", _TEXTS), ("office", _TEXTS), ("addressees", _LISTS), ("addressee_groups", _LISTS), ("action", _TEXTS),
        ("cue", _TEXTS), ("evidence", _TEXTS), ("evidence_start", pa.int32()), ("direct_quote", pa.bool_()), ("sectors", _LISTS),
        ("quantities", pa.list_(pa.struct([("text", _TEXTS), ("value", pa.float64()), ("unit", _TEXTS)]))),
        ("deadline", _TEXTS), ("deadline_text", _TEXTS), ("deadline_date", pa.date32()), ("region_code", _TEXTS),
        ("region_name", _TEXTS), ("published", pa.date32()), ("event_date", pa.date32()), ("title", _TEXTS), ("outlet", _TEXTS),
        ("url", _TEXTS), ("article_id", _TEXTS), ("cluster_id", _TEXTS), ("copies", pa.int32()), ("confidence", pa.float32()),
    ]
)  # fmt: skip
COLUMNS = tuple(SCHEMA.names)


def row(hit: Hit, permalink: Permalink) -> Row:
    """A hit's values by column."""
    found: Row = {name: getattr(hit, name) for name in COLUMNS if name != "permalink"}
    found |= {name: list(found[name]) for name in ("addressees", "addressee_groups", "sectors")}
    found["quantities"] = [{"text": goal.text, "value": goal.value, "unit": goal.unit} for goal in hit.quantities]
    found["permalink"] = permalink(hit.directive_id)
    return {name: found[name] for name in COLUMNS}


def plain(row: Row) -> Row:
    """A row as JSON has it: dates in ISO form, confidence in four digits."""
    found = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
    return found | {"confidence": round(float(row["confidence"]), 4)}


def to_csv(rows: Sequence[Row]) -> bytes:
    """CSV in UTF-8 with a byte order mark (spreadsheets want it); lists joined by "; ", no cell a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for one in rows:
        writer.writerow([cell(_text(value)) for value in plain(one).values()])
    return file.getvalue().encode("utf-8-sig")


def to_json(rows: Sequence[Row]) -> bytes:
    """A JSON array."""
    return json.dumps([plain(one) for one in rows], ensure_ascii=False, indent=1).encode()


def to_parquet(rows: Sequence[Row]) -> bytes:
    """A parquet file with the types of the dataset."""
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(list(rows), schema=SCHEMA), sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


WRITERS: dict[str, tuple[Callable[[Sequence[Row]], bytes], str]] = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "json": (to_json, "application/json; charset=utf-8"),
    "parquet": (to_parquet, "application/vnd.apache.parquet"),
}


def _text(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(str(item["text"]) if isinstance(item, dict) else str(item) for item in value)
    return "" if value is None else str(value)
