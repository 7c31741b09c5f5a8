"""Hits as plain values and as CSV. Cells that a spreadsheet would run as a formula get an apostrophe in front."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import TextIO

from search.results import Hit

CSV_COLUMNS = (
    "directive_id", "published", "event_date", "kind", "issuer_name", "issuer_role", "office", "addressees", "addressee_groups",
    "action", "sectors", "quantities", "deadline", "deadline_date", "region_code", "region_name", "outlet", "title", "url",
    "evidence", "confidence", "copies", "article_id", "cluster_id", "archived", "removed",
)  # fmt: skip
_RISKY = tuple("=+-@\t\r\n＝＋－＠")  # a spreadsheet may run a cell that begins with one


def plain(value: object) -> object:
    """Dataclasses as dicts, dates as ISO text, tuples as lists: ready for JSON."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, tuple | list) else value


def write_csv(hits: Iterable[Hit], file: TextIO) -> None:
    """A line of names and one a hit."""
    writer = csv.writer(file)
    writer.writerow(CSV_COLUMNS)
    for hit in hits:
        writer.writerow([cell(_text(getattr(hit, name))) for name in CSV_COLUMNS])


def cell(text: str) -> str:
    """`text` such that no spreadsheet takes it for a formula."""
    text = text.replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(_RISKY) else text


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(item if isinstance(item, str) else item.text for item in value)
    if isinstance(value, float):
        return f"{value:.3f}"
    return "" if value is None else value.isoformat() if isinstance(value, dt.date) else str(value)
