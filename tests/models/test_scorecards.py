from __future__ import annotations

from pathlib import Path

import pytest

from models.training.deadlines import Deadlines, Evidence, same
from models.training.quantities import amounts
from models.training.scorecards import LEAST, Case, learn, write
from pipeline.vocabulary.scorecards import score


def case(names: str, right: bool) -> Case:
    return Case(frozenset(names.split()), right)


def test_points_tell_right_from_wrong_and_rare_features_get_none() -> None:
    card = learn([case("any latest", True), case("any past", False)] * 20 + [case("any once", True)] * (LEAST - 1), 1.0, {})
    assert score(card, ["any", "latest"]) > 0 > score(card, ["any", "past"])
    assert "once" not in card


def test_points_by_hand_stay() -> None:
    assert learn([case("any law", True), case("any", False)] * 20, 1.0, {"law": -3.0})["law"] == -3.0


def test_a_file_keeps_its_comments_and_quotes_commas(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("# Umpama.\nfeature,points\nold,1\n", encoding="utf-8")
    write(path, {"any": -0.5, "lead latest, after": 2.0})
    assert path.read_text(encoding="utf-8").splitlines() == ["# Umpama.", "feature,points", "any,-0.5", '"lead latest, after",2']


def test_the_time_with_most_points_is_the_deadline() -> None:
    evidences = [
        Evidence([case("past", False), case("latest", True)], True),
        Evidence([case("past", False)], False),
        Evidence([], True),
    ]
    assert Deadlines(evidences).counted({"latest": 2.0, "past": -1.0}) == (1, 1, 2)


@pytest.mark.parametrize(
    ("told", "found", "alike"),
    [
        ("2025-12-31", "2025-12-31", True),
        ("2025-12", "2025-12-31", True),
        ("2025-12-30", "2025-12-31", False),
        ("2025", "2025-12", False),
        (None, "2025", False),
    ],
)
def test_dates_agree_at_the_precision_of_months(told: str | None, found: str, alike: bool) -> None:
    assert same(told, found) is alike


def test_of_equal_amounts_the_one_in_the_act_is_the_goal() -> None:
    text = "Setelah 20 rumah rusak, camat diminta membangun 20 rumah baru."
    action = [text.index("membangun"), len(text) - 1]
    goal = {"span": [text.index("20 rumah baru"), len(text) - 1], "value": 20.0, "unit": "rumah"}
    found = amounts([{"text": text, "directives": [{"action": action, "evidence": [0, len(text)], "quantities": [goal]}]}], 1.0)
    assert [c.right for c in found.cases] == [False, True]
    assert found.gold == 1
