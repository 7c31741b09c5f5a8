"""The parts of the page that are pure: marks, languages, charts, limits, staleness."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from search.results import Mark
from search.web import shapes, tiles
from search.web.language import language
from search.web.limits import RateLimit
from search.web.links import Links
from search.web.marks import ORDER, labels, pieces, plain
from search.web.serve import stale
from tests.search.web import made

MARKS = st.lists(st.builds(Mark, st.integers(-2, 40), st.integers(-2, 40), st.sampled_from([*ORDER, "other"])), max_size=8)


@given(st.text(max_size=36), MARKS)
def test_marks_never_change_the_text(text: str, marks: list[Mark]) -> None:
    tree = pieces(text, marks)
    assert plain(tree) == text
    assert labels(tree) == {mark.label for mark in marks if 0 <= mark.start < mark.end <= len(text) and mark.label in ORDER}


def test_marks_that_cross_are_cut_and_begin_once() -> None:
    tree = pieces("abcdef", [Mark(0, 4, "action"), Mark(2, 6, "quantity")])
    assert [(piece.label, piece.first, plain(piece.inside)) for piece in tree] == [
        ("action", True, "abcd"),
        ("quantity", False, "ef"),
    ]
    assert [(piece.label, piece.first) for piece in tree[0].inside] == [("", True), ("quantity", True)]


def test_numbers_and_dates_in_both_languages() -> None:
    one, other = language("id"), language("en")
    assert (one.quantity(2.5e9, "IDR"), other.quantity(2.5e9, "IDR")) == ("Rp2.500.000.000", "Rp2,500,000,000")
    assert (one.number(1234.5, 2), other.number(1234.5, 2)) == ("1.234,5", "1,234.5")
    assert (one.partial("2021"), one.partial("2021-06"), one.partial("2021-06-30")) == ("2021", "Juni 2021", "30 Juni 2021")
    assert other.date(dt.date(2021, 8, 17)) == "17 August 2021"
    assert one.partial("2021-99") == "2021-99"
    assert (one.short(999), one.short(1_234), other.short(45_678)) == ("999", "1,2 rb", "46k")
    assert one.confidence(0.771) == "sedang (77\u00a0%)"


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=20))
def test_bars_are_as_long_as_their_counts(counts: list[int]) -> None:
    chart = shapes.columns([(str(number), count, "") for number, count in enumerate(counts)])
    assert chart.ticks[-1][1] >= max(counts)
    scale = {bar.count: bar.height for bar in chart.bars}
    top = max(counts)
    for count, height in scale.items():
        assert abs(height - scale[top] * count / max(1, top)) < 1e-6
        assert 0 <= height <= chart.height


def test_a_flow_gives_every_count_its_width() -> None:
    table = {("a", "x"): 3, ("a", "y"): 1, ("b", "x"): 2}
    flow = shapes.flow(table, ["a", "b"], ["x", "y"])
    assert [(node.label, node.count) for node in flow.left] == [("a", 4), ("b", 2)]
    assert [(node.label, node.count) for node in flow.right] == [("x", 5), ("y", 1)]
    assert sum(node.height for node in flow.left) == sum(node.height for node in flow.right)
    assert len(flow.bands) == 3


def test_no_two_provinces_share_a_tile() -> None:
    found = tiles.tiles({"53": 9, "31": 1})
    assert len({(tile.x, tile.y) for tile in found}) == len(found) == 38
    assert {tile.province.code: tile.shade for tile in found if tile.shade} == {"31": 1, "53": 3}


def test_a_limit_forgets_in_time() -> None:
    now = [0.0]
    limit = RateLimit(2, 3, 10.0, clock=lambda: now[0])
    assert [limit.allows("a"), limit.allows("a"), limit.allows("a")] == [True, True, False]
    assert [limit.allows("b"), limit.allows("c")] == [True, False]
    now[0] = 11.0
    assert limit.allows("c")


def test_links_quote_what_is_put_in() -> None:
    links = Links("en", "https://a.example")
    assert links.to("pejabat", "a/b?c#d") == "/en/pejabat/a%2Fb%3Fc%23d"
    assert links.directive("x") == "https://a.example/arahan/x"


def test_an_index_is_stale_when_the_dataset_is_newer(tmp_path: Path) -> None:
    data = made.write(tmp_path / "data", made.rows(2))
    assert not stale(data)
    file = next((data / "directives").rglob("*.parquet"))
    later = (data / "search.sqlite").stat().st_mtime + 5
    os.utime(file, (later, later))
    assert stale(data)
    (data / "search.sqlite").unlink()
    assert stale(data)
