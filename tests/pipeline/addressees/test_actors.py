"""Addressees as the guideline writes them."""

from __future__ import annotations

import pytest

from arahan.types import Span
from models.runtime.decode import Mention
from pipeline.addressees.actors import addressees, carries_on, earlier, groups


def marked(text: str, *phrases: str) -> list[Mention]:
    return [Mention(Span(text.index(p), text.index(p) + len(p)), 0.9) for p in phrases]


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
        ("Dinas Pangan dan Pertanian bersama para camat", ("Dinas Pangan dan Pertanian", "camat")),
        ("TPID kabupaten dan kota", ("TPID kabupaten dan kota",)),
        ("yang belum punya rumah dan menumpang", ("yang belum punya rumah dan menumpang",)),
        ("operator desa paling lambat Senin", ("operator desa",)),
        ("petugas kita, baik dari TNI maupun Polri", ("TNI", "Polri")),
    ],
)
def test_quantifiers_and_pronouns_go_and_coordinations_split(phrase: str, expected: tuple[str, ...]) -> None:
    text = f"Bupati meminta {phrase} hadir di balai desa."
    assert addressees(text, marked(text, phrase), Span(0, len(text))) == expected


def test_those_in_the_evidence_go_before_an_earlier_mention() -> None:
    text = "Di depan petani, bupati bicara. Ia meminta penyuluh turun ke sawah."
    assert addressees(text, marked(text, "petani", "penyuluh"), Span(32, len(text))) == ("penyuluh",)


def test_the_nearest_earlier_mention_counts_when_the_evidence_names_nobody() -> None:
    text = "Ia menyapa pedagang. Lalu kepada nelayan ia bicara. Jangan melaut dulu."
    evidence, act = Span(52, len(text)), Span(text.index("melaut"), len(text) - 1)
    assert addressees(text, marked(text, "pedagang", "nelayan"), evidence) == ()
    assert earlier(text, marked(text, "pedagang", "nelayan"), evidence, act, "instruction") == ("nelayan",)
    assert earlier(text, marked(text, "pedagang", "nelayan"), evidence, act, "commitment") == ()


@pytest.mark.parametrize("act", ["terjadi banjir", "ada pungutan", "sosialisasi aturan itu"])
def test_a_state_or_a_thing_is_told_to_nobody_before_it(act: str) -> None:
    text = f"Ia menyapa nelayan. Ia ingin {act}."
    evidence, span = Span(20, len(text)), Span(text.index(act), len(text) - 1)
    assert earlier(text, marked(text, "nelayan"), evidence, span, "instruction") == ()
    assert not carries_on(text, Span(0, 19), evidence, span, "ingin")


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("Semua pihak menahan diri.", "pihak", ("Semua pihak",)),
        ("Hari ini elemen masyarakat turun.", "masyarakat", ("elemen masyarakat",)),
        ("Tadi anak-anak berlari.", "anak", ("anak-anak",)),
        ("Di sana sumber daya alam melimpah.", "sumber daya alam", ()),
        ("Atas ajakan anggota dewan, rapat ditunda.", "anggota dewan", ()),
    ],
)
def test_marks_are_made_whole_and_those_on_nobody_dropped(text: str, mark: str, expected: tuple[str, ...]) -> None:
    marks = [Mention(Span(text.index(mark), text.index(mark) + len(mark)), 0.6)]
    assert addressees(text, marks, Span(0, len(text))) == expected


def test_a_mark_on_anything_counts_where_the_model_is_sure() -> None:
    text = "Di sana rombongan itu berhenti."
    assert addressees(text, [Mention(Span(8, 17), 0.5)], Span(0, len(text))) == ()
    assert addressees(text, [Mention(Span(8, 17), 0.9)], Span(0, len(text))) == ("rombongan",)


def test_a_mention_after_the_evidence_is_no_addressee() -> None:
    text = "Jangan melaut dulu. Nelayan mengangguk."
    assert addressees(text, marked(text, "Nelayan"), Span(0, 19)) == ()


def test_groups_are_known_and_each_once() -> None:
    assert groups(("camat", "Camat Tirta", "lurah")) == ("camat", "lurah")


@pytest.mark.parametrize(
    ("between", "sentence", "act", "cue", "told"),
    [
        (" ", "Tolong bersihkan selokan.", "bersihkan", "Tolong", True),
        ("\n", "Segera bersihkan selokan.", "bersihkan", "Segera", True),
        (" Pasar itu ramai. ", "Jangan buang sampah di sungai.", "buang", "Jangan", True),
        (" Pasar itu ramai. ", "Segera bersihkan selokan.", "bersihkan", "Segera", False),
        (" ", "Selokan harus dibersihkan.", "dibersihkan", "harus", False),
        (" Pasar itu ramai. ", "Mereka harus menutup lapak.", "menutup", "harus", True),
    ],
)
def test_those_told_before_are_told_what_follows(between: str, sentence: str, act: str, cue: str, told: bool) -> None:
    first = "Bupati meminta camat turun ke lapangan."
    text = f"{first}{between}{sentence}"
    evidence, start = Span(len(first) + len(between), len(text)), text.index(act)
    assert carries_on(text, Span(0, len(first)), evidence, Span(start, start + len(act)), cue) is told


def test_two_marks_on_one_office_are_one_addressee() -> None:
    text = "Bagian Pengadaan Barang dan Jasa hadir."
    assert addressees(text, marked(text, "Bagian Pengadaan Barang", "Jasa"), Span(0, len(text))) == (
        "Bagian Pengadaan Barang dan Jasa",
    )


def test_a_mark_that_holds_the_quotation_mark_counts_without_it() -> None:
    text = "“Anak-anak, cuci tangan dulu.”"
    assert addressees(text, [Mention(Span(0, 10), 0.6)], Span(0, len(text))) == ("Anak-anak",)


def test_a_commitment_is_told_to_nobody() -> None:
    text = "Kebutuhan makan akan ditanggung desa."
    assert addressees(text, marked(text, "desa"), Span(0, len(text)), kind="commitment") == ()
