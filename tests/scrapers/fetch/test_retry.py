from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.fetch.retry import Refusal, persistent, retry_after_s
from scrapers.fetch.settings import FetchSettings
from scrapers.types import FetchFailed, Outcome

NOW = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        (" 120 ", 120.0),
        ("9" * 400, 10.0**9),
        ("Fri, 02 Jan 2026 03:05:05 GMT", 60.0),
        ("Friday, 02-Jan-26 03:05:05 GMT", 60.0),
        ("Fri Jan  2 03:05:05 2026", 60.0),
        ("Fri, 02 Jan 2026 10:05:05 +0700", 60.0),
        ("Thu, 01 Jan 2026 00:00:00 GMT", 0.0),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("٣", None),
        ("Fri, 99 Jan 2026 03:05:05 GMT", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after_s(value, NOW) == seconds


@given(st.integers(0, 10**8))
def test_both_forms_say_the_same(seconds: int) -> None:
    date = format_datetime(NOW + dt.timedelta(seconds=seconds), usegmt=True)
    assert retry_after_s(date, NOW) == retry_after_s(str(seconds), NOW) == seconds


@given(st.text() | st.from_regex(r"\w{3}, \d+ \w{3} \d+ \d+:\d+:\d+ [A-Z+0-9-]*", fullmatch=True))
def test_any_header_is_answered(value: str) -> None:
    found = retry_after_s(value, NOW)
    assert found is None or 0 <= found <= 10**9


@pytest.mark.parametrize("outcome", list(Outcome))
def test_only_transient_failures_are_asked_again(outcome: Outcome) -> None:
    asked = 0

    def ask() -> None:
        nonlocal asked
        asked += 1
        raise FetchFailed("http://contoh.example/", outcome, "test")

    with pytest.raises(FetchFailed):
        persistent(ask, FetchSettings(retries=2), [].append)
    assert asked == (3 if outcome in ("rate-limited", "server-error", "timeout", "cut") else 1)


def test_waits_grow() -> None:
    waits: list[float] = []

    def ask() -> None:
        raise Refusal("http://contoh.example/", Outcome.SERVER_ERROR, "HTTP 503", 503, None)

    with pytest.raises(FetchFailed):
        persistent(ask, FetchSettings(retries=5, retry_wait_s=2.0, retry_wait_max_s=20.0), waits.append)
    assert all(least <= wait <= min(least + 2, 20) for least, wait in zip((2, 4, 8, 16, 20), waits, strict=True))
