"""Figures that a training run wrote down, because measuring them takes another training: models/directive/figures/*.json.

Each file is one table: {"columns": ["articles", "detection F1"], "rows": [[150, 0.41], ...], "note": "how it was measured"}.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.benchmarks.markdown import table

FOLDER = Path(__file__).resolve().parents[2] / "models" / "directive" / "figures"
NONE = "Not measured for the shipped weights.\n"


def section(name: str, folder: Path = FOLDER) -> str:
    """The table of `name`.json with its note; says so when there is none, or when it cannot be read."""
    path = folder / f"{name}.json"
    if not path.exists():
        return NONE
    try:
        return _rendered(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        return f"{path.name} cannot be read: {type(error).__name__}: {error}\n"


def _rendered(given: Any) -> str:  # noqa: ANN401
    columns, rows = given["columns"], given["rows"]
    if any(len(row) != len(columns) for row in rows):
        raise ValueError("a row has another length than the columns")
    note = given.get("note", "")
    return table(columns, rows) + (f"\n{note}\n" if note else "")


def others(known: tuple[str, ...], folder: Path = FOLDER) -> list[str]:
    """Names of further files."""
    return sorted(path.stem for path in folder.glob("*.json") if path.stem not in known)
