"""What the coverage ledger of an OUTPUT folder says of each source."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from arahan.errors import DataFileError, InputNotFound

COLUMNS = ("source_id", "day", "fetched", "unchanged", "failed", "failures", "last_success")


@dataclass(slots=True)
class Coverage:
    """A source over all days of the ledger. `failures` counts by class; `last_day` is the last day it was looked at."""

    days: int = 0
    fetched: int = 0
    unchanged: int = 0
    failed: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    last_day: dt.date | None = None
    last_success: dt.datetime | None = None


def read_coverage(output: Path) -> Mapping[str, Coverage]:
    """The ledger by source; sources that were never looked at are missing.

    Raises InputNotFound when OUTPUT has no ledger, DataFileError when it is no such table.
    """
    path = output / "coverage.parquet"
    if not path.is_file():
        raise InputNotFound(f"{path}: no such file; `arahan scrape -o {output}` writes it")
    try:
        rows = pq.read_table(path, columns=list(COLUMNS)).to_pylist()
    except (pa.ArrowException, KeyError) as error:
        raise DataFileError(path, 1, f"not a coverage table: {error}") from error
    found: dict[str, Coverage] = {}
    for row in rows:
        _add(found.setdefault(row["source_id"], Coverage()), row)
    return found


def _add(coverage: Coverage, row: Mapping[str, object]) -> None:
    coverage.days += 1
    for name in ("fetched", "unchanged", "failed"):
        setattr(coverage, name, getattr(coverage, name) + (row[name] or 0))
    coverage.failures.update(dict(row["failures"] or ()))  # type: ignore[call-overload]  # a map comes as pairs
    coverage.last_day = max(filter(None, (coverage.last_day, row["day"])), default=None)  # type: ignore[type-var, assignment]
    coverage.last_success = max(filter(None, (coverage.last_success, row["last_success"])), default=None)  # type: ignore[type-var, assignment]
