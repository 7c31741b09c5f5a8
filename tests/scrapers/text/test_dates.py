"""Dates in every form that Indonesian sites show."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.text.dates import read_date, read_datetime, zone_of

WIB = zone_of("Asia/Jakarta")
NOW = dt.datetime(2021, 1, 12, 3, tzinfo=dt.UTC)
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Senin, 11 Januari 2021", "2021-01-11"),
        ("Senin, 11 Januari 2021 | 14:30 WIB", "2021-01-11T14:30:00+07:00"),
        ("11/01/2021 14:30 WIB", "2021-01-11T14:30:00+07:00"),
        ("Jumat 8 Peb 2019 - 09.15 WITA", "2019-02-08T09:15:00+08:00"),
        ("20 Desember 2020, 13:00 WIT", "2020-12-20T13:00:00+09:00"),
        ("Rabu, 05 Mei 2021 / pukul 10.20", "2021-05-05T10:20:00+07:00"),
        ("2021-01-11T14:30:00+07:00", "2021-01-11T14:30:00+07:00"),
        ("2021-01-11T07:30:00.123Z", "2021-01-11T07:30:00+00:00"),
        ("2021-01-11 14:30:00", "2021-01-11T14:30:00+07:00"),
        ("2020-12-20T13:00:00+0000", "2020-12-20T13:00:00+00:00"),
        ("Mon, 11 Jan 2021 07:30:00 +0000", "2021-01-11T07:30:00+00:00"),
        ("Mon, 11 Jan 2021 07:30:00 EST", "2021-01-11T07:30:00-05:00"),
        ("Sel, 12 Jan 2021 10:00:00 +0800", "2021-01-12T10:00:00+08:00"),
        ("11 Jan 2021", "2021-01-11"),
        ("January 11, 2021 2:30 pm", "2021-01-11T14:30:00+07:00"),
        ("Diposting pada Agustus 17, 2020 oleh admin", "2020-08-17"),
        ("11-01-21", "2021-01-11"),
        ("12Nopember2020", "2020-11-12"),
        ("Kamis, 7 Jan 2021 14:05 GMT+7", "2021-01-07T14:05:00+07:00"),
        ("Rabu (7/10/2020)", "2020-10-07"),
        ("2 jam yang lalu", "2021-01-12T08:00:00+07:00"),
        ("3 hari lalu", "2021-01-09"),
        ("5 minutes ago", "2021-01-12T09:55:00+07:00"),
        ("sejam yang lalu", "2021-01-12T09:00:00+07:00"),
        ("Kemarin", "2021-01-11"),
    ],
)
def test_forms(text: str, expected: str) -> None:
    found = read_date(text, WIB, NOW)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021",
        "99/99/2021",
        "30 Februari 2021",
        "Nomor 12 Tahun 2008",
        "1.234.567",
        "pukul 14.30",
        "01/01/1970",
        "10.20.30.40",
        "1 Mei 2031",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read_date(text, WIB, NOW) is None


def test_relative_words_need_a_time_to_count_from() -> None:
    assert read_date("2 jam yang lalu", WIB) is None


def test_only_dates_with_a_time_are_datetimes() -> None:
    assert read_datetime("11 Januari 2021", WIB) is None
    assert str(read_datetime("11 Januari 2021 10:00", zone_of("Asia/Jayapura"))) == "2021-01-11 10:00:00+09:00"


def test_an_unknown_zone_is_wib() -> None:
    assert zone_of("Asia/Atlantis") == zone_of("../etc/passwd") == WIB


@given(st.dates(dt.date(1991, 1, 1), dt.date(2069, 12, 31)), st.times().map(lambda time: time.replace(second=0, microsecond=0)))
def test_every_day_and_minute_is_read_back(day: dt.date, time: dt.time) -> None:
    written = f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"
    assert read_date(written, WIB) == read_date(f"{day:%d/%m/%Y}", WIB) == read_date(day.isoformat(), WIB) == day
    assert read_date(f"{written} pukul {time:%H.%M} WITA", WIB) == dt.datetime.combine(day, time, zone_of("Asia/Makassar"))
    assert read_date(f"{day.isoformat()}T{time:%H:%M}:00Z", WIB) == dt.datetime.combine(day, time, dt.UTC)


@given(st.text() | st.from_regex(r"[0-9/.:\- ]{0,40}(jam|Mei|lalu|WIB|\+)?[0-9:]{0,8}"))
def test_no_text_breaks_it(text: str) -> None:
    found = read_date(text, WIB, NOW)
    assert found is None or isinstance(found, dt.date)
    assert not isinstance(found, dt.datetime) or found.tzinfo is not None
