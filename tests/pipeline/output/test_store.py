from __future__ import annotations

import datetime as dt
import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from arahan import switch as switching
from arahan.errors import ArahanError, InputNotFound, OutputInUse
from arahan.switch import recover, switch, write_whole
from arahan.types import Article, Extraction, Rejected
from pipeline.output.assemble import assemble
from pipeline.output.load import load
from pipeline.output.schema import ARTICLES, DIRECTIVES, OFFICIALS, TABLES, Table
from pipeline.output.store import open_store
from tests.helpers import REPOSITORY, dataset_bytes, environment
from tests.pipeline.output.test_assemble import ARTICLE, ORDER, extraction

OTHER = extraction(ORDER, article=replace(ARTICLE, id="a0", published=dt.date(2019, 5, 1)))
EMPTY = Extraction(Article("a9", "Tidak ada arahan."), None, "id", (), ())


def publish(output: Path, *batches: list[Extraction], rejected: tuple[Rejected, ...] = (), sure: float = 0.0) -> dict[str, int]:
    """A whole run of the store: batches saved, staged, put in place."""
    with open_store(output) as store:
        for number, batch in enumerate(batches):
            store.checkpoints.save(f"key{number}", assemble(batch, "v1"))
        keys = [f"key{number}" for number in range(len(batches))]
        counts = store.stage(keys, rejected, sure)
        store.commit(keys)
    return counts


def test_a_dataset_reads_back_in_pandas(output: Path) -> None:
    assert publish(output, [extraction(ORDER), EMPTY], [OTHER]) == {"articles": 3, "directives": 2, "officials": 2}
    directives = pd.read_parquet(output / "directives")
    assert directives["year"].astype(int).tolist() == [2019, 2021]
    assert list(directives.columns) == [c.name for c in DIRECTIVES.columns]
    assert sorted(path.name for path in (output / "articles").iterdir()) == ["year=0", "year=2019", "year=2021"]
    assert len(pd.read_parquet(output / "officials")) == 2


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_tables_come_back_with_the_declared_types(output: Path, table: Table) -> None:
    publish(output, [extraction(ORDER), OTHER])
    assert load(output, table).schema.equals(table.full_schema)
    for path in (output / table.name).rglob("*.parquet"):
        assert pq.read_schema(path).remove_metadata().equals(table.schema)


def test_an_empty_dataset_still_reads(output: Path) -> None:
    publish(output)
    assert [len(pd.read_parquet(output / table.name)) for table in TABLES] == [0, 0, 0]
    assert load(output, DIRECTIVES).schema.equals(DIRECTIVES.full_schema)


def test_bytes_do_not_hang_on_the_order_of_the_batches(tmp_path: Path) -> None:
    appeal = extraction(replace(ORDER, kind="appeal"), article=replace(ARTICLE, id="b"))
    publish(tmp_path / "one", [extraction(ORDER), OTHER], [appeal, EMPTY])
    publish(tmp_path / "other", [EMPTY], [appeal], [OTHER], [extraction(ORDER)])
    assert dataset_bytes(tmp_path / "one") == dataset_bytes(tmp_path / "other")


def test_directives_below_the_confidence_are_left_out(output: Path) -> None:
    unsure = replace(ORDER, confidence=0.3)
    counts = publish(output, [extraction(ORDER), extraction(unsure, article=replace(ARTICLE, id="b"))], sure=0.5)
    assert counts == {"articles": 2, "directives": 1, "officials": 2}
    assert load(output, DIRECTIVES)["article_id"].to_pylist() == ["a1"]


def test_rejected_records_stand_in_the_order_of_the_input(output: Path) -> None:
    publish(output, rejected=(Rejected(9, "x", "MissingText", "the record has no text"), Rejected(2, "", "BrokenJson", "é")))
    lines = (output / "rejected.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["record"] for line in lines] == [2, 9]
    assert '"é"' in lines[0]


def test_a_new_dataset_replaces_the_old_one_whole(output: Path) -> None:
    publish(output, [OTHER])
    publish(output, [extraction(ORDER)])
    assert sorted(path.name for path in (output / "directives").iterdir()) == ["year=2021"]
    assert not (output / ".run" / "staging").exists()
    assert [path.name for path in (output / ".run" / "batches").iterdir()] == ["key0"]


def test_other_folders_in_output_stay(output: Path) -> None:
    (output / "raw").mkdir(parents=True)
    (output / "raw" / "page.html").write_text("x")
    publish(output, [OTHER])
    assert (output / "raw" / "page.html").read_text() == "x"


def test_two_runs_cannot_write_the_same_output(output: Path) -> None:
    with open_store(output), pytest.raises(OutputInUse, match="process"), open_store(output):
        pass
    publish(output, [OTHER])  # and the lock is free again


@pytest.mark.parametrize("name", ["articles/notes.txt", "html/index.php", "directives/year=2020/part-0.csv"])
def test_folders_with_other_files_are_never_replaced(output: Path, name: str) -> None:
    (output / name).parent.mkdir(parents=True)
    (output / name).write_text("mine")
    with pytest.raises(ArahanError, match="would be lost"), open_store(output):
        pass


def test_output_must_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ArahanError, match="is a file"), open_store(tmp_path / "file"):
        pass


def test_a_batch_with_failures_is_worth_another_try(output: Path) -> None:
    with open_store(output) as store:
        store.checkpoints.save("bad", assemble([extraction(replace(ORDER, confidence=7.0))], "v1"))
        store.checkpoints.save("good", assemble([OTHER], "v1"))
        assert "good" in store.checkpoints
        assert "bad" not in store.checkpoints
        assert "none" not in store.checkpoints


def test_loading_no_dataset_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound, match="no dataset"):
        load(tmp_path, OFFICIALS)
    (tmp_path / "officials").mkdir()
    (tmp_path / "officials" / "part-0.parquet").write_bytes(b"not parquet")
    with pytest.raises(InputNotFound, match="cannot be read"):
        load(tmp_path, OFFICIALS)


# A kill at any moment. The child kills itself with SIGKILL just before, or just after, the n-th change of names.
CHILD = """
import os, signal, sys
from pathlib import Path
from arahan import switch
from tests.pipeline.output.test_store import NEW, publish
output, moment, count, swap = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
def die(): os.kill(os.getpid(), signal.SIGKILL)
calls, exchange, write = [], switch._exchange, switch.write_whole
def counted(new, old):
    calls.append(new)
    if moment == "before" and len(calls) == count: die()
    exchange(new, old)
    if moment == "after" and len(calls) == count: die()
switch._exchange = counted
if swap == "rename":
    switch._swap = lambda one, other: False
if moment == "between":  # the old one is away, the new one not there yet
    switch._swap = lambda one, other: (other.rename(one.with_name("away")), die())
if moment == "staged":
    switch.write_whole = lambda *_: die()
publish(output, NEW)
"""
NEW = [extraction(ORDER), EMPTY]
OLD = [OTHER]


@pytest.mark.parametrize(
    ("moment", "count", "swap", "left"),
    [
        ("staged", 0, "exchange", "old"),
        ("before", 1, "exchange", "new"),
        ("after", 2, "exchange", "new"),
        ("after", 4, "exchange", "new"),
        ("between", 0, "rename", "new"),
        ("after", 2, "rename", "new"),
    ],
)
def test_a_kill_leaves_all_of_the_old_or_all_of_the_new(tmp_path: Path, moment: str, count: int, swap: str, left: str) -> None:
    publish(tmp_path / "old", OLD)
    publish(tmp_path / "new", NEW)
    publish(tmp_path / "data", OLD)
    command = [sys.executable, "-c", CHILD, str(tmp_path / "data"), moment, str(count), swap]
    child = subprocess.run(command, env=environment(), cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False)
    assert child.returncode == -signal.SIGKILL, child.stderr
    if moment == "staged":
        assert dataset_bytes(tmp_path / "data") == dataset_bytes(tmp_path / "old")
    with open_store(tmp_path / "data"):
        assert dataset_bytes(tmp_path / "data") == dataset_bytes(tmp_path / left)
    assert not (tmp_path / "data" / ".run" / "staging").exists()


def test_switching_works_where_names_cannot_be_swapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switching, "_swap", lambda one, other: False)  # noqa: ARG005
    publish(tmp_path, OLD)
    publish(tmp_path, NEW)
    assert load(tmp_path, ARTICLES).num_rows == 2


def test_recovering_twice_does_nothing_more(tmp_path: Path) -> None:
    staging, journal = tmp_path / "staging", tmp_path / "journal"
    (staging / "table").mkdir(parents=True)
    (staging / "table" / "file").write_text("new")
    switch(staging, tmp_path, ["table"], journal)
    assert not recover(staging, tmp_path, journal)
    assert (tmp_path / "table" / "file").read_text() == "new"
    write_whole(tmp_path / "small", "x")
    assert (tmp_path / "small").read_text() == "x"
