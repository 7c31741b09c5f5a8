"""Apply decisions on reports to the rows of a dataset on their way into the index."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from search.reports import LISTS, Report

Row = dict[str, Any]
_NULLABLE = ("deadline", "deadline_text", "deadline_date")


@dataclass(slots=True)
class Corrections:
    """`decisions` by record; `log` gets what they changed, a row of the table `corrections` each."""

    decisions: dict[str, list[Report]]
    log: list[tuple[int, str, str, str, str | None, str | None]] = field(default_factory=list)

    def applied(self, row: Row) -> Row | None:
        """The row as it goes into the index; None when it is to be removed."""
        for report in self.decisions.get(row["directive_id"], ()):
            if report.action == "remove":
                self.log.append((report.id, report.directive_id, "remove", "", None, None))
                return None
            new = _value(report)
            self.log.append((report.id, report.directive_id, "correct", report.field, row[report.field], new))
            row[report.field] = new
        return row


def _value(report: Report) -> str | None:
    if report.field in LISTS:
        return json.dumps([part.strip() for part in report.value.split(",") if part.strip()], ensure_ascii=False)
    return None if report.field in _NULLABLE and not report.value else report.value
