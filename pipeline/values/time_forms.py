"""The forms of time expressions ("tahun depan", "triwulan III", "H-5 Lebaran") and how each is read against a reference day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from arahan.types import Span
from pipeline.values import periods
from pipeline.values.dates import any_of, months, weekdays
from pipeline.values.feasts import days_of, feasts, next_day_of
from pipeline.values.numerals import number_words, numerals
from pipeline.values.periods import Period

AHEAD = r"(?:depan|mendatang|berikut(?:nya)?|selanjutnya|yang\s+akan\s+datang|nanti)"
LOWER = rf"(?:(?:\d+|{any_of(dict.fromkeys(number_words()['digit'], 0))})\s*(?:-|–|—|s/d|s\.d\.?|sampai|hingga|atau)\s*)?"
"""The lower end of "2-3 hari", which is ready when the upper one is over."""
NUMBER = rf"{LOWER}(?P<number>\d+(?:[.,]\d+)?|[a-z]+(?:\s+(?:puluh|belas|ratus)(?:\s+[a-z]+)?)?)"
LENGTH = rf"(?:{NUMBER}\s+|\bse)(?P<unit>jam|hari|minggu|pekan|bulan|tahun|dekade)"
MONTHS_IN = {"triwulan": 3, "kuartal": 3, "tw": 3, "q": 3, "semester": 6, "caturwulan": 4}
ORDINAL = r"ke-?\s?\d{1,3}"
LONG_PAST_DAYS = 92
"""A month or date without a year that lies further back is next year's."""
ORDINALS = {
    **{"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4},
    **{"pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "satu": 1, "dua": 2, "tiga": 3, "empat": 4},
}

Reader = Callable[[re.Match[str], dt.date | None], Period | None]


class Form(NamedTuple):
    """`coarse` forms can be read when nothing but the year of the text is known."""

    name: str
    pattern: re.Pattern[str]
    read: Reader
    coarse: bool


@cache
def forms() -> tuple[Form, ...]:
    """Every form, the more particular ones of a name first."""
    unit = r"(?P<unit>hari|minggu|pekan|bulan|triwulan|kuartal|semester|tahun)"
    names = any_of({word: number for word, number in months().items() if len(word) > 3})
    other_year = r"(?!\s+(?:20\d\d|lalu|ini|depan|mendatang|ajaran|anggaran))"
    first_year = r"(?:20\d\d\s*(?:-|–|/|dan|atau|hingga|sampai)\s*)?"
    year = r"(?P<year>20\d\d)"
    feast_names = any_of(dict.fromkeys(feasts(), 0)).replace(r"\ ", rf"\s+(?:{ORDINAL}\s+)?")
    day_of_feast = r"\bH\s?(?P<sign>[-–+])\s?(?P<days>\d{1,2})\s+(?:sebelum\s+)?(?:(?:peringatan|perayaan)\s+)?"
    feast_before = rf"(?:{day_of_feast}|\b{LENGTH}\s+sebelum\s+)?"
    days = any_of({word: number for word, number in weekdays().items() if word != "minggu"})
    weekday = rf"(?P<weekday>{days}|(?<=hari\s)minggu|(?-i:Minggu)(?!\s+(?:ke|pertama|terakhir)))"
    part = r"(?:malam|sore|siang|pagi)"
    no_month = rf"(?![-/.,]?\d|[^.;!?]{{0,14}}\b(?:{names}|mei)\b|\s+lalu)"
    return (
        _form("relative", rf"(?<![\w-]){unit}\s+(?:(?P<ini>ini)|{AHEAD})\b", _relative),
        _form("relative", r"(?<![\w-])(?P<unit>tahun)\s+(?:(?P<ini>ini)|depan|mendatang)\b", _relative, coarse=True),
        _form("relative", rf"\b(?:akhir|pertengahan)\s+tahun{other_year}\b", _this_year, coarse=True),
        _form("relative", rf"\b(?:akhir|pertengahan|penghujung)\s+bulan(?!\s+(?:{names}|mei|lalu|ini|{AHEAD}))\b", _this_month),
        _form("relative", r"\b(?:tutup\s+tahun|tahun\s+(?:anggaran\s+)?(?:tutup|berakhir))\b", _year_end, coarse=True),
        _form("day", rf"\b(?:besok|esok|lusa|{part}\s+ini)\b", _near_day),
        _form("day", rf"\b(?:(?:{part}|hari|saat|detik)\s+(?:ini|itu)|sekarang)\s+juga\b", _near_day),
        _form("day", rf"\b(?:nanti\s+{part}|{part}\s+nanti)\b", _near_day),
        _form("date", rf"\b(?:tanggal|tgl\.?)\s+(?P<day>[1-9]|[12]\d|3[01])\b{no_month}", _day_of_month),
        _form(
            "weekday",
            rf"\b(?:hari\s+)?{weekday}\b(?:\s+(?:pekan|minggu)\s+(?:(?P<this>ini)|(?P<next>{AHEAD}))|\s+(?P<ahead>{AHEAD}|besok|lusa))?",
            _weekday,
        ),
        _form(
            "month",
            rf"(?<!\b\d\s)(?<!\b\d\d\s)\b(?:bulan\s+)?(?P<month>{names}|(?<=bulan\s)mei|(?-i:Mei))\b(?:\s+(?:ini|{AHEAD}))?",
            _month,
            coarse=True,
        ),
        _form("year", rf"(?<![\w/.,-])(?:tahun\s+)?{first_year}{year}(?![\w/]|[.,]\d|-\d)", _year, coarse=True),
        _form(
            "quarter",
            rf"\b(?P<unit>{any_of(MONTHS_IN)})\s+(?:ke-?\s?)?(?P<ordinal>{any_of(ORDINALS)})\b(?:[\s/,-]*(?:tahun\s+)?{year}(?!\d))?",
            _quarter,
            coarse=True,
        ),
        _form("quarter", rf"\b(?P<unit>q)(?P<ordinal>[1-4])[\s/,-]*{year}(?!\d)", _quarter, coarse=True),
        *_durations(),
        _form("feast", rf"{feast_before}\b(?P<feast>{feast_names})\b(?:\s+(?:tahun\s+)?{year})?", _feast),
    )


def coming_year(month: int, day: int | None, reference: dt.date) -> int:
    """The year of a date without one: this year's, or next year's when it is long past."""
    first = dt.date(reference.year, month, min(day or 28, 28))
    return reference.year + (first < reference - dt.timedelta(days=LONG_PAST_DAYS))


def _form(name: str, pattern: str, read: Reader, coarse: bool = False) -> Form:
    return Form(name, re.compile(pattern, re.IGNORECASE), read, coarse)


def _durations() -> list[Form]:
    given = r"(?:dalam\s+(?:(?:jangka\s+|kurun\s+|tempo\s+)?waktu\s+|tempo\s+)?|(?:waktu|tempo|tenggat|kesempatan)\s+)"
    within = rf"{given}(?:kurang\s+dari\s+|maksimal\s+)?"
    latest = r"(?:paling\s+(?:lambat|lama)|selambat(?:-lambat)?nya|maksimal|kurang\s+dari)\s+"
    patterns = (
        rf"\b{LENGTH}\s+(?:lagi|ke\s?depan|mendatang|yang\s+akan\s+datang)\b",
        rf"\b{within}{LENGTH}\b(?!-|\s+pertama)",
        rf"\b{latest}{LENGTH}\b(?!\s+(?:sebelum|setelah|sejak|penjara))",
    )
    whole_days = r"\b(?P<number>\d{1,2}|[a-z]+)\s*(?:x|×|kali)\s*(?:24|dua\s+puluh\s+empat)\s+jam\b"
    return [
        *(_form("duration", pattern, _duration, coarse=True) for pattern in patterns),
        _form("duration", whole_days, _whole_days),
    ]


def _relative(match: re.Match[str], anchor: dt.date | None) -> Period | None:
    if anchor is None:
        return None
    step, unit = (0 if match["ini"] else 1), match["unit"].lower()
    if unit in ("minggu", "pekan") and step == 0:
        return periods.day(anchor + dt.timedelta(days=6 - anchor.weekday()))
    if unit in ("minggu", "pekan"):
        return periods.week(anchor + dt.timedelta(weeks=1))
    if unit in MONTHS_IN:
        width = MONTHS_IN[unit]
        return periods.month(anchor.year, ((anchor.month - 1) // width + 1 + step) * width)
    return periods.after(anchor, step, unit)


def _this_year(_match: re.Match[str], anchor: dt.date | None) -> Period | None:
    return periods.year(anchor.year) if anchor else None


def _this_month(_match: re.Match[str], anchor: dt.date | None) -> Period | None:
    return periods.month(anchor.year, anchor.month) if anchor else None


def _year_end(_match: re.Match[str], anchor: dt.date | None) -> Period | None:
    return periods.end_of(periods.year(anchor.year)) if anchor else None


def _day_of_month(match: re.Match[str], anchor: dt.date | None) -> Period | None:
    """The next day of that number, in this month or the one after."""
    if anchor is None:
        return None
    number = int(match["day"])
    month = anchor.month + (number < anchor.day)
    return periods.day(dt.date(anchor.year + (month > 12), (month - 1) % 12 + 1, number))


def _near_day(match: re.Match[str], anchor: dt.date | None) -> Period | None:
    steps = {"besok": 1, "esok": 1, "lusa": 2}
    return periods.day(anchor + dt.timedelta(days=steps.get(match[0].lower(), 0))) if anchor else None


def _weekday(match: re.Match[str], anchor: dt.date | None) -> Period | None:
    if anchor is None:
        return None
    number = weekdays()[match["weekday"].lower()]
    if match["this"] or match["next"]:
        return periods.day(anchor + dt.timedelta(days=number - anchor.weekday() + (7 if match["next"] else 0)))
    ahead = (number - anchor.weekday()) % 7
    return periods.day(anchor + dt.timedelta(days=ahead or (7 if match["ahead"] else 0)))


def _month(match: re.Match[str], anchor: dt.date | None) -> Period | None:
    number = months()[match["month"].lower()]
    return periods.month(coming_year(number, None, anchor), number) if anchor else None


def _year(match: re.Match[str], _anchor: dt.date | None) -> Period | None:
    return periods.year(int(match["year"]))


def _quarter(match: re.Match[str], anchor: dt.date | None) -> Period | None:
    year = int(match["year"]) if match["year"] else anchor.year if anchor else None
    last = ORDINALS[match["ordinal"].lower()] * MONTHS_IN[match["unit"].lower()]
    return periods.month(year, last) if year and last <= 12 else None


def _count(written: str | None) -> float | None:
    """The number that `written` is as a whole; the "se" of "sebulan", which leaves none, is 1."""
    whole = Span(0, len(written or ""))
    found = (numeral.value for numeral in numerals(written or "", whole) if numeral.span == whole)
    return next(found, None) if written else 1


def _duration(match: re.Match[str], anchor: dt.date | None) -> Period | None:
    count = _count(match["number"])
    return periods.after(anchor, count, match["unit"].lower()) if anchor and count else None


def _whole_days(match: re.Match[str], anchor: dt.date | None) -> Period | None:
    count = _count(match["number"])
    return periods.after(anchor, count, "hari") if anchor and count else None


def _feast(match: re.Match[str], anchor: dt.date | None) -> Period | None:
    feast = feasts()[" ".join(re.sub(rf"\b{ORDINAL}\s", "", match["feast"].lower()).split())]
    if match["year"]:
        day = next(iter(days_of(feast, int(match["year"]))), None)
    else:
        day = next_day_of(feast, anchor) if anchor else None
    if day is None:
        return None
    if match["days"]:
        return periods.day(day + dt.timedelta(days=int(match["days"]) * (1 if match["sign"] == "+" else -1)))
    if match["unit"]:
        count = _count(match["number"])
        return periods.after(day, -count, match["unit"].lower()) if count else None
    return periods.month(day.year, day.month) if feast.precision == "month" else periods.day(day)
