"""How far a run is: a bar with articles a second and the time left on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Protocol

import pyarrow.parquet as pq
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from pipeline.input.read import PARQUET, numbered_lines, parquet_files

LINE_EVERY_S = 10.0


class Advance(Protocol):
    """Told of articles that are done; `fresh` is False when their work was finished by an earlier run."""

    def __call__(self, articles: int, fresh: bool = True) -> None:
        """Count them."""


class Rate(ProgressColumn):
    """Articles a second since the start."""

    def render(self, task: Task) -> Text:
        """`8.1 articles/s`."""
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f} articles/s", style="progress.data.speed")


def expected_records(source: Path | Literal["-"]) -> int | None:
    """How many records `source` seems to hold, for the bar only; None when it cannot be told beforehand."""
    if source == "-" or not (source.is_dir() or source.is_file()):  # what is read from a pipe here, the reader would lack
        return None
    try:
        if source.is_dir():
            return sum(int(pq.read_metadata(path).num_rows) for path in parquet_files(source))
        with source.open("rb") as file:
            if file.peek(len(PARQUET)).startswith(PARQUET):
                return int(pq.read_metadata(source).num_rows)
            return sum(1 for _, line in numbered_lines(file) if line.strip())
    except Exception:  # the reader will say what is wrong with it
        return None


@contextmanager
def progress(console: Console, total: int | None) -> Iterator[Advance]:
    """Shows how far the run is while the block lasts."""
    if not console.is_terminal:
        yield PlainLines(console, total)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("Reading articles", total=total)
        yield lambda articles, fresh=True: bar.advance(task, articles)  # noqa: ARG005


class PlainLines:
    """A line every LINE_EVERY_S seconds. Work of an earlier run does not count in the speed."""

    def __init__(self, console: Console, total: int | None) -> None:
        self.console, self.total = console, total
        self.done, self.fresh, self.start = 0, 0, time.monotonic()
        self.said = self.start

    def __call__(self, articles: int, fresh: bool = True) -> None:
        """Count them, and say so when it is time."""
        self.done, self.fresh = self.done + articles, self.fresh + articles * fresh
        now = time.monotonic()
        if now - self.said >= LINE_EVERY_S:
            self.said = now
            self.console.print(self.line(now - self.start), highlight=False)

    def line(self, elapsed_s: float) -> str:
        """`120 of 300 articles, 8.1 articles/s, 22 s left`."""
        speed = self.fresh / elapsed_s
        of = f" of {self.total}" if self.total else ""
        left = f", {max(0, self.total - self.done) / speed:.0f} s left" if self.total and speed else ""
        return f"{self.done}{of} articles, {speed:.1f} articles/s{left}"
