from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from arahan.errors import StateUnreadable
from scrapers.store.state import State
from scrapers.types import ArchiveRef, Remembered

KNOWN = Remembered('"a"', "", ArchiveRef("arahan-000001.warc.gz", 12))


def test_a_validator_is_remembered_across_runs(tmp_path: Path) -> None:
    with State(tmp_path / "s") as state:
        assert state.recall("http://a.test/") is None
        state.remember("http://a.test/", KNOWN)
    with State(tmp_path / "s") as state:
        assert state.recall("http://a.test/") == KNOWN


def test_a_transaction_counts_whole_or_not_at_all(tmp_path: Path) -> None:
    with State(tmp_path / "s") as state:
        with pytest.raises(ZeroDivisionError), state.transaction():
            state.remember("http://a.test/", _broken(state))
        assert state.recall("http://a.test/") is None


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "s") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StateUnreadable, match="version 99"):
        State(tmp_path / "s")


def _broken(state: State) -> Remembered:
    state.remember("http://a.test/", KNOWN)
    raise ZeroDivisionError
