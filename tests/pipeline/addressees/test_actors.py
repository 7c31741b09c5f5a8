"""Addressees as the guideline writes them."""

from __future__ import annotations

import pytest

from arahan.types import Kind, Span
from pipeline.addressees.actors import addressees, groups
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
        ("Dinas Pangan dan Pertanian bersama para camat", ("Dinas Pangan dan Pertanian", "camat")),
        ("TPID kabupaten dan kota", ("TPID kabupaten dan kota",)),
        ("yang belum punya rumah dan menumpang", ("yang belum punya rumah dan menumpang",)),
        ("operator desa paling lambat Senin", ("operator desa",)),
        ("petugas kita, baik dari TNI maupun Polri", ("TNI", "Polri")),
    ],
)
def test_quantifiers_and_pronouns_go_and_coordinations_split(phrase: str, expected: tuple[str, ...]) -> None:
    assert tuple(names_in(phrase)) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("instruction", ("camat", "lurah")), ("appeal", ("camat", "lurah")), ("commitment", ()), ("target", ())],
)
def test_the_clause_names_them_each_once_and_only_where_somebody_is_told(kind: Kind, expected: tuple[str, ...]) -> None:
    text = "Bupati meminta para camat, lurah dan Camat hadir di balai desa."
    cue, action = Span(7, 14), Span(text.index("hadir"), len(text) - 1)
    assert addressees(text, Span(0, len(text)), cue, action, kind) == expected


def test_a_clause_that_names_nobody_or_has_no_cue_says_nothing() -> None:
    text = "Segera bersihkan selokan."
    assert addressees(text, Span(0, len(text)), Span(0, 6), Span(7, 24), "instruction") == ()
    assert addressees(text, Span(0, len(text)), None, Span(7, 24), "instruction") == ()


def test_groups_are_known_and_each_once() -> None:
    assert groups(("camat", "Camat Tirta", "lurah")) == ("camat", "lurah")
