"""Read a finished dataset back, as arrow tables with the partition column."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds

from arahan.errors import InputNotFound
from pipeline.output.schema import YEAR, Table

_YEARS = ds.partitioning(pa.schema([pa.field(YEAR, pa.int32())]), flavor="hive")


def load(output: Path, table: Table, columns: Sequence[str] | None = None) -> pa.Table:
    """The rows of one table, all columns or those named, in the order of the files.

    Raises InputNotFound when `output` has no such table or its files are no parquet.
    """
    folder = output / table.name
    if not folder.is_dir():
        raise InputNotFound(f"{output} is no dataset: it has no {table.name}/")
    try:
        dataset = ds.dataset(
            folder, schema=table.full_schema, format="parquet", partitioning=_YEARS if table.partitioned else None
        )
        return dataset.to_table(columns=None if columns is None else list(columns))
    except (pa.ArrowException, OSError) as error:
        raise InputNotFound(f"{folder} cannot be read: {str(error).splitlines()[0]}") from error
