"""What a run found, as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from arahan.types import Rejected
from pipeline.jobs.run import Outcome
from pipeline.output.load import load
from pipeline.output.schema import DIRECTIVES

TOP = 10
REASONS = 5


def show(console: Console, output: Path, outcome: Outcome) -> None:
    """Print counts, directives by kind, sector and issuer, where the files are, and what was rejected."""
    frame = load(output, DIRECTIVES, ["kind", "sectors", "issuer_name", "issuer_role"]).to_pandas()
    console.print(_grid("Directives", [_by_kind(frame), _by_sector(frame), _by_issuer(frame)]))
    console.print(_headline(outcome), highlight=False)
    for name, count in outcome.rows.items():
        console.print(Text(f"  {output / name}/  {count} rows"), soft_wrap=True)
    if outcome.saved:
        note = f"The articles/ that stood there were not this run's input; they are kept in {outcome.saved}/"
        console.print(Text(note), soft_wrap=True)
    for name, count in sorted(outcome.notes.items()):
        console.print(Text(_noted(name, count)), soft_wrap=True)
    show_rejected(console, output, outcome.rejected)


def show_rejected(console: Console, output: Path, rejected: Sequence[Rejected]) -> None:
    """The first few rejected records with their reasons, and where the rest is."""
    if not rejected:
        return
    console.print(Text(f"{len(rejected)} rejected, all in {output / 'rejected.jsonl'}:"), soft_wrap=True)
    for record in rejected[:REASONS]:
        console.print(Text(f"  record {record.record} {record.id or '(no id)'}: {record.reason[:120]}"), soft_wrap=True)
    if len(rejected) > REASONS:
        console.print(f"  ... and {len(rejected) - REASONS} more")


def _noted(name: str, count: int) -> str:
    """What was put right without rejecting a record, in words."""
    if name == "unknown_date":
        return f"{count} records have a date that is not like 2021-06-30; they count as undated"
    if name == "lone_surrogates":
        return f"{count} broken characters (lone surrogates) were replaced"
    return f"{count} records have no string as {name.removeprefix('unusable_')}; it counts as empty"


def _headline(outcome: Outcome) -> str:
    counts = outcome.counts
    if not counts.get("articles") and not outcome.rejected:
        return "The input holds no articles; the dataset is empty:"
    reused = f" ({counts['reused']} from an earlier run)" if counts.get("reused") else ""
    return f"{counts.get('articles', 0)} articles{reused}, {outcome.rows['directives']} directives. Written to:"


def _by_kind(frame: pd.DataFrame) -> tuple[str, Iterable[tuple[str, int]]]:
    return "kind", _top(frame["kind"].astype("str"))


def _by_sector(frame: pd.DataFrame) -> tuple[str, Iterable[tuple[str, int]]]:
    return "sector", _top(frame["sectors"].explode().dropna().astype("str"))


def _by_issuer(frame: pd.DataFrame) -> tuple[str, Iterable[tuple[str, int]]]:
    issuers = [
        ", ".join(filter(None, pair)) or "(unknown)" for pair in zip(frame["issuer_name"], frame["issuer_role"], strict=True)
    ]
    return "issuer", _top(pd.Series(issuers, dtype="str"))


def _top(values: pd.Series[str]) -> list[tuple[str, int]]:
    """The commonest values with their counts; equal counts in the order of the alphabet."""
    counts = [(str(value), int(count)) for value, count in values.value_counts().items() if count]
    return sorted(counts, key=lambda item: (-item[1], item[0]))[:TOP]


def _grid(title: str, columns: Sequence[tuple[str, Iterable[tuple[str, int]]]]) -> Grid:
    """Columns side by side, each with its counts."""
    grid = Grid(title=title, title_justify="left")
    for name, _ in columns:
        grid.add_column(f"by {name}", overflow="fold")
        grid.add_column("", justify="right")
    for row in zip_longest(*(values for _, values in columns), fillvalue=("", "")):
        grid.add_row(*(Text(str(cell)) for pair in row for cell in pair))
    return grid
