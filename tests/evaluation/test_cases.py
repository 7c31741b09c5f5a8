from __future__ import annotations

import pytest

from arahan.types import Span
from models.training import judge
from tests.benchmarks.baseline import by_cue
from tests.benchmarks.cases import MISSED, SPURIOUS, article_cases, cases, is_release, manner_of
from tests.evaluation import fake_scorer
from tests.evaluation.examples import ARTICLES, FOUND, NEWS, ORDER, QUOTE, READING, TEXT, span


def test_every_record_becomes_one_case() -> None:
    found = cases(fake_scorer, READING)
    assert [(c.right, c.faults, c.sort) for c in found] == [
        (True, (), ""),
        (False, ("kind",), ""),
        (False, (), MISSED[1]),
        (False, (), SPURIOUS[1]),
        (False, (), SPURIOUS[0]),
    ]
    assert sum(c.gold is not None for c in found) == 3
    assert sum(c.predicted is not None for c in found) == 4


def test_a_sentence_without_records_is_missed_as_a_whole() -> None:
    assert [c.sort for c in article_cases(fake_scorer, ARTICLES[0], [])] == [MISSED[0]] * 2


def test_a_second_record_of_a_sentence_can_lack() -> None:
    article = ARTICLES[0] | {"directives": [ARTICLES[0]["directives"][0]] * 2}
    found = list(article_cases(fake_scorer, article, FOUND["a"][:1]))
    assert [c.sort for c in found] == ["", MISSED[2]]


def test_matching_tells_which_prediction_is_right() -> None:
    assert judge.matched(fake_scorer, ARTICLES[1], FOUND["b"]) == [False, False]
    assert judge.matched(fake_scorer, ARTICLES[0], FOUND["a"]) == [True, True]
    assert judge.pairs(fake_scorer, ARTICLES[0], FOUND["a"][::-1]) == [(0, 1), (1, 0)]
    assert judge.pairs(fake_scorer, ARTICLES[0], []) == []


@pytest.mark.parametrize(
    ("text", "evidence", "act", "manner"),
    [
        (TEXT, QUOTE, "bakar sampah", "direct quote"),
        (TEXT, ORDER, "menanam 500 pohon", "indirect speech"),
        (NEWS, "Pemkab akan membuka pasar.", "membuka pasar", "narration"),
    ],
)
def test_how_an_act_is_told(text: str, evidence: str, act: str, manner: str) -> None:
    assert manner_of(text, Span(*span(text, act)), Span(*span(text, evidence))) == manner


def test_offices_are_told_from_newspapers() -> None:
    assert [is_release(article) for article in ARTICLES] == [True, False]


def test_the_lexicon_takes_the_rest_of_the_clause() -> None:
    text = "Ani meminta camat agar menanam pohon, kata warga. Kita harus hadir."
    found = list(by_cue(text, [Span(0, 49), Span(50, len(text))]))
    assert [(f.kind, f.action.of(text), f.evidence.start) for f in found] == [
        ("instruction", "menanam pohon", 0),
        ("instruction", "hadir", 50),
    ]
