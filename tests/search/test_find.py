from __future__ import annotations

import datetime as dt
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import BadQuery, QueryTooSlow
from search.find import find, get
from search.query import FACETS, Query
from tests.search.made import Words

TODAY = dt.date(2021, 1, 20)
NAUGHTY = (
    '"', "'", '""', '"a', "a\"b'c", "*", "a*", "-", "a OR", "OR", "AND NOT",
    "NEAR(a b, 3)", "evidence:sampah", "{a b}:c", "^sampah",
    "(", ")", "'; DROP TABLE directives; --", "a\0b", "\0", "\u202eabc", "😀 sampah", "﷽", "ａｂｃ", "Ω≈ç√", "\ufeff",
    "%_", "\\", "%",
    "<script>alert(1)</script>", "=1+1", "x" * 1000, "a " * 500, '"a" ' * 200, "٣", "１.０００", "1.2.3.4",
    "\u0301\u0301", "é", "中文 字",
)  # fmt: skip


def ids(index: sqlite3.Connection, **asked: object) -> list[str]:
    return [hit.directive_id for hit in find(index, Query(size=100, **asked), today=TODAY).hits]  # type: ignore[arg-type]


def test_a_stem_finds_all_its_words(index: sqlite3.Connection) -> None:
    found = find(index, Query(text="dibangun", size=100))
    assert {hit.action for hit in found.hits} == {"membangun jembatan gantung", "pembangunan 3 puskesmas"}
    assert found.total == 16
    assert found.how == "stems"


def test_marks_show_who_what_and_the_word_that_was_looked_for(index: sqlite3.Connection) -> None:
    hit = find(index, Query(text="pohon"), today=TODAY).hits[0]
    marked = {(mark.label, hit.evidence[mark.start : mark.end]) for mark in hit.marks}
    expected = {("cue", "meminta"), ("action", hit.action), ("addressee", "warga"), ("quantity", "500"), ("match", "pohon")}
    assert expected | {("issuer", hit.issuer_name)} <= marked
    assert hit.before == "BUKIT, "


def test_meaning_finds_what_words_do_not(index: sqlite3.Connection) -> None:
    assert find(index, Query(text="anak")).total == 0
    found = find(index, Query(text="anak"), embedder=Words())
    assert found.how == "meaning"
    assert "stunting" in found.hits[0].action


def test_another_name_of_the_same_thing_finds_it(index: sqlite3.Connection) -> None:
    assert "stunting" in find(index, Query(text="anak kurang gizi")).hits[0].action


def test_filters_hold_for_meaning_as_well(index: sqlite3.Connection) -> None:
    found = find(index, Query(text="anak kurang gizi", regions=("92",), size=50), embedder=Words())
    assert found.hits
    assert {hit.region_code for hit in found.hits} == {"92"}


def test_a_province_includes_its_regencies(index: sqlite3.Connection) -> None:
    regions = {hit.region_code for hit in find(index, Query(regions=("91",), size=100)).hits}
    assert regions == {"91.01", "91.02"}


@pytest.mark.parametrize("text", ["", "sampah", "jembatan puskesmas"])
@pytest.mark.parametrize("chosen", [{}, {"kinds": ("prohibition",)}, {"regions": ("91",), "years": (2020,)}])
def test_a_facet_counts_what_choosing_its_value_gives(index: sqlite3.Connection, text: str, chosen: dict[str, object]) -> None:
    results = find(index, Query(text=text, **chosen), today=TODAY)  # type: ignore[arg-type]
    for name, param in FACETS.items():
        for value in results.facets[param]:
            one: tuple[object, ...] = (int(value.value) if name == "years" else value.value,)
            asked = Query(text=text, **(chosen | {name: one}))  # type: ignore[arg-type]
            assert find(index, asked, today=TODAY, facets=False).total == value.count, (param, value)


def test_copies_are_one_result(index: sqlite3.Connection) -> None:
    found = find(index, Query(size=100))
    assert found.total == 40
    (lead,) = [hit for hit in found.hits if hit.cluster_id == "c0004"]
    assert (lead.directive_id, lead.copies) == ("d0004", 1)
    assert ids(index, outlets=("Kabar Pandan",)) == ["d0040"]


def test_due_and_past_share_the_deadlines(index: sqlite3.Connection) -> None:
    due, past = ids(index, status="due", sort="deadline"), ids(index, status="past", sort="deadline")
    assert set(due).isdisjoint(past)
    assert len(due) + len(past) == 20
    assert due[0] == "d0019"
    assert past[0] == "d0017"


def test_sorting_and_paging(index: sqlite3.Connection) -> None:
    newest = ids(index, sort="date")
    assert newest == sorted(newest, reverse=True)
    paged = [h.directive_id for n in range(1, 6) for h in find(index, Query(sort="date", page=n, size=9), facets=False).hits]
    assert paged == newest


def test_phrases_and_beginnings(index: sqlite3.Connection) -> None:
    assert ids(index, text='"jembatan gantung"')
    assert not ids(index, text='"gantung jembatan"')
    assert set(ids(index, text="jemb*")) == set(ids(index, text="jembatan"))


def test_where_nothing_has_all_words_some_have_most(index: sqlite3.Connection) -> None:
    found = find(index, Query(text="jembatan gantung antariksa"))
    assert found.relaxed
    assert {hit.action for hit in found.hits} == {"membangun jembatan gantung"}


def test_one_by_its_id(index: sqlite3.Connection) -> None:
    hit = get(index, "d0007")
    assert hit is not None
    assert hit.office == "bupati"
    assert get(index, "' OR 1=1 --") is None


def test_a_query_has_a_time_limit(index: sqlite3.Connection) -> None:
    index.create_function("wait", 0, lambda: 1)
    with pytest.raises(QueryTooSlow):
        find(index, Query(text="sampah tidak sungai ranu baru"), time_limit_s=-1)


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_text_is_only_text(index: sqlite3.Connection, text: str) -> None:
    found = find(index, Query(text=text[:1000]), embedder=Words(), facets=False)
    assert found.total >= 0
    for name in FACETS:
        if name != "years":
            assert find(index, Query(**{name: (text[:200],)}), facets=False).total == 0  # type: ignore[arg-type]


@given(st.text(max_size=300))
def test_no_text_breaks_it(index: sqlite3.Connection, text: str) -> None:
    try:
        query = Query(text=text)
    except BadQuery:
        return
    find(index, query, embedder=Words())


def test_ten_kilobytes_are_refused_by_name() -> None:
    with pytest.raises(BadQuery, match="q: longer"):
        Query(text="a" * 10_000)
