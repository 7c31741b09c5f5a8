"""The model's marks of officials' names: means over pieces, and when they overrule the rules."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arahan.types import Span
from models.runtime.names import NO_MARKS, Belief, NameMarks

MARKS = NameMarks((0, 5, 10, 20), (4, 9, 15, 24), (0.0, 0.8, 1.0, 0.1), (0.9, 0.6, 0.1, 0.9), Belief(least=0.2, sure=0.85))


def test_a_name_has_the_mean_of_its_pieces() -> None:
    assert MARKS.of(Span(5, 15)) == 0.9
    assert MARKS.of(Span(7, 8)) == 0.8
    assert MARKS.of(Span(16, 19)) == 0.0


def test_the_rules_are_overruled_only_by_a_clear_belief() -> None:
    assert MARKS.in_office(True, [Span(20, 24), Span(5, 9)])
    assert not MARKS.in_office(True, [Span(20, 24)])
    assert MARKS.in_office(False, [Span(5, 15)])
    assert not MARKS.in_office(False, [Span(5, 15), Span(20, 24)])


@given(st.booleans(), st.lists(st.integers(0, 90), max_size=3))
def test_without_marks_or_names_the_rules_decide(by_rule: bool, starts: list[int]) -> None:
    assert NO_MARKS.in_office(by_rule, [Span(s, s + 5) for s in starts]) == by_rule
    assert MARKS.in_office(by_rule, []) == by_rule


@given(st.integers(0, 50))
def test_moved_marks_say_the_same_of_the_moved_name(by: int) -> None:
    moved = MARKS.moved(lambda start, end: Span(start + by, end + by))
    assert moved.of(Span(5 + by, 15 + by)) == MARKS.of(Span(5, 15))


def test_the_nearest_role_is_whole_and_not_far() -> None:
    assert MARKS.role_of([Span(10, 15)]) == Span(0, 9)
    assert MARKS.role_of([Span(26, 30)]) == Span(20, 24)
    assert MARKS.role_of([Span(90, 99)]) is None
    assert NO_MARKS.role_of([Span(0, 5)]) is None
