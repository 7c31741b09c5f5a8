"""Who is told to act, by the words of the clause alone."""

from __future__ import annotations

import pytest

from arahan.types import Span
from pipeline.addressee_frames import told


@pytest.mark.parametrize(
    ("text", "cue", "act", "expected"),
    [
        ("Bupati meminta para camat dan lurah untuk mendata rumah rusak.", "meminta", "mendata", "para camat dan lurah"),
        ("Wali kota berharap kepada pedagang agar dapat menjaga kebersihan.", "berharap", "menjaga", "pedagang"),
        ("Pesan gubernur agar semua pihak menahan diri.", "Pesan", "menahan", "semua pihak"),
        ("Ia menilai kepala desa harus membuka anggaran.", "harus", "membuka", "kepala desa"),
        ("Bupati, camat, dan lurah wajib turun ke lapangan.", "wajib", "turun", "Bupati, camat, dan lurah"),
        ("Ia mengatakan kita harus bekerja sama.", "harus", "bekerja", ""),
        ("Jalan rusak harus diperbaiki tahun ini.", "harus", "diperbaiki", ""),
        ("Prinsip kehati-hatian harus menjadi dasar.", "harus", "menjadi", ""),
        ("Kepala dinas itu diminta Bupati untuk mundur.", "diminta", "mundur", "Kepala dinas"),
    ],
)
def test_the_clause_names_who_is_told(text: str, cue: str, act: str, expected: str) -> None:
    begin, at = text.index(cue), text.index(act)
    found = told(text, Span(0, len(text)), Span(begin, begin + len(cue)), Span(at, len(text) - 1))
    assert (found.of(text) if found else "") == expected
