from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks import figures
from tests.benchmarks.figures import bands, calibration_error, error_by_chance
from tests.benchmarks.readings import at_least
from tests.evaluation import fake_scorer
from tests.evaluation.examples import READING

PAIRS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_bands_hold_records_of_like_confidence() -> None:
    found = bands([0.61, 0.69, 0.15, 1.0], [True, False, False, True])
    assert [(b.low, b.records, b.precision) for b in found] == [(0.1, 1, 0.0), (0.6, 2, 0.5), (0.9, 1, 1.0)]
    assert found[1].confidence == pytest.approx(0.65)


def test_calibration_error_weighs_bands_by_their_records() -> None:
    assert calibration_error(bands([0.9, 0.9, 0.9, 0.1], [True, True, False, False])) == pytest.approx(
        0.75 * abs(0.9 - 2 / 3) + 0.25 * 0.1
    )
    assert calibration_error([]) == 0.0


@given(PAIRS)
def test_calibration_error_is_a_share_and_no_record_is_lost(pairs: list[tuple[float, bool]]) -> None:
    found = bands([p for p, _ in pairs], [hit for _, hit in pairs])
    assert sum(b.records for b in found) == len(pairs)
    assert 0 <= calibration_error(found) <= 1
    assert all(b.low - 1e-9 <= b.confidence <= b.high + 1e-9 for b in found)


def test_few_records_show_an_error_by_chance() -> None:
    few, many = error_by_chance([0.5] * 20, draws=50), error_by_chance([0.5] * 2000, draws=50)
    assert many[0] < few[0] < few[1]


def test_counts_of_articles_add_up_to_the_scorers_figures() -> None:
    each = figures.reading_counts(fake_scorer, READING)
    whole = figures.score(fake_scorer, READING)
    assert figures.summarise(fake_scorer, figures.added(list(each.values()))) == pytest.approx(whole)
    assert whole["detection.precision"] == pytest.approx(2 / 4)
    assert whole["officials.f1"] == pytest.approx(2 / 3)


def test_an_interval_holds_its_figure() -> None:
    each = list(figures.reading_counts(fake_scorer, READING).values()) * 5
    found = figures.intervals(fake_scorer, each, draws=200)
    whole = figures.summarise(fake_scorer, figures.added(each))
    for name, (low, high) in found.items():
        assert low <= whole[name] <= high, name
    assert found["detection.f1"][0] < found["detection.f1"][1]


def test_a_level_leaves_only_sure_records() -> None:
    assert [len(rows) for rows in at_least(READING, 0.5).found.values()] == [2, 0]
