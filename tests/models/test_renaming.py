"""Renamed articles: other people and places, the same passages."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.training import directive_data
from models.training.directive_data import Annotated
from models.training.renaming import name_parts, people, renamed, some_renamed

REPOSITORY = Path(__file__).resolve().parents[2]
GOLD = directive_data.read(REPOSITORY / "samples/gold.jsonl")
NAMES = people(GOLD)

TEXT = (
    "Bupati Kupang Marselus Tubatu meminta camat se-Kabupaten Kupang mendata sawah sebelum Desember. "
    "“Camat Amfoang jangan menunda,” kata Marselus. Tubatu juga akan menyiapkan 200 ton benih."
)


def span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


ARTICLE: Annotated = {
    "id": "x", "title": "Marselus Tubatu: Data Sawah di Kupang", "text": TEXT,
    "officials": [{"name": "Marselus Tubatu", "role": "Bupati Kupang"}],
    "directives": [
        {"kind": "instruction", "evidence": [0, 95], "cue": span("meminta"), "action": span("mendata sawah"),
         "issuer": {"name": "Marselus Tubatu", "role": "Bupati Kupang"}, "addressees": [span("camat")], "sectors": ["pertanian"],
         "quantities": [], "deadline": {"span": span("sebelum Desember"), "iso": "2021-12"}},
        {"kind": "commitment", "evidence": span(TEXT[TEXT.index("Tubatu juga") :]), "cue": None,
         "action": span("menyiapkan 200 ton benih"), "issuer": {"name": "Marselus Tubatu", "role": "Bupati Kupang"},
         "addressees": [], "sectors": ["pertanian"],
         "quantities": [{"span": span("200 ton"), "value": 200, "unit": "ton benih"}], "deadline": None},
    ],
}  # fmt: skip


def at(article: Annotated, place: list[int]) -> str:
    return str(article["text"][slice(*place)])


def test_people_and_places_change_everywhere_and_nothing_else() -> None:
    found = renamed(ARTICLE, [["Yohana", "Rumbiak"]], random.Random(2))
    assert not any(name in found["text"] for name in ("Marselus", "Tubatu", "Kupang"))
    assert found["text"].count("Yohana") == TEXT.count("Marselus")
    assert found["title"].startswith("Yohana Rumbiak: Data Sawah di ")
    (official,) = found["officials"]
    assert official["name"] == "Yohana Rumbiak"
    assert official["role"] in found["text"]
    assert [d["issuer"]["name"] for d in found["directives"]] == ["Yohana Rumbiak"] * 2
    first, second = found["directives"]
    assert at(found, first["action"]) == "mendata sawah"
    assert at(found, first["addressees"][0]) == "camat"
    assert at(found, first["deadline"]["span"]) == "sebelum Desember"
    assert at(found, second["evidence"]) == "Rumbiak juga akan menyiapkan 200 ton benih."
    assert at(found, second["quantities"][0]["span"]) == "200 ton"
    assert second["cue"] is None


@given(seed=st.integers(0, 10_000), index=st.integers(0, len(GOLD) - 1))
def test_words_in_small_letters_stay_where_they_are_marked(seed: int, index: int) -> None:
    found = renamed(GOLD[index], NAMES, random.Random(seed))
    for before, after in zip(GOLD[index]["directives"], found["directives"], strict=True):
        for part in ("evidence", "action"):
            was, now = at(GOLD[index], before[part]), at(found, after[part])
            assert [w for w in now.split() if w.islower()] == [w for w in was.split() if w.islower()]
        (outer, inner) = after["evidence"], after["action"]
        assert outer[0] <= inner[0] < inner[1] <= outer[1]


def test_the_same_seed_gives_the_same_articles_and_the_share_is_kept() -> None:
    first = some_renamed(GOLD, NAMES, 0.5, 7)
    assert first == some_renamed(GOLD, NAMES, 0.5, 7)
    changed = sum(a["text"] != b["text"] for a, b in zip(GOLD, first, strict=True))
    assert 0.25 * len(GOLD) < changed < 0.75 * len(GOLD)
    assert some_renamed(GOLD, NAMES, 0.0, 7) == GOLD


@pytest.mark.parametrize(
    ("name", "parts"), [("Viktor B. Laiskodat", ["Viktor", "Laiskodat"]), ("Hj. Siti Nur'aini", ["Siti", "Nur'aini"])]
)
def test_names_are_replaced_by_the_parts_that_mentions_repeat(name: str, parts: list[str]) -> None:
    assert name_parts(name) == parts
