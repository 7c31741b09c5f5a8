from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import BadQuery
from search.query import FIELDS, MAX_PAGE, MAX_SIZE, SORTS, STATUSES, Query

VALUES = st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30), max_size=4).map(tuple)
DAYS = st.none() | st.dates()
QUERIES = st.builds(
    Query, text=st.text(st.characters(exclude_categories=["Cs"]), max_size=100), kinds=VALUES, sectors=VALUES, officials=VALUES,
    offices=VALUES, regions=VALUES, groups=VALUES, outlets=VALUES, years=st.lists(st.integers(0, 9999), max_size=3).map(tuple),
    since=DAYS, until=DAYS, deadline_from=DAYS, deadline_until=DAYS,
    status=st.sampled_from(STATUSES), sort=st.sampled_from(SORTS), page=st.integers(1, MAX_PAGE), size=st.integers(1, MAX_SIZE),
)  # fmt: skip


@given(QUERIES)
def test_the_url_is_the_query(query: Query) -> None:
    url = urlencode(query.to_params())
    assert Query.from_params(parse_qsl(url, keep_blank_values=True)) == query


@given(st.lists(st.tuples(st.sampled_from([*FIELDS, "other"]), st.text(max_size=1200)), max_size=6))
def test_any_parameters_give_a_query_or_a_named_error(params: list[tuple[str, str]]) -> None:
    try:
        query = Query.from_params(params)
    except BadQuery as refused:
        query, wrong = None, refused.field
    assert wrong in FIELDS if query is None else Query.from_params(query.to_params()) == query


@pytest.mark.parametrize("name", ["page", "size", "year", "since", "sort", "status"])
def test_what_is_wrong_is_named(name: str) -> None:
    with pytest.raises(BadQuery, match=name):
        Query.from_params([(name, "-9x")])
