"""The real models over the sample releases: what a user gets."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from arahan.settings import Settings
from arahan.types import Article, Extraction, Span
from pipeline.directives.evidence import evidence_of
from pipeline.directives.extract import Extractor
from pipeline.text.clean import noise

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "releases.jsonl"


def article(row: dict[str, str]) -> Article:
    published = dt.date.fromisoformat(row["date"]) if row["date"] else None
    return Article(row["id"], row["text"], row["title"], published, row["url"], row["outlet"])


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(Settings())


@pytest.fixture(scope="module")
def found(extractor: Extractor) -> dict[str, Extraction]:
    rows = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    return {e.article.id: e for e in extractor.extract([article(row) for row in rows[:12]])}


def test_evidence_holds_its_action_and_nothing_is_out_of_the_text(found: dict[str, Extraction]) -> None:
    directives = [(e.article.text, d) for e in found.values() for d in e.directives]
    assert len(directives) > 30
    for text, d in directives:
        assert 0 <= d.evidence.start <= d.action.start < d.action.end <= d.evidence.end <= len(text)
        assert d.action.of(text).strip() == d.action.of(text)
        assert 0 <= d.confidence <= 1


def test_a_numeric_goal_with_its_deadline_and_issuer(found: dict[str, Extraction]) -> None:
    goals = [(q.value, q.unit, d.deadline.iso) for d in found["s001"].directives if d.deadline for q in d.quantities]
    assert (400.0, "koperasi sehat", "2022") in goals
    assert {d.issuer_name for d in found["s001"].directives} >= {"Yohanis K. Bessilau"}


def test_noise_is_never_an_action(found: dict[str, Extraction]) -> None:
    for e in found.values():
        grey = noise(e.article.text, e.article.title)
        for d in e.directives:
            assert not any(n.start < d.action.end and d.action.start < n.end for n in grey)


def test_a_ceremony_gives_officials_and_hardly_a_directive(found: dict[str, Extraction]) -> None:
    assert found["s004"].officials
    assert len(found["s004"].directives) <= 1


def test_kinds_groups_and_sectors_are_of_the_lists(found: dict[str, Extraction]) -> None:
    directives = [d for e in found.values() for d in e.directives]
    assert {d.kind for d in directives} >= {"instruction", "prohibition", "commitment", "target", "appeal"}
    assert all(1 <= len(d.sectors) <= 3 for d in directives)
    assert any("camat" in d.addressee_groups for d in directives)


def test_the_same_article_gives_the_same_result_in_any_company(extractor: Extractor, found: dict[str, Extraction]) -> None:
    alone = extractor.extract([found["s002"].article])[0]
    assert [(d.kind, d.action) for d in alone.directives] == [(d.kind, d.action) for d in found["s002"].directives]


@pytest.mark.parametrize(
    "text",
    [
        "The regent asked the district heads to clean the drains before the end of the year.",
        "!!! ... ???",
        "😀😀😀",
        "x",
        "\u200b",
    ],
)
def test_texts_without_a_directive_give_none(extractor: Extractor, text: str) -> None:
    (found,) = extractor.extract([Article("a1", text)])
    assert found.directives == ()


def test_odd_characters_and_line_ends_leave_the_offsets_exact(extractor: Extractor) -> None:
    text = (
        "Bupati Tirta Raya Syahrul Ardhana meminta para camat\x07 membersihkan saluran air 😀 sebelum Desember.\r\n"
        "Ia juga\tmelarang warga membuang sampah ke sungai."
    )
    (found,) = extractor.extract([Article("a1", text, published=dt.date(2021, 10, 4))])
    assert {d.kind for d in found.directives} >= {"instruction", "prohibition"}
    for d in found.directives:
        assert d.action.of(text) in text


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\t", "\u200b"])
def test_spaces_of_pages_and_word_processors_read_as_spaces(extractor: Extractor, space: str) -> None:
    text = (
        "Bupati Tirta Raya, Syahrul Ardhana, meminta seluruh camat segera menyalurkan 40 ton beras paling lambat 30 Juni 2021.\n"
        "Ia juga melarang para kepala desa menahan bantuan. Warga tidak boleh membuang sampah ke sungai."
    )
    plain, odd = extractor.extract([Article("a1", text), Article("a1", text.replace(" ", space))])
    assert len(plain.directives) >= 2
    assert odd.directives == plain.directives
    assert odd.officials == plain.officials
    assert odd.article.text == text.replace(" ", space)


def test_a_very_long_sentence_is_read(extractor: Extractor) -> None:
    text = "Bupati meminta camat membersihkan saluran air dan " + "menata taman kota dan " * 4000
    (found,) = extractor.extract([Article("a1", text)])
    assert found.article.text == text


def test_the_passage_of_an_endless_sentence_is_what_stands_around_the_act() -> None:
    clause = "camat Muara Dua meminta warga menjaga tanggul lalu "
    text = clause * 400
    action = Span(text.index("menjaga", 9_000), text.index("menjaga", 9_000) + len("menjaga tanggul"))
    found = evidence_of(text, [Span(0, len(text))], action)
    assert found.contains(action)
    assert len(found.of(text)) <= 1_300
    assert found.of(text).split()[0] in clause.split()
    assert text[found.start - 1] == " " == text[found.end]


def test_an_ordinary_sentence_is_the_passage() -> None:
    text = "Ia datang. Camat meminta warga menjaga tanggul. Warga setuju."
    sentences = [Span(0, 10), Span(11, 47), Span(48, 61)]
    assert evidence_of(text, sentences, Span(31, 46)) == sentences[1]
