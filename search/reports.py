"""Reports of errors in records, what was decided on them, and the corrections that the next index applies.

OUTPUT/reports.sqlite is small and the only file that the web page may write. A report is open until it is accepted (with a
removal or a correction) or rejected; an accepted one is applied by the next `arahan index` and by every one after it.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from arahan.types import KINDS
from search.errors import BadReport

FILE = "reports.sqlite"
SCHEMA = Path(__file__).with_name("reports.sql")
PROBLEMS = (
    "not-a-directive",
    "issuer",
    "addressee",
    "action",
    "kind",
    "sector",
    "number",
    "deadline",
    "region",
    "privacy",
    "other",
)
STATES = ("open", "accepted", "rejected", "applied")
LISTS = ("addressees", "addressee_groups", "sectors")
FIELDS = (
    "kind", "issuer_name", "issuer_role", "official_id", "office", "region_code", "region_name", "deadline", "deadline_text",
    "deadline_date", *LISTS,
)  # fmt: skip
MAX_TEXT, MAX_CONTACT, MAX_OPEN = 2_000, 200, 10_000


@dataclass(frozen=True, slots=True)
class Report:
    """One report. Times are UTC in ISO form; `action` is "" before a decision, else remove or correct (`field` := `value`)."""

    id: int
    directive_id: str
    problem: str
    text: str
    contact: str
    state: str
    created_at: str
    decided_at: str | None
    applied_at: str | None
    action: str
    field: str
    value: str
    note: str


def file_report(output: Path, directive_id: str, problem: str, text: str, contact: str = "") -> int:
    """Keep a report; returns its number. Raises BadReport. Whether the record exists is for the caller to check."""
    if problem not in PROBLEMS:
        raise BadReport(f"problem: not one of {', '.join(PROBLEMS)}")
    for name, value, longest in (("record", directive_id, 100), ("text", text, MAX_TEXT), ("contact", contact, MAX_CONTACT)):
        _check(name, value, longest)
    if not directive_id:
        raise BadReport("record: empty")
    with _open(output) as connection:
        if connection.execute("SELECT count(*) FROM reports WHERE state = 'open'").fetchone()[0] >= MAX_OPEN:
            raise BadReport("too many reports are open; please try again later")
        cursor = connection.execute(
            "INSERT INTO reports (directive_id, problem, text, contact, state, created_at) VALUES (?, ?, ?, ?, 'open', ?)",
            (directive_id, problem, text.strip(), contact.strip(), _now()),
        )
        return int(cursor.lastrowid or 0)


def reports(output: Path, state: str = "") -> list[Report]:
    """All reports, or those in one state, oldest first."""
    if state and state not in STATES:
        raise BadReport(f"state: not one of {', '.join(STATES)}")
    if not (output / FILE).exists():
        return []
    with _open(output) as connection:
        rows = connection.execute("SELECT * FROM reports WHERE ? IN ('', state) ORDER BY id", (state,))
        return [Report(*row) for row in rows]


def accept(output: Path, number: int, *, field: str = "", value: str = "", note: str = "") -> Report:
    """Decide that the report is right: the record goes, or with `field` that field gets `value` (lists: commas between)."""
    if field:
        _check_correction(field, value)
    return _decide(output, number, "accepted", "correct" if field else "remove", field, value, note)


def reject(output: Path, number: int, *, note: str = "") -> Report:
    """Decide that the record stays as it is."""
    return _decide(output, number, "rejected", "", "", "", note)


def decisions(output: Path) -> dict[str, list[Report]]:
    """What the next index applies, by record."""
    found: dict[str, list[Report]] = {}
    for report in reports(output):
        if report.state in ("accepted", "applied") and report.action:
            found.setdefault(report.directive_id, []).append(report)
    return found


def mark_applied(output: Path, numbers: set[int]) -> None:
    """Note that an index applied these decisions."""
    if numbers:
        with _open(output) as connection:
            sql = "UPDATE reports SET state = 'applied', applied_at = ? WHERE id = ? AND state = 'accepted'"
            connection.executemany(sql, [(_now(), number) for number in sorted(numbers)])


def _decide(output: Path, number: int, state: str, action: str, field: str, value: str, note: str) -> Report:
    _check("note", note, MAX_TEXT)
    with _open(output) as connection:
        row = connection.execute("SELECT state FROM reports WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise BadReport(f"there is no report {number}")
        connection.execute(
            "UPDATE reports SET state = ?, action = ?, field = ?, value = ?, note = ?, decided_at = ?, applied_at = NULL"
            " WHERE id = ?",
            (state, action, field, value, note, _now(), number),
        )
        return Report(*connection.execute("SELECT * FROM reports WHERE id = ?", (number,)).fetchone())


def _check(name: str, value: str, longest: int) -> None:
    if len(value) > longest:
        raise BadReport(f"{name}: longer than {longest} characters")
    if any(0xD800 <= ord(c) <= 0xDFFF for c in value):
        raise BadReport(f"{name}: not valid Unicode")


def _check_correction(field: str, value: str) -> None:
    if field not in FIELDS:
        raise BadReport(f"field: not one of {', '.join(FIELDS)}")
    _check("value", value, MAX_TEXT)
    if field == "kind" and value not in KINDS:
        raise BadReport(f"kind: not one of {', '.join(KINDS)}")
    if field == "deadline_date" and value:
        try:
            dt.date.fromisoformat(value)
        except ValueError as error:
            raise BadReport("deadline_date: not a date like 2024-06-30") from error


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


@contextmanager
def _open(output: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(output / FILE, timeout=10)) as connection:
        connection.executescript(SCHEMA.read_text(encoding="utf-8"))
        with connection:
            yield connection
