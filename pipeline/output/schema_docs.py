"""docs/schema.md, written from the declarations of the tables."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from pipeline.output.schema import TABLES, Table

_HEAD = """# The dataset

Written from the declarations in `pipeline/output/schema.py`, `arahan/tables.py` and `scrapers/store/tables.py` by `arahan docs`;
a test compares the two.

`OUTPUT/` holds one folder of parquet a table. The rows of a table are sorted, so the same input and the same version give the
same bytes. Offsets are [start, end) indices of a Python `str`: `text[evidence_start:evidence_end] == evidence`. Unless a
column says that null is allowed, a missing string is empty and a missing list has no items.
"""
_SCRAPED = """## What scraping adds

`arahan scrape` writes `articles/` as above and two files beside it; [scraping.md](scraping.md) has the rest of its OUTPUT.
"""
_TAIL = """## Beside the tables

- `rejected.jsonl`: one line a record that could not be read or kept: `record` (its place in the input, from 1), `id` (empty
  when it has none), `error` (the kind of failure), `reason`.
- `run.json`: versions of Python and of the packages, hashes of the models, counts, seconds by stage, settings.
- `html/`: with `arahan extract --html`, a page an article and an index.
- `.run/`: the finished batches of the last run (so that the next one goes on from there), its lock and its staging area. It
  can be deleted while no run is under way; the next run then computes everything anew.
"""
_TABLE_HEAD = "| column | type | null | meaning |\n|---|---|---|---|"


def type_name(type_: pa.DataType) -> str:
    """The type as docs/schema.md calls it: `dictionary`, `date32`, `list<struct<start: int32, end: int32>>`."""
    if pa.types.is_dictionary(type_):
        return "dictionary"
    if pa.types.is_list(type_):
        return f"list<{type_name(type_.value_type)}>"
    if pa.types.is_struct(type_):
        return f"struct<{', '.join(f'{field.name}: {type_name(field.type)}' for field in type_)}>"
    if pa.types.is_map(type_):
        return f"map<{type_name(type_.key_type)}, {type_name(type_.item_type)}>"
    return {"date32[day]": "date32", "float": "float32"}.get(str(type_), str(type_))


def _section(table: Table, place: str) -> list[str]:
    where = f"`{place}`: one row per {table.row}" + (", hive-partitioned by `year`" if table.partitioned else "")
    rows = [f"| `{c.name}` | {type_name(c.type)} | {'yes' if c.nullable else ''} | {c.meaning} |" for c in table.columns]
    order = ", ".join(f"`{name}`" for name in table.sort)
    return [f"## {table.name}", f"{where}; sorted by {order}.", "\n".join([_TABLE_HEAD, *rows])]


def markdown(tables: Sequence[Table] = TABLES, scraped: Sequence[Table] = ()) -> str:
    """The whole of docs/schema.md; `scraped`: the tables that `arahan scrape` writes beside articles/, a file each."""
    written = [part for table in tables for part in _section(table, f"{table.name}/")]
    fetched = [_SCRAPED.rstrip(), *(part for table in scraped for part in _section(table, f"{table.name}.parquet"))]
    return "\n\n".join([_HEAD.rstrip(), *written, *(fetched if scraped else ()), _TAIL.rstrip()]) + "\n"
