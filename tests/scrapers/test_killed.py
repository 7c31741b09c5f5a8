"""Thirty processes killed at random moments, resumed, and compared with one that nobody disturbed."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from scrapers.demo import RELEASES, running
from scrapers.store.state import FILE
from tests.scrapers.forks import Forks, forks

KILLS = 30
CHANCE = ("fetched_at", "warc_file", "warc_offset")  # what depends on when a run was made


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Path]:
    """Two demo sites on hosts of their own, with hardly any pause between two requests."""
    few = tmp_path / "releases.jsonl"
    few.write_text("".join(RELEASES.read_text(encoding="utf-8").splitlines(keepends=True)[::4]), encoding="utf-8")
    with running(few) as one, running(few) as other:
        text = one.declarations() + other.declarations().replace("[demo-", "[lain-")
        path = tmp_path / "sources.toml"
        path.write_text("\n".join("floor_s = 0.01" if line.startswith("floor_s") else line for line in text.splitlines()))
        yield path


def tables(output: Path) -> list[list[dict[str, object]]]:
    articles = ds.dataset(output / "articles", partitioning="hive").to_table().to_pylist()
    read = [sorted(articles, key=lambda row: row["id"]), pq.read_table(output / "revisions.parquet").to_pylist()]
    return [[{name: value for name, value in row.items() if name not in CHANCE} for row in table] for table in read]


def progress(output: Path) -> int:
    """How many articles the killed process left in the state; -1 when it had not begun one."""
    if not (output / FILE).exists():
        return -1
    with sqlite3.connect(output / FILE) as db:
        return (
            int(db.execute("SELECT count(*) FROM article").fetchone()[0])
            if db.execute("PRAGMA user_version").fetchone()[0]
            else -1
        )


class Pace:
    """When to kill: at a random moment of a run, which takes longer on a busy machine than on an idle one."""

    def __init__(self, draw: random.Random) -> None:
        self.draw, self.usual_s = draw, 0.0

    def whole(self, processes: Forks, *arguments: object) -> int:
        """A run that nobody disturbs; its exit status."""
        began = time.monotonic()
        status = processes.run(*arguments)
        self.usual_s = time.monotonic() - began
        return status

    def moment_s(self) -> float:
        """Seconds after the start. The next one is drawn from a shorter time, because what survives took less than thought."""
        self.usual_s *= 0.99
        return self.draw.uniform(0.0, self.usual_s)


def test_a_run_killed_thirty_times_loses_and_doubles_nothing(registry: Path, tmp_path: Path) -> None:
    with forks() as processes:
        scrape = ("scrape", "--registry", registry, "--allow-loopback", "-o")
        assert processes.run("version") == 0  # everything is imported now
        pace = Pace(random.Random(20260501))
        assert pace.whole(processes, *scrape, tmp_path / "calm") == 0
        expected = tables(tmp_path / "calm")
        assert len(expected[0]) == len(expected[1]) == len({row["id"] for row in expected[0]}) > 15
        reached, kills, number = set[int](), 0, 0
        while kills < KILLS:
            number += 1
            output = tmp_path / f"killed-{number}"
            kills += killed_until_done(processes, (*scrape, output), pace, KILLS - kills, reached, output)
            assert tables(output) == expected
            assert sorted(path.name for path in (output / ".run").iterdir()) == ["lock"]
    assert len(reached) > 5, "the kills hit the same moment again and again"


def killed_until_done(
    processes: Forks, scrape: tuple[object, ...], pace: Pace, most: int, reached: set[int], output: Path
) -> int:
    """Kill and resume until a run survives; the number of kills."""
    kills = 0
    while kills < most:
        status = processes.run(*scrape, kill_after_s=pace.moment_s())
        if status == 0:
            return kills
        assert status == -9
        kills += 1
        reached.add(progress(output))
        if (output / "articles").exists():
            assert len(tables(output)[0]) > 15  # never half a dataset
    assert processes.run(*scrape) == 0
    return kills
