"""The sample releases are what samples/README.md says: invented, valid, and every gold offset points at what it should."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
KINDS = {"instruction", "prohibition", "appeal", "commitment", "target"}
Record = dict[str, Any]


def load(name: str) -> list[Record]:
    return [json.loads(line) for line in (SAMPLES / name).read_text(encoding="utf-8").split("\n") if line]


RELEASES = load("releases.jsonl")
GOLD = load("gold.jsonl")
DIRECTIVES = [(article, directive) for article in GOLD for directive in article["directives"]]


def spans(directive: Record) -> list[list[int]]:
    """Every span of a directive but its evidence and the addressees, which may stand in a sentence before."""
    inner = [directive["action"], *(q["span"] for q in directive["quantities"])]
    inner += [directive["cue"]] if directive["cue"] else []
    return inner + ([directive["deadline"]["span"]] if directive["deadline"] else [])


def test_ids_are_unique_and_shared_with_the_gold() -> None:
    ids = [release["id"] for release in RELEASES]
    assert len(ids) == len(set(ids)) >= 30
    assert ids == [article["id"] for article in GOLD]


def test_gold_repeats_the_releases_unchanged() -> None:
    for release, article in zip(RELEASES, GOLD, strict=True):
        assert {key: article[key] for key in release} == release


@pytest.mark.parametrize("release", RELEASES, ids=lambda r: r["id"])
def test_release_is_well_formed(release: Record) -> None:
    assert set(release) == {"id", "title", "text", "date", "url", "outlet", "invented"}
    assert release["invented"] is True
    assert release["url"].startswith("https://contoh.example/")
    assert release["date"] == "" or dt.date.fromisoformat(release["date"])
    assert "\r" not in release["text"]
    assert all(release[key] for key in ("title", "text", "outlet"))


@pytest.mark.parametrize("article", GOLD, ids=lambda a: a["id"])
def test_gold_spans_lie_on_words(article: Record) -> None:
    text = article["text"]
    for directive in article["directives"]:
        start, end = directive["evidence"]
        for a, b in [directive["evidence"], *directive["addressees"], *spans(directive)]:
            assert 0 <= a < b <= len(text)
            assert text[a:b] == text[a:b].strip()
            assert a == 0 or not (text[a - 1].isalnum() and text[a].isalnum()) or text[a].isupper()
            assert b == len(text) or not (text[b - 1].isalnum() and text[b].isalnum())
        assert all(start <= a and b <= end for a, b in spans(directive))
        assert all(a < end for a, _ in directive["addressees"])
        assert "\n" not in text[start:end]


@pytest.mark.parametrize("article", GOLD, ids=lambda a: a["id"])
def test_gold_people_are_found_in_their_article(article: Record) -> None:
    known = {official["name"] for official in article["officials"]} | {""}
    place = article["title"] + "\n" + article["text"]
    assert all(name in place for name in known)
    assert len(known) == len(article["officials"]) + 1
    assert {directive["issuer"]["name"] for directive in article["directives"]} <= known
    assert all(directive["issuer"]["role"] for directive in article["directives"])


def test_gold_deadlines_are_iso_and_quantities_are_numbers() -> None:
    for _, directive in DIRECTIVES:
        if directive["deadline"]:
            iso = directive["deadline"]["iso"]
            dt.date.fromisoformat((iso + "-01-01")[:10])
        assert all(isinstance(q["value"], float) and q["unit"] for q in directive["quantities"])


def test_gold_is_varied() -> None:
    assert {directive["kind"] for _, directive in DIRECTIVES} == KINDS
    assert sum(not article["directives"] for article in GOLD) >= 6
    assert len({code for _, directive in DIRECTIVES for code in directive["sectors"]}) >= 25
    assert any(not directive["issuer"]["name"] for _, directive in DIRECTIVES)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Rp 2,3 miliar", 2.3e9, "IDR"),
        ("Rp1.500.000", 1.5e6, "IDR"),
        ("Dua ratus prajurit", 200, "prajurit"),
        ("40 ribu hektare", 40_000, "hektare"),
        ("0,4 persen", 0.4, "%"),
    ],
)
def test_gold_quantity_formats(text: str, value: float, unit: str) -> None:
    found = {(a["text"][slice(*q["span"])], q["value"], q["unit"]) for a, d in DIRECTIVES for q in d["quantities"]}
    assert (text, value, unit) in found


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("tahun depan", "2022"),
        ("paling lambat akhir bulan ini", "2019-02-28"),
        ("paling lambat H-5 Lebaran", "2023-04-17"),
        ("paling lambat 31 Desember", "2019-12-31"),
        ("sebelum Desember", "2021-11-30"),
        ("triwulan III", "2025-09"),
    ],
)
def test_gold_deadline_formats(text: str, iso: str) -> None:
    found = {(a["text"][slice(*d["deadline"]["span"])], d["deadline"]["iso"]) for a, d in DIRECTIVES if d["deadline"]}
    assert (text, iso) in found


def test_reading_order() -> None:
    for article in GOLD:
        starts = [directive["evidence"][0] for directive in article["directives"]]
        assert starts == sorted(starts)


@pytest.mark.parametrize("name", ["english", "control_chars", "emoji", "mixed_newlines", "duplicate_ids"])
def test_odd_inputs_are_valid_json(name: str) -> None:
    lines = (SAMPLES / "bad" / f"{name}.jsonl").read_bytes().split(b"\n")
    assert all(json.loads(line)["id"] for line in lines if line.strip())


def test_faulty_inputs_are_faulty() -> None:
    bad = SAMPLES / "bad"
    assert (bad / "empty.jsonl").read_bytes() == b""
    with pytest.raises(UnicodeDecodeError):
        (bad / "binary.jsonl").read_text(encoding="utf-8")
    good, broken, last = (bad / "broken_middle.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(good)["id"] != json.loads(last)["id"]
    with pytest.raises(json.JSONDecodeError):
        json.loads(broken)
    texts = [json.loads(line) for line in (bad / "no_text.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (
        sum(isinstance(r, dict) and "id" in r and isinstance(r.get("text"), str) and r["text"].strip() != "" for r in texts) == 1
    )
