"""Annotated articles as a dataset folder, to search in: what `arahan extract` would write if it made no mistakes.

Used by the benchmarks of the search; the gold files are not part of the project.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from arahan.tables import ARTICLES, YEAR, Table, write_sorted
from pipeline.output.schema import DIRECTIVES, OFFICIALS

Row = dict[str, Any]


def records(paths: Iterable[Path]) -> Iterator[Row]:
    """Articles with directives."""
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def write_dataset(articles: Iterable[Row], output: Path) -> int:
    """articles/, directives/ and officials/ under `output`; returns the number of directives."""
    found = list(articles)
    directives = [row for article in found for row in directive_rows(article)]
    write_partitioned(ARTICLES, map(article_row, found), output)
    write_partitioned(DIRECTIVES, directives, output)
    people = [row for article in found for row in official_rows(article)]
    write_sorted(OFFICIALS, pa.Table.from_pylist(people, OFFICIALS.full_schema), output / "officials")
    return len(directives)


def write_partitioned(table: Table, rows: Iterable[Row], output: Path) -> None:
    """One file a year."""
    by_year: dict[int, list[Row]] = {}
    for row in rows:
        by_year.setdefault(row[YEAR], []).append(row)
    for year, some in sorted(by_year.items()):
        write_sorted(table, pa.Table.from_pylist(some, table.schema), output / table.name / f"year={year}")


def article_row(article: Row) -> Row:
    """A row of articles/."""
    date, text = _date(article), article["text"]
    return {
        "id": article["id"], "title": article["title"], "text": text, "published": date, "event_date": None,
        "url": article.get("url", ""), "outlet": article.get("outlet", ""), "source_id": "", "region_code": "",
        "fetched_at": None, "content_hash": hashlib.sha256(text.encode()).hexdigest()[:32], "language": "id",
        "year": date.year if date else 0,
    }  # fmt: skip


def directive_rows(article: Row) -> Iterator[Row]:
    """Rows of directives/."""
    text, date = article["text"], _date(article)
    for number, gold in enumerate(article["directives"]):
        start, end = gold["evidence"]
        issuer, deadline, id_ = gold["issuer"], gold["deadline"], f"{article['id']}-{number}"
        yield {
            "directive_id": id_, "article_id": article["id"], "title": article["title"], "url": article.get("url", ""),
            "outlet": article.get("outlet", ""), "published": date, "event_date": None, "kind": gold["kind"],
            "issuer_name": issuer["name"], "issuer_role": issuer["role"], "official_id": _official(issuer["name"]),
            "addressees": [text[slice(*span)] for span in gold["addressees"]], "addressee_groups": [],
            "action": text[slice(*gold["action"])], "action_start": gold["action"][0], "action_end": gold["action"][1],
            "cue": text[slice(*gold["cue"])] if gold["cue"] else "", "evidence": text[start:end], "evidence_start": start,
            "evidence_end": end, "direct_quote": False, "sectors": gold["sectors"],
            "quantities": [{"text": text[slice(*q["span"])], "value": q["value"], "unit": q["unit"]} for q in gold["quantities"]],
            "deadline": deadline["iso"] if deadline else None, "deadline_date": _last_day(deadline["iso"]) if deadline else None,
            "deadline_text": text[slice(*deadline["span"])] if deadline else None, "region_code": "", "region_name": "",
            "confidence": 0.9, "cluster_id": id_, "extractor": "gold", "year": date.year if date else 0,
        }  # fmt: skip


def official_rows(article: Row) -> Iterator[Row]:
    """Rows of officials/."""
    for official in article["officials"]:
        yield {
            "article_id": article["id"], "official_id": _official(official["name"]), "name": official["name"],
            "role": official["role"], "office": "", "region_code": "", "mentions": [],
        }  # fmt: skip


def _official(name: str) -> str:
    return f"o-{hashlib.sha256(name.lower().encode()).hexdigest()[:12]}" if name else ""


def _date(article: Row) -> dt.date | None:
    return dt.date.fromisoformat(article["date"]) if article.get("date") else None


def _last_day(iso: str) -> dt.date:
    """The last day of a year, a month or a day."""
    year, month, day = (*map(int, iso.split("-")), 0, 0)[:3]
    if day:
        return dt.date(year, month, day)
    return dt.date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1) - dt.timedelta(1)
