from __future__ import annotations

import pytest

from pipeline.directives.kinds import kind_of

UNSURE = {"instruction": 0.4, "target": 0.25, "commitment": 0.25, "appeal": 0.0, "prohibition": 0.1}


@pytest.mark.parametrize(
    ("cue", "lead", "before", "kind"),
    [
        ("harus", "harus ", "Kita sudah target tahun depan itu harus ", "target"),
        ("harus", "harus ", "Menurutnya, setiap camat harus ", "instruction"),
        ("ditargetkan", "ditargetkan ", "Perbaikan embung ditargetkan ", "target"),
        ("mengimbau", "mengimbau warga agar tidak ", "Wali Kota mengimbau warga agar tidak ", "prohibition"),
        ("jangan", "jangan ", "“Bapak-Ibu jangan ", "prohibition"),
    ],
)
def test_words_around_the_act_decide_where_the_model_is_unsure(cue: str, lead: str, before: str, kind: str) -> None:
    assert kind_of(UNSURE, cue, lead, before) == kind  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cue", "before", "act", "kind"),
    [
        ("harus", "Lurah itu berkata pihaknya masih harus ", "menghitung kursi", "commitment"),
        ("harus", "Lurah itu berkata warga masih harus ", "menghitung kursi", "instruction"),
        ("harus", "Menurut bupati dana itu harus ", "tidak dipakai pribadi", "prohibition"),
        ("seharusnya", "Seharusnya dana itu tidak ", "dipakai pribadi", "prohibition"),
        ("seharusnya", "Seharusnya camat tidak hanya ", "duduk di kantor", "instruction"),
        ("berharap", "Bupati berharap pihaknya bisa ", "membina 300 pengusaha baru", "target"),
        ("berharap", "Bupati berharap camat bisa ", "membina 300 pengusaha baru", "instruction"),
    ],
)
def test_negation_own_duty_and_hopes_with_a_number(cue: str, before: str, act: str, kind: str) -> None:
    lead = before[before.lower().index(cue) :]
    assert kind_of(UNSURE, cue, lead, before, act) == kind  # type: ignore[arg-type]
