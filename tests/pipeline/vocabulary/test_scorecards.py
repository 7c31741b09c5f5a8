from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arahan.errors import DataFileError
from pipeline.vocabulary import datafile, scorecards
from pipeline.vocabulary.scorecards import points, score

FILE = "umpama_points.csv"


def card_of(folder: Path, monkeypatch: pytest.MonkeyPatch, rows: str) -> dict[str, float]:
    (folder / FILE).write_text(f"# Umpama.\nfeature,points\n{rows}", encoding="utf-8")
    monkeypatch.setattr(scorecards, "numbered_rows", lambda name, columns: datafile.numbered_rows(name, columns, folder))
    return points.__wrapped__(FILE)


def test_points_by_feature(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = card_of(tmp_path, monkeypatch, 'lead latest,2.5\n"commas 1, after",-0.4\n')
    assert card == {"lead latest": 2.5, "commas 1, after": -0.4}
    assert score(card, ["lead latest", "commas 1, after", "never seen"]) == 2.1


def test_points_that_are_no_number_are_named_with_their_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DataFileError, match=f"{FILE}.*line 4: 'banyak'"):
        card_of(tmp_path, monkeypatch, "any,1\nlead latest,banyak\n")


@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_of_features_does_not_matter(order: list[str]) -> None:
    card = {"a": 0.1, "b": 0.2, "c": 0.3, "d": -0.6}
    assert score(card, order) == 0.0
