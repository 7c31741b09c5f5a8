"""Finished batches of articles, kept under OUTPUT/.run/batches so that a killed or repeated run computes nothing twice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import pyarrow.parquet as pq

from arahan.types import Rejected
from pipeline.output.assemble import Assembled

_REJECTED = "rejected.jsonl"


class Checkpoints:
    """A folder with one folder a batch, named by the batch's key: its tables, and its rejected records if it has any."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for leftover in folder.glob("*.new"):
            shutil.rmtree(leftover)

    def __contains__(self, key: str) -> bool:
        """Whether the batch is finished. One with rejected records counts as unfinished: it is worth another try."""
        return (self.folder / key).is_dir() and not (self.folder / key / _REJECTED).exists()

    def save(self, key: str, batch: Assembled) -> None:
        """Keep a batch; it is there whole or not at all."""
        draft, place = self.folder / f"{key}.new", self.folder / key
        draft.mkdir()
        for name, table in batch.tables.items():
            pq.write_table(table, draft / f"{name}.parquet", compression="zstd")
        if batch.rejected:
            (draft / _REJECTED).write_text(lines(batch.rejected), encoding="utf-8")
        if place.exists():
            shutil.rmtree(place)
        draft.rename(place)

    def paths(self, keys: Iterable[str], table: str) -> list[Path]:
        """The parquet files of one table."""
        return [self.folder / key / f"{table}.parquet" for key in keys]

    def keep_only(self, keys: Iterable[str]) -> None:
        """Drop every other batch."""
        kept = set(keys)
        for path in self.folder.iterdir():
            if path.name not in kept:
                shutil.rmtree(path)


def lines(rejected: Iterable[Rejected]) -> str:
    """JSON Lines, in the order of the input."""
    ordered = sorted(rejected, key=lambda r: (r.record, r.id, r.error, r.reason))
    return "".join(json.dumps(asdict(r), ensure_ascii=False) + "\n" for r in ordered)
