from __future__ import annotations

import datetime as dt
from dataclasses import replace

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arahan.types import Article, Deadline, Directive, Extraction, Official, Quantity, Span
from pipeline.output.assemble import Assembled, assemble
from pipeline.output.identity import cluster_id, content_hash, directive_ids

TEXT = "Bupati Ani Wijaya meminta camat menanam 500 pohon paling lambat akhir bulan ini di seluruh desa. Warga senang."
ORDER = Directive(
    kind="instruction",
    evidence=Span(0, 96),
    action=Span(32, 49),
    cue="meminta",
    issuer_name="Ani Wijaya",
    issuer_role="Bupati",
    official_id="o1",
    addressees=("camat",),
    addressee_groups=("camat",),
    sectors=("lingkungan-hidup",),
    quantities=(Quantity("500 pohon", 500, "pohon"),),
    deadline=Deadline("akhir bulan ini", "2021-03-31", dt.date(2021, 3, 31)),
    direct_quote=False,
    region_code="",
    region_name="",
    confidence=0.91239,
)
ARTICLE = Article("a1", TEXT, title="Tanam pohon", published=dt.date(2021, 3, 4))


def extraction(*directives: Directive, article: Article = ARTICLE, event: dt.date | None = None) -> Extraction:
    official = Official("o1", "Ani Wijaya", "Bupati", "bupati", "", (Span(7, 17),))
    return Extraction(article, event, "id", (official,), directives)


def rows(assembled: Assembled, table: str = "directives") -> list[dict[str, object]]:
    return assembled.tables[table].to_pylist()  # type: ignore[no-any-return]


def test_a_directive_becomes_a_row() -> None:
    (row,) = rows(assemble([extraction(ORDER)], "v1"))
    assert row["evidence"] == TEXT[:96]
    assert row["action"] == "menanam 500 pohon"
    assert row["quantities"] == [{"text": "500 pohon", "value": 500.0, "unit": "pohon"}]
    assert (row["deadline"], row["deadline_text"], row["deadline_date"]) == (
        "2021-03-31",
        "akhir bulan ini",
        dt.date(2021, 3, 31),
    )
    assert row["confidence"] == pytest.approx(0.9124)
    assert (row["year"], row["extractor"], row["kind"]) == (2021, "v1", "instruction")


def test_no_deadline_is_null() -> None:
    (row,) = rows(assemble([extraction(replace(ORDER, deadline=None))], "v1"))
    assert row["deadline"] is row["deadline_text"] is row["deadline_date"] is None


@pytest.mark.parametrize(
    ("published", "event", "year"),
    [(dt.date(2021, 3, 4), dt.date(2020, 1, 1), 2021), (None, dt.date(2020, 1, 1), 2020), (None, None, 0)],
)
def test_the_year_is_that_of_publication_then_of_the_event(published: dt.date | None, event: dt.date | None, year: int) -> None:
    found = assemble([extraction(ORDER, article=replace(ARTICLE, published=published), event=event)], "v1")
    assert {row["year"] for table in ("articles", "directives") for row in rows(found, table)} == {year}


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"kind": "order"}, "kind"),
        ({"confidence": float("nan")}, "confidence"),
        ({"confidence": 1.5}, "confidence"),
        ({"action": Span(32, 32)}, "action"),
        ({"evidence": Span(0, 900)}, "evidence is not where its offsets say"),
        ({"evidence": Span(-5, 96)}, "evidence is not where its offsets say"),
        ({"addressees": ("camat", 3)}, "addressees"),
        ({"cue": None}, "cue"),
        ({"issuer_name": "\ud800"}, "surrogate"),
    ],
)
def test_a_faulty_directive_is_reported_and_the_others_stay(fault: dict[str, object], reason: str) -> None:
    faulty = replace(ORDER, **fault)  # type: ignore[arg-type]
    found = assemble([extraction(faulty, ORDER)], "v1", {"a1": 7})
    assert len(rows(found)) == 1
    (rejected,) = found.rejected
    assert (rejected.record, rejected.id, rejected.error) == (7, "a1", "InvalidDirective")
    assert reason in rejected.reason


def test_a_faulty_article_takes_its_directives_along() -> None:
    found = assemble(
        [extraction(ORDER, article=replace(ARTICLE, title="\udcff")), extraction(ORDER, article=replace(ARTICLE, id="b"))], "v"
    )
    assert [row["id"] for row in rows(found, "articles")] == ["b"]
    assert [row["article_id"] for row in rows(found)] == ["b"]
    assert [row["article_id"] for row in rows(found, "officials")] == ["b"]
    assert [(r.id, r.error) for r in found.rejected] == [("a1", "InvalidArticle")]


def test_nothing_gives_empty_tables() -> None:
    found = assemble([], "v1")
    assert [table.num_rows for table in found.tables.values()] == [0, 0, 0]
    assert found.rejected == ()


def test_ids_hang_on_article_text_and_spans_alone() -> None:
    (before,) = directive_ids(ARTICLE, [ORDER])
    assert directive_ids(ARTICLE, [replace(ORDER, kind="appeal", confidence=0.1, sectors=())]) == [before]
    assert before == "89be0cff6ce81bbb"
    assert directive_ids(replace(ARTICLE, id="a2"), [ORDER]) != [before]
    assert directive_ids(replace(ARTICLE, text=TEXT + " "), [ORDER]) != [before]
    assert directive_ids(ARTICLE, [replace(ORDER, action=Span(32, 48))]) != [before]


def test_directives_with_the_same_spans_have_ids_of_their_own() -> None:
    ids = directive_ids(ARTICLE, [ORDER, replace(ORDER, addressees=("lurah",)), replace(ORDER, action=Span(32, 40))])
    assert len(set(ids)) == 3


def test_republished_copies_share_clusters() -> None:
    copy = replace(ARTICLE, id="b", text="Lembah Ranu, Kabar –  " + TEXT.upper().replace(" CAMAT", "  CAMAT"))
    shifted = replace(ORDER, evidence=Span(22, 119), action=Span(55, 72))
    assert copy.text[55:72] == "MENANAM 500 POHON"
    assert cluster_id(ARTICLE, ORDER) == cluster_id(copy, shifted)
    assert cluster_id(ARTICLE, ORDER) != cluster_id(ARTICLE, replace(ORDER, kind="appeal"))


def test_short_passages_in_unrelated_texts_are_no_copies() -> None:
    short = replace(ORDER, evidence=Span(0, 20), action=Span(0, 10))
    one, other = replace(ARTICLE, text="Mari jaga kesehatan. Satu."), replace(ARTICLE, text="Mari jaga kesehatan. Dua.")
    assert cluster_id(one, short) != cluster_id(other, short)
    assert cluster_id(one, short) == cluster_id(replace(one, id="copy", outlet="Lain"), short)


spans = st.tuples(st.integers(-3, 130), st.integers(-3, 130)).map(lambda pair: Span(*pair))
directives = st.builds(
    replace, st.just(ORDER), action=spans, evidence=spans, confidence=st.floats(-1, 2), issuer_name=st.text(max_size=5)
)


@hypothesis.settings(max_examples=25)
@given(st.lists(directives, max_size=6))
def test_every_directive_is_a_row_with_exact_offsets_or_is_reported(found: list[Directive]) -> None:
    assembled = assemble([extraction(*found)], "v1")
    kept = rows(assembled)
    assert len(kept) + len(assembled.rejected) == len(found)
    assert len({row["directive_id"] for row in kept}) == len(kept)
    for row in kept:
        for name in ("action", "evidence"):
            assert TEXT[row[f"{name}_start"] : row[f"{name}_end"]] == row[name] != ""  # type: ignore[misc]


@given(st.text())
def test_content_hash_tells_texts_apart(text: str) -> None:
    assert content_hash(text) != content_hash(text + "x")
    assert len(content_hash(text)) == 32
