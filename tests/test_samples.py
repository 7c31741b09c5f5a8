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
    assert any(not article["directives"] for article in GOLD)


def test_reading_order() -> None:
    for article in GOLD:
        starts = [directive["evidence"][0] for directive in article["directives"]]
        assert starts == sorted(starts)
