from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from search import reports
from search.build import build
from search.chains import chain
from search.errors import BadReport, DatasetMissing, IndexMissing
from search.find import find, get
from search.plain import cell
from search.query import Query
from search.sqlite import index_path, open_index
from tests.search.made import Words, directive, write


def results(output: Path, **asked: object) -> list[tuple[str, int]]:
    with closing(open_index(output)) as connection:
        return [(h.directive_id, h.copies) for h in find(connection, Query(size=100, **asked)).hits]  # type: ignore[arg-type]


def test_only_what_changed_is_done_again(tmp_path: Path) -> None:
    output = write(tmp_path / "data", [directive(n) for n in range(20)])
    assert build(output, Words()).added == 20
    again = build(output, Words())
    assert (again.added, again.changed, again.removed, again.embedded) == (0, 0, 0, 0)
    write(output, [directive(0, action="membangun bendungan"), *(directive(n) for n in range(2, 22))])
    third = build(output, Words())
    assert (third.added, third.changed, third.removed) == (2, 1, 1)
    assert results(output, text="bendungan") == [("d0000", 0)]
    with closing(open_index(output)) as connection:
        assert get(connection, "d0001") is None


def test_a_changed_index_answers_like_a_new_one(tmp_path: Path) -> None:
    output = write(tmp_path / "data", [directive(n) for n in range(20)])
    build(output, Words())
    write(output, [directive(n) for n in range(5, 25)])
    build(output, Words())
    asked = [{"text": text, "sort": sort} for text in ("jembatan", "sampah sungai", "") for sort in ("relevance", "deadline")]
    changed = [results(output, **query) for query in asked]
    build(output, Words(), fresh=True)
    assert [results(output, **query) for query in asked] == changed


def test_two_new_builds_are_equal_to_the_byte(tmp_path: Path) -> None:
    output = write(tmp_path / "data", [directive(n) for n in range(10)])
    build(output, Words())
    first = index_path(output).read_bytes()
    build(output, Words(), fresh=True)
    assert index_path(output).read_bytes() == first


def test_a_reader_goes_on_with_what_it_opened(tmp_path: Path) -> None:
    output = write(tmp_path / "data", [directive(n) for n in range(10)])
    build(output)
    with closing(open_index(output)) as old:
        write(output, [directive(n) for n in range(3)])
        build(output)
        assert find(old, Query()).total == 10
    assert len(results(output)) == 3


def test_without_meaning_there_are_words(tmp_path: Path) -> None:
    output = write(tmp_path / "data", [directive(n) for n in range(10)])
    assert build(output).silent == 10
    assert results(output, text="pembangunan")
    assert build(output, Words(), most_texts=4).silent == 6
    assert build(output, Words()).embedded == 6


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetMissing, match="arahan extract"):
        build(tmp_path)
    with pytest.raises(IndexMissing, match="arahan index"):
        open_index(tmp_path)
    index_path(tmp_path).write_text("no database at all, only text")
    with pytest.raises(IndexMissing):
        open_index(tmp_path)


def test_accepted_reports_are_applied_and_logged(tmp_path: Path) -> None:
    output = write(tmp_path / "data", [directive(n) for n in range(6)])
    build(output)
    numbers = [reports.file_report(output, f"d000{n}", "issuer", "salah", "warga@ranu.example") for n in range(3)]
    reports.accept(output, numbers[0])
    reports.accept(output, numbers[1], field="sectors", value="sosial, pangan")
    reports.reject(output, numbers[2], note="benar")
    for _ in range(2):
        assert build(output).corrected == 2
        with closing(open_index(output)) as connection:
            hit = get(connection, "d0001")
            assert hit is not None
            assert hit.sectors == ("sosial", "pangan")
            assert get(connection, "d0000") is None
            assert connection.execute("SELECT action FROM corrections ORDER BY 1").fetchall() == [("correct",), ("remove",)]
    assert [report.state for report in reports.reports(output)] == ["applied", "applied", "rejected"]


@pytest.mark.parametrize(
    "given", [("d1", "nothing", ""), ("", "issuer", ""), ("d1", "issuer", "x" * 10_000), ("d1", "issuer", "\ud800")]
)
def test_bad_reports_are_refused(tmp_path: Path, given: tuple[str, str, str]) -> None:
    with pytest.raises(BadReport):
        reports.file_report(tmp_path, *given)


def test_a_chain_is_the_same_office_on_the_same_matter(tmp_path: Path) -> None:
    same = {"region_code": "91.01", "official_id": "o-Ani Wijaya", "issuer_name": "Ani Wijaya"}
    rows = [directive(n) for n in range(12)]
    rows += [directive(30, action="menanam 500 pohon mahoni", sectors=["lingkungan-hidup"], deadline="2023", **same)]
    rows += [directive(60, action="menanam 500 pohon mahoni lagi", sectors=["lingkungan-hidup"], deadline="2024", **same)]
    rows += [directive(90, action="menanam 500 pohon mahoni", sectors=["kesehatan"], **same)]
    rows += [directive(120, action="menanam 500 pohon mahoni", sectors=["lingkungan-hidup"], region_code="92", official_id="o-x")]
    output = write(tmp_path / "data", rows)
    build(output)
    with closing(open_index(output)) as connection:
        links = {link.hit.directive_id: link for link in chain(connection, "d0030")}
    assert "d0060" in links
    assert {"d0090", "d0120", "d0030"}.isdisjoint(links)
    assert (links["d0060"].later, links["d0060"].moved) == (True, ("2023", "2024"))
    assert [goal.value for goal in links["d0060"].repeated] == [500.0]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "  =cmd()", "\r=1"])
def test_formulas_are_made_harmless(text: str) -> None:
    assert cell(text).startswith("'")
