"""The dataset as data frames, and what its rows say in words.

The dataset is the folder named by the environment variable ARAHAN_DATA, else data/ of the project.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

PROJECT = Path(__file__).resolve().parents[2]
KINDS = ("instruction", "prohibition", "appeal", "commitment", "target")


def data_folder() -> Path:
    """The dataset. Raises FileNotFoundError with the way out when there is none."""
    folder = Path(os.environ.get("ARAHAN_DATA") or PROJECT / "data").resolve()
    if not (folder / "directives").is_dir():
        raise FileNotFoundError(f"{folder.name}/ is no dataset; run `make extract`, or set ARAHAN_DATA to the OUTPUT of a run")
    return folder


def load(table: str, folder: Path | None = None) -> pd.DataFrame:
    """A table of the dataset: lists as Python lists, `kind` as text, `year` as integer. Empty when the dataset lacks it."""
    folder = folder or data_folder()
    place = folder / table if (folder / table).is_dir() else folder / f"{table}.parquet"
    if not place.exists():
        return pd.DataFrame()
    years = ds.partitioning(pa.schema([pa.field("year", pa.int32())]), flavor="hive")
    found = ds.dataset(place, format="parquet", partitioning=years if place.is_dir() and any(place.glob("year=*")) else None)
    rows = found.to_table()
    frame: pd.DataFrame = rows.to_pandas(date_as_object=True)
    for field in rows.schema:
        if pa.types.is_nested(field.type):
            frame[field.name] = pd.Series(rows[field.name].to_pylist(), index=frame.index, dtype=object)
        elif pa.types.is_dictionary(field.type):
            frame[field.name] = frame[field.name].astype(str)
        elif pa.types.is_date(field.type):
            frame[field.name] = pd.to_datetime(frame[field.name])
    return frame


def described(frame: pd.DataFrame) -> str:
    """The source line under a plot: how many rows, of how many outlets, from when to when."""
    if frame.empty:
        return "Source: Arahan; this dataset has no such rows"
    days = pd.to_datetime(frame["published"]).dropna()
    span = f", published {days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}" if len(days) else ""
    outlets = frame.loc[frame["outlet"] != "", "outlet"].nunique()
    return f"Source: Arahan, {_count(len(frame), 'row')} from {_count(outlets, 'outlet')}{span}. Read by machine; see notebook 4."


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def reported(row: Mapping[str, Any]) -> str:
    """Who said it, as an outlet reported it: the only thing that a record shows."""
    who = ", ".join(part for part in (row["issuer_name"], row["issuer_role"]) if part) or "unnamed issuer"
    day = row["published"]
    when = f"on {day:%Y-%m-%d}" if isinstance(day, dt.date) and not pd.isna(day) else "on an unknown day"
    return f"{who}; reported by {row['outlet'] or 'an unnamed outlet'} {when}"


def ents(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Cue and action inside the evidence, as displaCy's manual mode wants them: sorted, without overlap."""
    begin = int(row["action_start"]) - int(row["evidence_start"])
    end = begin + len(row["action"])
    found = [(begin, end, "ACTION")]
    at = row["evidence"].find(row["cue"]) if row["cue"] else -1
    if at >= 0 and (at + len(row["cue"]) <= begin or at >= end):
        found.append((at, at + len(row["cue"]), "CUE"))
    return [{"start": start, "end": stop, "label": label} for start, stop, label in sorted(found)]
