from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arahan.types import Article, Kind, Span
from pipeline.values import feasts, periods
from pipeline.values.dates import explicit_dates, find_dates, months, weekdays
from pipeline.values.dates_relative import time_expressions
from pipeline.values.deadlines import find_deadline, resolve_deadline
from pipeline.values.event_date import event_date, reference_date, year_hint

SUNDAY = dt.date(2020, 12, 20)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2069, 12, 31))
MONTH_NAMES = [
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
DAY_NAMES = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


def times(text: str, reference: dt.date | None = SUNDAY, year: int | None = None) -> list[tuple[str, str]]:
    return [(t.span.of(text), t.period.iso) for t in time_expressions(text, Span(0, len(text)), reference, year)]


def deadline(text: str, action: str, kind: Kind | None = None, reference: dt.date | None = SUNDAY) -> str | None:
    start = text.index(action)
    found = find_deadline(text, Span(start, start + len(action)), Span(0, len(text)), reference, kind)
    return found.iso if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minggu (20/12/2020)", [("Minggu (20/12/2020)", "2020-12-20")]),
        ("Selasa (9/2/21)", [("Selasa (9/2/21)", "2021-02-09")]),
        ("Rabu, 3 Maret 2021", [("Rabu, 3 Maret 2021", "2021-03-03")]),
        ("tanggal 1 Nopember 2019 dan 5 Agt 2020", [("tanggal 1 Nopember 2019", "2019-11-01"), ("5 Agt 2020", "2020-08-05")]),
        ("pada Mei 2024", [("Mei 2024", "2024-05")]),
        ("2021-03-04", [("2021-03-04", "2021-03-04")]),
        ("1-20 Februari 2019", [("1-20 Februari 2019", "2019-02-20")]),
        ("tanggal 1 s.d. 10 Juli 2025", [("tanggal 1 s.d. 10 Juli 2025", "2025-07-10")]),
        ("1 Januari (2019)", [("1 Januari (2019)", "2019-01-01")]),
        ("12-05-2020", [("12-05-2020", "2020-05-12")]),
        ("31 Februari 2020, rasio 3/4, UU 39/2008, pukul 09.00, nomor 100/3/2.691", []),
        ("Jumat (13/5)", []),
    ],
)
def test_written_dates(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(span.of(text), iso) for span, iso in find_dates(text)] == expected


@given(
    DAYS,
    st.sampled_from(
        ["{d}/{m}/{y}", "{d:02d}/{m:02d}/{y}", "{d} {name} {y}", "{weekday} ({d}/{m}/{yy:02d})", "{y}-{m:02d}-{d:02d}"]
    ),
)
def test_every_day_is_read_in_every_form(day: dt.date, form: str) -> None:
    names = {"name": MONTH_NAMES[day.month - 1], "weekday": DAY_NAMES[day.weekday()]}
    text = form.format(d=day.day, m=day.month, y=day.year, yy=day.year % 100, **names)
    assert find_dates(f"Rapat {text}, di aula") == [(Span(6, 6 + len(text)), day.isoformat())]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("KOTA LAMUN - Bupati membuka rapat, Minggu (20/12/2020). Besok Senin (21/12/2020) libur.", None, SUNDAY),
        ("ujarnya, Jumat (13/5).", dt.date(2022, 5, 14), dt.date(2022, 5, 13)),
        ("ujarnya, Jumat (13/5).", dt.date(2025, 9, 1), dt.date(2022, 5, 13)),
        ("ujarnya, Kamis (31/12).", dt.date(2021, 1, 2), dt.date(2020, 12, 31)),
        ("Sejak Rabu (1/4/2020) rapat daring, katanya Selasa (13/10/2020).", dt.date(2020, 10, 14), dt.date(2020, 10, 13)),
        ("Rapat digelar Rabu (13/1/2027).", dt.date(2027, 1, 1), None),
        ("kata dia, Senin (2/1/2022).", dt.date(2023, 1, 3), dt.date(2023, 1, 2)),
        ("kata dia, Senin (5/12/2023).", None, None),
        ("Lamun, 3 Maret 2021 - Sekda meninjau pasar.", None, dt.date(2021, 3, 3)),
        ("Camat meminta warga menjaga kebersihan.", dt.date(2021, 3, 3), None),
        ("ujarnya, Jumat (13/5).", None, None),
    ],
)
def test_event_date(text: str, published: dt.date | None, expected: dt.date | None) -> None:
    assert event_date(text, published) == expected


@given(DAYS, st.integers(0, 2500))
def test_event_date_survives_a_late_upload(day: dt.date, late: int) -> None:
    text = f"Bupati menyerahkan bantuan, {DAY_NAMES[day.weekday()]} ({day:%d/%m/%Y})."
    assert event_date(text, day + dt.timedelta(days=late)) == day


@given(DAYS, st.integers(1, 6))
def test_a_date_on_the_wrong_weekday_is_no_event_date(day: dt.date, shift: int) -> None:
    text = f"katanya, {DAY_NAMES[(day.weekday() + shift) % 7]} ({day:%d/%m/%Y})"
    assert day != event_date(text, day)


def test_the_day_of_speaking_is_the_events_or_the_publishers() -> None:
    assert reference_date(Article("a", "katanya, Minggu (20/12/2020)", published=dt.date(2021, 2, 1))) == SUNDAY
    assert reference_date(Article("b", "katanya", published=SUNDAY)) == SUNDAY
    assert year_hint("program 2023 lanjut ke 2023 dan 2024, sesuai UU 1/2022") == 2023
    assert year_hint("tanpa tahun") is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("tahun depan", "2021"),
        ("tahun ini", "2020"),
        ("pada tahun 2022", "2022"),
        ("akhir 2025", "2025-12-31"),
        ("akhir tahun ini", "2020-12-31"),
        ("akhir tahun", "2020-12-31"),
        ("akhir bulan ini", "2020-12-31"),
        ("2021 akhir", "2021-12-31"),
        ("pertengahan Mei 2024", "2024-05"),
        ("bulan depan", "2021-01"),
        ("pekan ini", "2020-12-20"),
        ("minggu depan", "2020-12"),
        ("besok", "2020-12-21"),
        ("dua minggu lagi", "2021-01-03"),
        ("dalam 100 hari", "2021-03-30"),
        ("dalam lima tahun ke depan", "2025"),
        ("kurang dari satu bulan", "2021-01"),
        ("Januari", "2021-01"),
        ("30 Juni", "2021-06-30"),
        ("15 Desember", "2020-12-15"),
        ("triwulan III", "2020-09"),
        ("kuartal I/2019", "2019-03"),
        ("semester I tahun 2021", "2021-06"),
        ("semester II", "2020-12"),
        ("Senin depan", "2020-12-21"),
        ("Rabu mendatang", "2020-12-23"),
        ("Idul Fitri", "2021-05-13"),
        ("H-5 Lebaran", "2021-05-08"),
        ("Lebaran 2025", "2025-03-31"),
        ("Idul Adha", "2021-07-20"),
        ("Natal", "2020-12-25"),
        ("HUT RI", "2021-08-17"),
        ("Ramadan", "2021-04"),
        ("Oktober hingga Desember 2025", "2025-12"),
        ("tahun 2021 dan 2022", "2022"),
        ("2020-2024", "2024"),
        ("sebelum tahun 2025 selesai", "2025-12-31"),
        ("besok, Senin (21/12)", "2020-12-21"),
        ("31 Desember mendatang", "2020-12-31"),
        ("20-25 Januari nanti", "2021-01-25"),
        ("Senin pekan depan", "2020-12-21"),
        ("Rabu minggu depan", "2020-12-23"),
        ("Jumat pekan ini", "2020-12-18"),
        ("Selasa lusa", "2020-12-22"),
        ("semester pertama tahun depan", "2021-06"),
        ("Maret tahun ini", "2020-03"),
        ("akhir Juni tahun depan", "2021-06-30"),
        ("tanggal 5 bulan depan", "2021-01-05"),
        ("kuartal IV-2025", "2025-12"),
        ("Q3 2025", "2025-09"),
        ("dalam 2-3 hari", "2020-12-23"),
        ("dua hingga tiga tahun ke depan", "2023"),
        ("tenggat 60 hari", "2021-02-18"),
        ("selambatnya lima hari kerja", "2020-12-25"),
        ("H-7 sebelum Lebaran", "2021-05-06"),
        ("H+7 Lebaran", "2021-05-20"),
        ("H-7 peringatan HUT ke-76 RI", "2021-08-10"),
        ("Minggu", "2020-12-20"),
        ("hari minggu", "2020-12-20"),
    ],
)
def test_time_expressions_from_a_sunday_in_december_2020(text: str, iso: str) -> None:
    assert [found for _, found in times(f"harus selesai {text}.")] == [iso]


@pytest.mark.parametrize(
    "text",
    ["dua kali per minggu", "setiap minggu", "beberapa minggu", "minggu kedua", "sesi Q2", "30 Februari mendatang"],
)
def test_units_and_names_that_are_no_time(text: str) -> None:
    assert times(f"dikerjakan {text}.") == []


@given(DAYS, st.sampled_from(sorted(MONTH_NAMES)), st.sampled_from(["mendatang", "nanti", "tahun depan"]))
def test_a_day_keeps_its_number_before_what_points_ahead(reference: dt.date, month: str, ahead: str) -> None:
    assert [iso[-3:] for _, iso in times(f"rampung 25 {month} {ahead}.", reference)] == ["-25"]


def test_without_a_day_only_what_the_year_decides_is_read() -> None:
    text = "besok, bulan depan, tahun depan, triwulan II, Maret, 4 April, pekan ini"
    assert times(text, None) == []
    assert times(text, None, 2023) == [
        ("tahun depan", "2024"),
        ("triwulan II", "2023-06"),
        ("Maret", "2023-03"),
        ("4 April", "2023-04-04"),
    ]


@given(DAYS, st.integers(1, 3000))
def test_days_ahead_are_counted(reference: dt.date, days: int) -> None:
    assert [iso for _, iso in times(f"rampung {days} hari lagi", reference)] == [
        (reference + dt.timedelta(days=days)).isoformat()
    ]


PIECES = st.sampled_from(
    ["akhir", "tahun", "bulan", "ini", "depan", "2024", "dalam", "99999", "lagi", "H-", "7", "Lebaran", "hingga"]
)
MORE_PIECES = st.sampled_from(
    ["31/12", "(", ")", "dua puluh", "Senin", "triwulan", "IV", "mendatang", "Mei", "/", "-", ",", "besok", "sebelum"]
)


@given(st.lists(PIECES | MORE_PIECES, max_size=10).map(" ".join) | st.text(max_size=60), st.none() | DAYS)
def test_times_lie_in_order_and_end_within_their_period(text: str, reference: dt.date | None) -> None:
    found = time_expressions(text, Span(0, len(text)), reference, 2024)
    assert all(t.period.last_day.isoformat().startswith(t.period.iso) for t in found)
    assert all(0 <= t.span.start < t.span.end <= len(text) for t in found)
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))


@pytest.mark.parametrize(
    ("text", "action", "iso"),
    [
        ("Gubernur menargetkan 1000 koperasi digital terbentuk tahun depan.", "1000 koperasi digital terbentuk", "2021"),
        ("Bupati meminta camat menyerahkan data paling lambat 31 Desember.", "menyerahkan data", "2020-12-31"),
        ("Kepala dinas harus menuntaskan perbaikan jalan sebelum Lebaran.", "menuntaskan perbaikan jalan", "2021-05-13"),
        ("Jembatan itu akan diselesaikan pada akhir 2021.", "diselesaikan", "2021-12-31"),
        ("Ia memerintahkan tim merampungkan aplikasi dalam 100 hari.", "merampungkan aplikasi", "2021-03-30"),
        ("Stok bibit harus dibagikan pada H-5 Lebaran.", "dibagikan", "2021-05-08"),
        ("Puskesmas itu akan beroperasi pada 2022.", "beroperasi", "2022"),
        ("Camat diberi waktu tiga hari untuk menyerahkan data.", "menyerahkan data", "2020-12-23"),
        ("Besok pagi semua lampu jalan harus sudah menyala.", "menyala", "2020-12-21"),
        ("Semua berkas harus diserahkan nanti hari Rabu.", "diserahkan", "2020-12-23"),
        ("Ia minta laporan itu masuk sebelum tanggal 28.", "laporan itu masuk", "2020-12-28"),
        ("Pagar yang roboh diminta diperbaiki hari itu juga.", "diperbaiki", "2020-12-20"),
        ("THR wajib dibayar paling lambat tujuh hari sebelum Lebaran.", "dibayar", "2021-05-06"),
        ("Bangunan liar harus dibongkar dalam 3 x 24 jam.", "dibongkar", "2020-12-23"),
        ("Dinas diminta menuntaskan tunggakan sebelum tutup tahun.", "menuntaskan tunggakan", "2020-12-31"),
        ("Seluruh honor kader akan dibayarkan akhir bulan.", "dibayarkan", "2020-12-31"),
        (
            "BPBD diminta membuat 40 sekat kanal di lahan gambut dalam sepuluh hari.",
            "membuat 40 sekat kanal di lahan gambut dalam sepuluh hari",
            "2020-12-30",
        ),
    ],
)
def test_a_deadline_is_found(text: str, action: str, iso: str) -> None:
    assert deadline(text, action) == iso


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Bupati meminta OPD mempercepat serapan APBD 2020.", "mempercepat serapan APBD 2020"),
        ('"Jaga netralitas dalam Pemilu 2024," kata Sekda, Minggu (20/12/2020).', "Jaga netralitas dalam Pemilu 2024"),
        ("Warga harus mematuhi UU Nomor 23 Tahun 2014.", "mematuhi UU Nomor 23 Tahun 2014"),
        ("Guru diminta mengajar selama tahun 2020.", "mengajar"),
        ("Sejak 2019 camat diminta mendata warga miskin.", "mendata warga miskin"),
        ("Dalam rapat Senin (14/12/2020) Bupati meminta semua lurah turun ke lapangan.", "turun ke lapangan"),
        ("Camat mengatakan kemarin sudah meminta lurah mendata warga miskin.", "mendata warga miskin"),
        ("Wali Kota mengajak warga menjaga kebersihan.", "menjaga kebersihan"),
        ("Puskesmas wajib menyelidiki wabah dalam 1x24 jam setelah laporan diterima.", "menyelidiki wabah dalam 1x24 jam"),
        ("Camat wajib turun ke desa sekali dalam sebulan.", "turun ke desa sekali dalam sebulan"),
        ("Loket harus menerbitkan izin paling lama tiga hari kerja.", "menerbitkan izin paling lama tiga hari kerja"),
        ("Bidan diminta menimbang balita dua kali per minggu.", "menimbang balita dua kali per minggu"),
        ("Pedagang jangan menimbun beras menjelang Natal.", "menimbun beras menjelang Natal"),
    ],
)
def test_a_time_that_is_no_deadline(text: str, action: str) -> None:
    assert deadline(text, action, "instruction") is None


def test_a_deadline_tells_its_words_and_last_day() -> None:
    text = "Target kami 40 desa mandiri pada tahun 2022."
    found = find_deadline(text, Span(12, 27), Span(0, len(text)), SUNDAY, "target")
    assert found is not None
    assert (found.text, found.iso, found.last_day) == ("tahun 2022", "2022", dt.date(2022, 12, 31))


def test_a_span_known_to_be_a_deadline_is_resolved_to_its_last_time() -> None:
    text = "paling lambat Oktober atau, kalau hujan, Desember mendatang"
    found = resolve_deadline(text, Span(0, len(text)), SUNDAY)
    assert found is not None
    assert (found.text, found.iso) == (text, "2020-12")
    assert resolve_deadline("secepatnya", Span(0, 10), SUNDAY) is None


@given(
    st.dates(dt.date(2003, 1, 1), dt.date(2045, 12, 31)), st.sampled_from(sorted(feasts.feasts()))
)  # Imlek: a holiday from 2003
def test_the_next_feast_is_at_most_a_year_and_some_days_ahead(reference: dt.date, name: str) -> None:
    day = feasts.next_day_of(feasts.feasts()[name], reference)
    assert day is not None
    assert 0 <= (day - reference).days <= 400


@given(DAYS)
def test_periods_end_on_their_last_day(day: dt.date) -> None:
    week, month = periods.week(day), periods.month(day.year, day.month)
    assert month.last_day + dt.timedelta(days=1) == periods.month(day.year, day.month + 1).last_day.replace(day=1)
    assert week.last_day.isoformat().startswith(week.iso)
    assert periods.after(day, 10**9, "tahun") is None
    assert periods.after(day, 1, "windu") is None


def test_vocabulary_covers_the_calendar() -> None:
    assert set(months().values()) == set(range(1, 13))
    assert set(weekdays().values()) == set(range(7))
    assert all(months()[name.lower()] == number for number, name in enumerate(MONTH_NAMES, 1))
    assert [d.weekday for d in explicit_dates("Ahad (20/12/2020), Jum'at (25/12/2020)")] == [6, 4]
