from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lokal.rupiah import format_rupiah
from lokal.terbilang import terbilang

from arahan.types import Span
from pipeline.values.goals import goal_quantities, quantities
from pipeline.values.numbers import find_quantities
from pipeline.values.numerals import numerals, read_digits


def found(text: str) -> list[tuple[str, float, str]]:
    return [(amount.span.of(text), amount.value, amount.unit) for amount in find_quantities(text)]


def goals(text: str, action: str) -> list[tuple[float, str]]:
    start = text.index(action)
    return [(a.value, a.unit) for a in goal_quantities(text, Span(start, start + len(action)), Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("membentuk 1000 koperasi digital di kabupaten itu", [("1000 koperasi digital", 1000.0, "koperasi digital")]),
        ("anggaran Rp 2,3 miliar untuk jalan desa", [("Rp 2,3 miliar", 2.3e9, "IDR")]),
        ("dana Rp 34,7 M sudah siap", [("Rp 34,7 M", 34.7e9, "IDR")]),
        ("Rp261.863.176.799,- dari pembiayaan", [("Rp261.863.176.799,-", 261863176799.0, "IDR")]),
        ("sebesar Rp.5.000,-", [("Rp.5.000,-", 5000.0, "IDR")]),
        ("lima miliar rupiah", [("lima miliar rupiah", 5e9, "IDR")]),
        ("US$ 5 miliar", [("US$ 5 miliar", 5e9, "USD")]),
        ("menanam 27 ribu bibit mangrove", [("27 ribu bibit mangrove", 27000.0, "bibit mangrove")]),
        ("serapan 100 persen", [("100 persen", 100.0, "%")]),
        ("naik 5.30%", [("5.30%", 5.3, "%")]),
        ("inflasi 5,475 persen", [("5,475 persen", 5.475, "%")]),
        ("1.000 rumah", [("1.000 rumah", 1000.0, "rumah")]),
        ("1,5 juta ton beras", [("1,5 juta ton", 1.5e6, "ton")]),
        ("seribu pohon", [("seribu pohon", 1000.0, "pohon")]),
        ("dua puluh lima posyandu", [("dua puluh lima posyandu", 25.0, "posyandu")]),
        ("setengah hektare", [("setengah hektare", 0.5, "hektare")]),
        ("tiga perempat warga", [("tiga perempat warga", 0.75, "warga")]),
        ("tujuh koma lima persen", [("tujuh koma lima persen", 7.5, "%")]),
        ("cukup satu paket sembako", [("satu paket sembako", 1.0, "paket sembako")]),
        ("sepanjang 12 km", [("12 km", 12.0, "km")]),
        ("berumur panjang 7.5 tahun", [("7.5 tahun", 7.5, "tahun")]),
        ("350 ribuan unit rumah", [("350 ribuan unit rumah", 350000.0, "unit rumah")]),
        ("1 juta 500 ribu orang", [("1 juta 500 ribu orang", 1.5e6, "orang")]),
        ("1,250,000 doses", [("1,250,000 doses", 1250000.0, "doses")]),
        ("2000 meter pipa", [("2000 meter", 2000.0, "meter")]),
        ("14,5 juta wajib pajak melapor", [("14,5 juta wajib pajak", 14.5e6, "wajib pajak")]),
        ("Rp 256,1 triliun", [("Rp 256,1 triliun", 256100000000000.0, "IDR")]),
        ("70%-nya dibayar", [("70%", 70.0, "%")]),
        ("satu setengah juta bibit", [("satu setengah juta bibit", 1.5e6, "bibit")]),
        ("uang saku lima ratus ribu", [("lima ratus ribu", 500000.0, "")]),
        ("dana Rp 2,5M untuk pasar", [("Rp 2,5M", 2.5e9, "IDR")]),
        ("1 juta lebih bibit kelapa", [("1 juta lebih bibit kelapa", 1e6, "bibit kelapa")]),
        ("seratus lebih rumah rusak", [("seratus lebih rumah rusak", 100.0, "rumah rusak")]),
        ("naik 30 persen lebih tinggi", [("30 persen", 30.0, "%")]),
        ("sekitar 1.000-an rumah", [("1.000-an rumah", 1000.0, "rumah")]),
        ("1.500an pedagang", [("1.500an pedagang", 1500.0, "pedagang")]),
        ("berkurang sepertiga pada 2027", [("sepertiga", pytest.approx(100 / 3), "%")]),
        ("separuhnya dari anggaran", [("separuhnya", 50.0, "%")]),
        ("dua pertiga di antaranya", [("dua pertiga", pytest.approx(200 / 3), "%")]),
        ("1.000.000 (satu juta) pohon", [("1.000.000 (satu juta) pohon", 1e6, "pohon")]),
        ("dua belas (12) kecamatan", [("dua belas (12) kecamatan", 12.0, "kecamatan")]),
        ("Rp 25.000.000,00 (dua puluh lima juta rupiah)", [("Rp 25.000.000,00", 25e6, "IDR")]),
        ("12 kecamatan (12 posko)", [("12 kecamatan", 12.0, "kecamatan"), ("12 posko", 12.0, "posko")]),
        ("mengajar 24 jam pelajaran", [("24 jam pelajaran", 24.0, "jam pelajaran")]),
        ("1.050 guru jadi PPPK", [("1.050 guru", 1050.0, "guru")]),
    ],
)
def test_one_amount(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40-50 persen", [(40.0, "%"), (50.0, "%")]),
        ("2 sampai 3 juta wisatawan", [(2e6, "wisatawan"), (3e6, "wisatawan")]),
        ("dari 800 menjadi 850 hektare", [(800.0, "hektare"), (850.0, "hektare")]),
        ("1.700-4.100 ASN", [(1700.0, "ASN"), (4100.0, "ASN")]),
        ("500 ribu hingga 1 juta orang", [(500000.0, "orang"), (1e6, "orang")]),
        ("antara 500 hingga 1 juta orang", [(500.0, "orang"), (1e6, "orang")]),
        ("1 dari 10 rumah", [(1.0, "rumah"), (10.0, "rumah")]),
        ("tiga camat dan 15 lurah", [(3.0, "camat"), (15.0, "lurah")]),
        ("dua perawat satu posko", [(2.0, "perawat"), (1.0, "posko")]),
        ("bunga 2.50-3.50 persen", [(2.5, "%"), (3.5, "%")]),
        ("Rp 5-10 juta", [(5e6, "IDR"), (1e7, "IDR")]),
        ("Rp1,2 sampai Rp1,5 miliar", [(1.2e9, "IDR"), (1.5e9, "IDR")]),
        ("Rp500.000 - 1.000.000", [(500000.0, "IDR"), (1e6, "IDR")]),
        ("inflasi 2,5±1 persen", [(2.5, "%"), (1.0, "%")]),
        ("3 plus minus 1 persen", [(3.0, "%"), (1.0, "%")]),
        ("20 s.d. 30 unit", [(20.0, "unit"), (30.0, "unit")]),
        ("5 hektare-10 hektare", [(5.0, "hektare"), (10.0, "hektare")]),
    ],
)
def test_ranges_and_pairs_are_two_amounts(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(value, unit) for _, value, unit in found(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "UU Nomor 23 Tahun 2014 pasal 5 ayat 2",
        "Perbup 12/2021 dan surat No. 440/5184/SE",
        "HUT ke-62 kabupaten",
        "peringatan pertama dan kedua",
        "pandemi Covid-19 serta jaringan 5G",
        "Minggu (20/12/2020) dan Rabu, 3 Maret 2021",
        "pada tahun 2024 atau awal 2025",
        "pukul 09.00-11.30 WIB",
        "mulai jam 7 pagi",
        "hubungi 0812 3456 7890 atau 081110138811",
        "RT 03 RW 11 Kelurahan Sukamaju",
        "salah satu desa",
        "Desil 1 hingga 4",
        "protokol 3M",
        "Pilkada serentak 2020",
        "kendaraan roda dua",
        "18-20 dan 23 Desember",
        "tanggal 5, 12 dan 19 Mei 2020",
        "loket buka 06.00-18.00 setiap hari",
        "hubungi +61 450 475 094",
        "dari Km 47 sampai Km 87",
        "call center 112",
        "wajib lapor 1 x 24 jam",
        "jam tujuh kurang seperempat di lapangan",
        "jam setengah delapan pagi",
        "sesuai SKB 3 Menteri",
        "dua ratusan rumah",
        "musik era 90-an",
        "bekerja setengah-setengah",
    ],
)
def test_numbers_that_count_nothing(text: str) -> None:
    assert found(text) == []


def test_list_numbers_are_left_out() -> None:
    assert found("1. Camat mendata warga.\n2. Lurah menyiapkan 40 tenda.") == [("40 tenda", 40.0, "tenda")]


def test_goals_leave_out_durations_frequencies_and_what_a_share_is_taken_of() -> None:
    text = "Bupati menargetkan 30 ribu dari 64 ribu UMKM dibina dua kali selama 3 bulan di empat kecamatan."
    assert goals(text, text[len("Bupati menargetkan ") : -1]) == [(30000.0, "UMKM")]


def test_the_counted_subject_of_a_passive_act_is_a_goal() -> None:
    text = "Sebanyak 1.700-4.100 ASN akan dipindahkan ke kantor baru."
    assert goals(text, "dipindahkan ke kantor baru") == [(1700.0, "ASN"), (4100.0, "ASN")]


@pytest.mark.parametrize(
    ("text", "action", "expected"),
    [
        ("Angka stunting ditargetkan turun dari 19,4 persen menjadi 12 persen.", "turun dari 19,4 persen menjadi 12 persen",
         [(12.0, "%")]),
        ("Antrean akan dipangkas dari 90 jadi 30 nomor sehari.", "dipangkas dari 90 jadi 30 nomor sehari", [(30.0, "nomor")]),
        ("Tanah seluas 7 hektare di Karangsari, kata Wali Kota, siap kami hibahkan untuk puskesmas.",
         "kami hibahkan untuk puskesmas", [(7.0, "hektare")]),
        ("Sebanyak 27 formasi penyuluh akan diisi tahun depan.", "diisi tahun depan", [(27.0, "formasi penyuluh")]),
        ("Bantuan Rp 5 juta akan diberikan kepada para korban.", "diberikan kepada para korban", [(5e6, "IDR")]),
        ("31 desa itu kami panggil besok.", "panggil besok", [(31.0, "desa")]),
        ("Pupuk akan dibagikan kepada petani, sebanyak 12 ton.", "dibagikan kepada petani", [(12.0, "ton")]),
        ("Dinas wajib menjaga rasio dokter 3 per 2.500 penduduk.", "menjaga rasio dokter 3 per 2.500 penduduk", [(3.0, "")]),
        ("Truk dibatasi melintas pada 18-20 dan 23 Desember.", "melintas pada 18-20 dan 23 Desember", []),
        ("Bantuan hanya dibayarkan kepada pekerja bergaji di bawah Rp 4 juta.",
         "dibayarkan kepada pekerja bergaji di bawah Rp 4 juta", []),
    ],
)  # fmt: skip
def test_goals_are_what_is_to_be_reached_wherever_it_stands(text: str, action: str, expected: list[tuple[float, str]]) -> None:
    assert goals(text, action) == expected


def test_background_numbers_outside_the_action_are_no_goals() -> None:
    text = "Realisasi baru mencapai 36 persen, padahal dana Rp 5 miliar tersedia, camat harus mendata ulang warga."
    assert goals(text, "mendata ulang warga") == []


def test_quantities_are_rows_of_the_dataset() -> None:
    text = "Wali Kota berjanji membangun 12 sumur bor senilai Rp 1,2 miliar."
    rows = quantities(text, Span(text.index("membangun"), len(text) - 1), Span(0, len(text)))
    assert [(q.text, q.value, q.unit) for q in rows] == [("12 sumur bor", 12.0, "sumur bor"), ("Rp 1,2 miliar", 1.2e9, "IDR")]


@given(st.integers(0, 10**14))
def test_every_whole_number_in_words_is_read(number: int) -> None:
    text = terbilang(number)
    assert [(n.span, n.value) for n in numerals(text, Span(0, len(text)))] == [(Span(0, len(text)), float(number))]


@given(st.integers(1, 10**13))
def test_grouped_rupiah_is_read(amount: int) -> None:
    text = f"belanja {format_rupiah(amount)} per desa"
    assert [(value, unit) for _, value, unit in found(text)] == [(float(amount), "IDR")]


@given(st.integers(0, 999_999), st.integers(1, 99))
def test_indonesian_marks_are_read(whole: int, hundredths: int) -> None:
    grouped = f"{whole:,}".replace(",", ".")
    assert read_digits(f"{grouped},{hundredths:02d}") == pytest.approx(whole + hundredths / 100)


@given(
    st.integers(1, 999), st.sampled_from([("ribu", 1e3), ("juta", 1e6), ("miliar", 1e9), ("triliun", 1e12)]), st.integers(0, 9)
)
def test_scales_multiply_exactly(whole: int, scale: tuple[str, float], tenth: int) -> None:
    text = f"{whole},{tenth} {scale[0]} ton"
    assert found(text) == [(text, float(f"{whole}.{tenth}e{round(math.log10(scale[1]))}"), "ton")]


@given(st.integers(1, 10**6), st.booleans())
def test_a_number_repeated_in_brackets_is_one_amount(number: int, words_first: bool) -> None:
    written = (terbilang(number), f"{number:,}".replace(",", "."))
    first, second = written if words_first else written[::-1]
    text = f"sebanyak {first} ({second}) bibit mangrove"
    assert [(value, unit) for _, value, unit in found(text)] == [(float(number), "bibit mangrove")]


@given(
    st.integers(1, 99), st.integers(1, 900), st.sampled_from([" juta", " miliar", " ribu"]), st.sampled_from(["-", " hingga "])
)
def test_the_sign_and_the_scale_of_a_range_hold_for_both_ends(low: int, more: int, scale: str, dash: str) -> None:
    text = f"bantuan Rp {low}{dash}{low + more}{scale} per desa"
    factor = {" ribu": 1e3, " juta": 1e6, " miliar": 1e9}[scale]
    assert [(value, unit) for _, value, unit in found(text)] == [(low * factor, "IDR"), ((low + more) * factor, "IDR")]


PIECES = st.sampled_from(
    ["Rp", " ", "1.000", "2,3", "juta", "M", "persen", "%", "-", "(", ")", "satu", "setengah", "puluh", "tahun"]
)
MORE_PIECES = st.sampled_from(
    ["2024", "ke-", "dan", "\n", ",-", "hingga", "dari", "koperasi digital", "0", "12/12", "pasal", "koma"]
)


@given(st.lists(PIECES | MORE_PIECES, max_size=14).map("".join) | st.text(max_size=60))
def test_amounts_lie_in_order_inside_any_text(text: str) -> None:
    amounts = find_quantities(text)
    numbers = [amount.number for amount in amounts]
    assert all(0 <= a.span.start <= a.number.start < a.number.end <= a.span.end <= len(text) for a in amounts)
    assert all(math.isfinite(a.value) and a.value >= 0 for a in amounts)
    assert all(left.end <= right.start for left, right in pairwise(numbers))


@given(st.text(alphabet="0123456789.,", min_size=1, max_size=20))
def test_digits_with_any_marks_are_a_number(written: str) -> None:
    assume(re.fullmatch(r"\d+(?:[.,]\d+)*", written))
    assert read_digits(written) >= 0
