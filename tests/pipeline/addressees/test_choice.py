"""Who is told to act, by the clause and by what stands before it."""

from __future__ import annotations

import pytest

from arahan.types import Kind, Span
from models.runtime.decode import Mention
from pipeline.addressees.choice import chosen_names, marked_names, options
from pipeline.addressees.clause import Clause, Told


def clause(text: str, evidence: str, cue: str, act: str, told: Told | None = None, kind: Kind = "instruction") -> Clause:
    start = text.index(evidence)
    span = Span(text.index(act, start), text.index(act, start) + len(act))
    at = text.index(cue, start)
    return Clause(
        text,
        Span(start, start + len(evidence)),
        Span(at, at + len(cue)),
        span,
        kind,
        "Sari Wibowo Bupati Tirta",
        "“" in text,
        told,
    )


@pytest.mark.parametrize(
    ("text", "evidence", "cue", "act", "expected"),
    [
        (
            "Kepada pedagang, Bupati berpesan supaya sampah dibawa pulang.",
            "Kepada",
            "berpesan",
            "sampah dibawa pulang",
            ("pedagang",),
        ),
        ("Wali Kota meminta para camat, lurah dan Camat hadir.", "Wali", "meminta", "hadir", ("camat", "lurah")),
        ("Jalan Melati rusak. Jalan itu harus diperbaiki.", "Jalan itu", "harus", "diperbaiki", ()),
    ],
)
def test_those_addressed_are_told_and_a_thing_tells_nobody(
    text: str, evidence: str, cue: str, act: str, expected: tuple[str, ...]
) -> None:
    sentence = text[text.index(evidence) :]
    assert chosen_names(clause(text, sentence, cue, act), ()) == expected


def test_an_imperative_right_behind_a_directive_is_told_to_the_same() -> None:
    first, second = "“Saya minta para lurah mendata rumah rusak.", "Jangan menunggu laporan warga,” ujar Bupati."
    told = Told(Span(0, len(first)), ("lurah",), True)
    c = clause(f"{first} {second}", second, "Jangan", "menunggu laporan warga", told, "prohibition")
    assert chosen_names(c, ()) == ("lurah",)


def test_a_mark_of_the_model_counts_also_where_nobody_was_seen() -> None:
    text = "Di sana rombongan itu harus segera berhenti."
    act = Span(text.index("berhenti"), len(text) - 1)
    c = Clause(text, Span(0, len(text)), Span(22, 27), act, "instruction", "", False, None)
    mark = Mention(Span(8, 17), 0.9)
    assert ("rombongan",) not in [option.names for option in options(c)]
    assert ("rombongan",) in [option.names for option in options(c, [mark])]


def test_those_mentioned_before_the_evidence_are_options_within_reach() -> None:
    near, far = "Bidan hadir. Segera catat hasilnya.", "Guru hadir. " + "Hujan turun sejak pagi. " * 40
    found = {option.names for option in options(clause(far + near, "Segera catat hasilnya.", "Segera", "catat"))}
    assert ("Bidan",) in found
    assert ("Guru",) not in found


def test_a_target_tells_those_of_known_groups_that_the_model_marks_in_its_passage() -> None:
    text = "Camat hadir. Para lurah dan warga ikut. Tahun depan targetnya 40 tong sampah."
    evidence = Span(text.index("Para"), len(text))
    marks = [Mention(Span(text.index(word), text.index(word) + len(word)), p) for word, p in
             (("Camat", 0.9), ("lurah", 0.8), ("warga", 0.2), ("tong sampah", 0.7))]  # fmt: skip
    assert marked_names(text, evidence, marks) == ("lurah",)
