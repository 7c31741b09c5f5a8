"""Everybody who could be told to act in a stretch of text."""

from __future__ import annotations

import pytest

from arahan.types import Span
from pipeline.addressees.mentions import mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rapat itu dihadiri para camat dan lurah se-Tirta Raya.", ["camat dan lurah se-Tirta Raya"]),
        ("Di sana warga yang belum divaksin menunggu, lalu bidan datang.", ["warga yang belum divaksin menunggu", "bidan"]),
        ("Besok Pak Camat, tolong cek selokan.", ["Pak Camat"]),
        ("Kafilah menjaga kesehatan.", ["Kafilah"]),
        ("Nanti peternak sapi lapor.", ["peternak"]),
        ("Yang sudah mampu, mundur saja.", ["Yang sudah mampu"]),
        ("Hujan turun sejak pagi.", []),
    ],
)
def test_phrases_are_whole_and_coordinated_ones_together(text: str, expected: list[str]) -> None:
    assert [someone.span.of(text) for someone in mentions(text, Span(0, len(text)))] == expected


def test_known_groups_are_told_from_others_and_only_the_stretch_is_read() -> None:
    text = "Lurah hadir. Camat pulang. Kafilah menjaga kesehatan."
    found = mentions(text, Span(text.index("Camat"), len(text)))
    assert [(someone.span.of(text), someone.known) for someone in found] == [("Camat", True), ("Kafilah", False)]
