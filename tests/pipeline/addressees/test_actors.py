"""Addressees as the guideline writes them."""

from __future__ import annotations

import pytest

from pipeline.addressees.actors import each_once, groups
from pipeline.addressees.coordination import names_in


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("para camat dan lurah", ("camat", "lurah")),
        ("seluruh kepala desa, bidan serta guru", ("kepala desa", "bidan", "guru")),
        ("Dinas Pendidikan dan Kebudayaan Tirta Raya", ("Dinas Pendidikan dan Kebudayaan Tirta Raya",)),
        ("semua pihak", ("semua pihak",)),
        ("kita", ()),
        ("kita semua", ()),
        ("masyarakat", ("masyarakat",)),
        ("para kepala Organisasi Perangkat Daerah (OPD)", ("kepala Organisasi Perangkat Daerah",)),
        ("seorang ASN", ("ASN",)),
        ("sejumlah lurah di Tirta yang hadir pada rapat itu", ("lurah di Tirta",)),
        ("warga yang belum divaksin", ("warga yang belum divaksin",)),
        ("pihak PT Tirta Abadi melalui kerja sama ini", ("PT Tirta Abadi",)),
        ("pelaku industri dalam negeri", ("pelaku industri dalam negeri",)),
        ("OPD yang", ("OPD",)),
        ("para camat untuk", ("camat",)),
        ("dinas terkait, terutama camat", ("dinas terkait", "camat")),
        ("Dinas Koperasi dan UKM", ("Dinas Koperasi dan UKM",)),
        ("Kepala Dinas Pertanian dan Ketahanan Pangan Provinsi", ("Kepala Dinas Pertanian dan Ketahanan Pangan Provinsi",)),
        ("Kadis Perpustakaan dan Kearsipan Kota Bima", ("Kadis Perpustakaan dan Kearsipan Kota Bima",)),
        ("Badan Pajak dan Retribusi Daerah", ("Badan Pajak dan Retribusi Daerah",)),
        (
            "Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak",
            ("Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak",),
        ),
        ("Dinas Pertanian dan Perum Bulog", ("Dinas Pertanian", "Perum Bulog")),
        ("Dinas Kominfo dan Bagian Prokopim", ("Dinas Kominfo", "Bagian Prokopim")),
        ("Dinas Pangan dan Pertanian bersama para camat", ("Dinas Pangan dan Pertanian", "camat")),
        ("TPID kabupaten dan kota", ("TPID kabupaten dan kota",)),
        ("yang belum punya rumah dan menumpang", ("yang belum punya rumah dan menumpang",)),
        ("operator desa paling lambat Senin", ("operator desa",)),
        ("petugas kita, baik dari TNI maupun Polri", ("TNI", "Polri")),
        ("bupati/wali kota", ("bupati", "wali kota")),
        ("pemerintah kabupaten/kota", ("pemerintah kabupaten/kota",)),
        ("Puskesmas koordinasi dengan camat", ("Puskesmas",)),
        ("kepala sekolah itu catat dulu", ("kepala sekolah",)),
        ("Juru parkir, siapkan karcis", ("Juru parkir",)),
        ("kapal yang masih berlayar", ("kapal yang masih berlayar",)),
        ("Yang paling mendesak sekarang adalah membuka jalan", ()),
    ],
)
def test_quantifiers_and_pronouns_go_and_coordinations_split(phrase: str, expected: tuple[str, ...]) -> None:
    assert tuple(names_in(phrase)) == expected


def test_of_those_named_twice_the_first_stays() -> None:
    assert each_once(["camat", "lurah", "Camat"]) == ("camat", "lurah")


def test_groups_are_known_and_each_once() -> None:
    assert groups(("camat", "Camat Tirta", "lurah")) == ("camat", "lurah")
