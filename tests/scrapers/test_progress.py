from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from scrapers import progress as module
from scrapers.progress import Watcher, line, progress, table
from scrapers.types import Outcome
from tests.scrapers.site import source


def watched() -> Watcher:
    times = iter([0.0, 10.0, 20.0, 30.0, 60.0, 60.0])
    watcher = Watcher(lambda: next(times))
    watcher.begins("a.test", source("satu"))
    for outcome in (Outcome.FETCHED, Outcome.UNCHANGED, Outcome.TIMEOUT, "absent"):
        watcher.watch("a.test", outcome)
    watcher.begins("b.test", source("dua"))
    watcher.ends("b.test")
    return watcher


def test_a_line_says_how_far_the_run_is() -> None:
    assert line(watched(), 3) == "1 of 3 hosts done, 4 requests: 2 fetched, 1 unchanged, 1 failed (1 timeout)"


def test_the_table_has_a_row_a_host() -> None:
    console = Console(file=StringIO(), width=120)
    console.print(table(watched(), 3))
    rows = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert rows[2].split() == ["a.test", "satu", "4", "2", "1", "1", "4", "1", "timeout"]
    assert rows[3].split() == ["b.test", "done", "0", "0", "0", "0", "0"]


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_shows_the_end_on_any_console(terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINE_EVERY_S", 0.01)
    console = Console(file=StringIO(), width=150, force_terminal=terminal)
    with progress(console, watched(), 3):
        pass
    assert "1 of 3 hosts done" in console.file.getvalue()  # type: ignore[attr-defined]
