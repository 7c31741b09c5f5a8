from __future__ import annotations

import pytest

from pipeline.kinds import kind_of

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
