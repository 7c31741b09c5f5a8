"""Headings of promises and orders not to do something."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from search.build import build
from search.find import find
from search.negation import negation
from search.query import Query
from search.sqlite import open_index
from tests.search.made import Words, directive, write

PROMISE = "Bupati Ani Wijaya memastikan pihaknya tidak akan menghapus tunjangan guru honorer."


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("Ia memastikan tidak akan ", "tidak akan"),
        ("Wali Kota tak segan-segan\n", "tak segan-segan"),
        ("“Kami tidak akan pernah mau ", "tidak akan pernah mau"),
        ("Bupati memastikan warga yang tidak hadir akan ", ""),
        ("Kalau tidak, kami akan ", ""),
        ("Ia menegaskan akan ", ""),
        ("", ""),
    ],
)
def test_only_what_negates_the_act_itself_counts(before: str, found: str) -> None:
    assert negation("commitment", f"{before}menindak", len(before)) == found


def test_a_prohibition_says_it_by_its_kind() -> None:
    assert negation("prohibition", "Warga tidak boleh membakar sampah", len("Warga tidak boleh ")) == ""


def test_a_promise_not_to_act_is_headed_as_one(tmp_path: Path) -> None:
    act = "menghapus tunjangan guru honorer"
    start = 7 + PROMISE.index(act)
    changes = {"evidence": PROMISE, "evidence_end": 7 + len(PROMISE), "action_start": start, "action_end": start + len(act)}
    row = directive(1) | changes | {"action": act, "cue": "tidak akan", "kind": "commitment", "quantities": []}
    build(write(tmp_path / "data", [row]), Words())
    with closing(open_index(tmp_path / "data")) as index:
        (hit,) = find(index, Query(text="tunjangan")).hits
    assert (hit.heading, hit.action) == (f"tidak akan {act}", act)
