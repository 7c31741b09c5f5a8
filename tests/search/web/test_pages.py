"""The pages over HTTP, without a browser."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import feedparser
import pyarrow.parquet as pq
import pytest
from bs4 import BeautifulSoup

from search.reports import reports
from search.web.language import language
from search.web.openapi import MEANING
from search.web.routes import ROUTES
from tests.helpers import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.search.web.conftest import Visitor

OFFICIAL = "/pejabat/melkior-tanggu%3Agubernur%3A53"
PAGES = (
    "/", "/cari", "/cari?q=pembangunan&kind=commitment&region=53", "/grafik", "/grafik?year=2022", "/tentang", "/arahan/d000",
    "/arahan/d000/lapor", "/embed/d000", "/tulisan/a000", "/pejabat", OFFICIAL, "/wilayah", "/wilayah/53", "/wilayah/53.71",
    "/wilayah/62", "/sektor", "/sektor/kesehatan", "/komitmen", "/komitmen?status=past", "/komitmen?kind=commitment",
)  # fmt: skip


def soup(visitor: Visitor, path: str) -> BeautifulSoup:
    response = visitor.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.text, "lxml")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("code", ["id", "en"])
def test_every_page_in_both_languages(visitor: Visitor, path: str, code: str) -> None:
    page = soup(visitor, path if code == "id" else f"/en{path}")
    assert page.html is not None
    assert page.html["lang"] == code
    assert len(page.select("h1")) == 1
    assert "{" not in page.get_text(), "a message was not filled in"
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for field in page.select("input:not([type=hidden]), select, textarea"):
        assert page.select(f"label[for='{field['id']}']"), field


def test_every_link_on_the_pages_leads_somewhere(visitor: Visitor) -> None:
    links = {link["href"] for path in PAGES[:8] for link in soup(visitor, path).select("a[href], link[href]")}
    inner = {
        re.sub(r"^http://arahan\.example", "", str(link)) for link in links if not str(link).startswith(("#", "https://contoh"))
    }
    kinds = {re.sub(r"\?.*|d\d{3}|a\d{3}", "", link) + ("?" if "?" in link else ""): link for link in inner}
    assert len(kinds) > 60
    for link in kinds.values():
        assert visitor.get(link).status_code == 200, link


def test_derived_words_find_each_other_and_are_marked(visitor: Visitor) -> None:
    page = soup(visitor, "/cari?q=pembangunan")
    assert {mark.get_text() for mark in page.select("mark.m-match")} == {"membangun", "pembangunan"}


def test_filters_narrow_and_say_how_many_there_would_be(visitor: Visitor) -> None:
    page = soup(visitor, "/cari?q=pembangunan")
    box = next(box for box in page.select("details.facet") if box.summary and box.summary.get_text() == "Wilayah")
    choice = next(one for one in box.select("li a") if "Nusa Tenggara Timur" in one.get_text())
    count = choice.select_one(".count")
    narrowed = soup(visitor, str(choice["href"]))
    assert count is not None
    assert narrowed.select_one("#count").get_text() == f"{count.get_text()} arahan"
    assert "Wilayah: Nusa Tenggara Timur" in narrowed.select_one(".chips").get_text()  # type: ignore[union-attr]
    back = narrowed.select_one(".facet li.on a")
    assert back is not None
    assert back["href"] == "/cari?q=pembangunan"


def test_paging_keeps_the_query(visitor: Visitor) -> None:
    first = soup(visitor, "/cari?size=10&sort=date")
    following = first.select_one(".pager a[rel=next]")
    assert following is not None
    assert following["href"] == "/cari?sort=date&page=2&size=10"
    second = soup(visitor, str(following["href"]))
    titles = [[link["href"] for link in page.select(".hit h3 a")] for page in (first, second)]
    assert len(titles[0]) == len(titles[1]) == 10
    assert not set(titles[0]) & set(titles[1])


def test_the_card_marks_what_the_record_says(visitor: Visitor) -> None:
    page = soup(visitor, "/arahan/d001")
    for hidden in page.select(".vh, .tag"):
        hidden.decompose()
    marked = {label: page.select_one(f".context mark.m-{label}").get_text() for label in ("issuer", "cue", "action", "addressee")}  # type: ignore[union-attr]
    assert marked["cue"] == "meminta"
    assert marked["addressee"] == "para camat"
    assert marked["action"] == "mendata rumah tidak layak huni di setiap desa"
    assert page.select_one("h1").get_text() == marked["action"]  # type: ignore[union-attr]


def test_the_card_leads_to_source_archive_copies_and_chain(visitor: Visitor) -> None:
    page = soup(visitor, "/arahan/d000")
    links = {str(link["href"]) for link in page.select("main a")}
    assert {"https://contoh.example/rilis/0", "/tulisan/a000/arsip", "/tulisan/a000", "/arahan/d-salinan"} <= links
    assert page.select(".chain li.own")
    assert "Dilaporkan oleh Humas Nusa Tenggara Timur pada 3 Februari 2021." in page.get_text()
    assert page.select_one("#citation").get_text().endswith("http://arahan.example/arahan/d000")  # type: ignore[union-attr]


def test_the_archived_page_is_in_a_sandbox(visitor: Visitor) -> None:
    response = visitor.get("/tulisan/a000/arsip")
    assert "Halaman arsip" in response.text
    assert response.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert visitor.get("/tulisan/a001/arsip").status_code == 404


@pytest.mark.parametrize(("format", "start"), [("txt", "Melkior Tanggu"), ("bib", "@misc{arahan-d000,"), ("ris", "TY  - NEWS")])
def test_citations_as_files(visitor: Visitor, format: str, start: str) -> None:
    assert visitor.get(f"/arahan/d000/kutipan.{format}").text.startswith(start)


def test_commitments_are_reported_never_judged(visitor: Visitor) -> None:
    past, due = soup(visitor, "/komitmen?status=past"), soup(visitor, "/komitmen")
    for hit in past.select(".hit"):
        assert "dilaporkan oleh" in hit.get_text()
        assert "sudah lewat" in hit.get_text()
    for hit in due.select(".hit"):
        assert "dilaporkan oleh" in hit.get_text()
        assert "jatuh tempo" in hit.get_text()
    assert past.select(".hit")
    assert due.select(".hit")
    for word in ("ditepati", "dilanggar", "gagal", "ingkar"):
        assert word not in " ".join(hit.get_text() for hit in past.select(".hit"))


def test_absence_can_be_read(visitor: Visitor) -> None:
    looked, unknown = soup(visitor, "/wilayah/53"), soup(visitor, "/wilayah/62")
    table = looked.select_one(".coverage table")
    assert table is not None
    assert "humas-53.71" in table.get_text()
    assert "3 Juni 2024" in table.get_text()
    assert "Tidak ada catatan pengambilan" in unknown.get_text()
    assert visitor.get("/wilayah/99").status_code == 404


def test_every_chart_has_its_table(visitor: Visitor) -> None:
    page = soup(visitor, "/grafik")
    figures = page.select("figure")
    assert [figure["id"] for figure in figures] == ["time", "kind", "sector", "group", "sector-region", "flow"]
    for figure in figures:
        assert figure.select("table tbody tr"), figure["id"]
    years = {row.th.get_text(): row.td.get_text() for row in page.select("#time tbody tr") if row.th and row.td}
    assert sum(map(int, years.values())) == 64


def test_the_map_has_every_province(visitor: Visitor) -> None:
    assert len(soup(visitor, "/wilayah").select("svg.map a")) == 38


def test_exports_hold_the_whole_result(visitor: Visitor) -> None:
    rows = list(csv.DictReader(io.StringIO(visitor.get("/cari.csv?kind=commitment").content.decode("utf-8-sig"))))
    records = json.loads(visitor.get("/cari.json?kind=commitment").content)
    table = pq.read_table(io.BytesIO(visitor.get("/cari.parquet?kind=commitment").content))
    assert len(rows) == len(records) == table.num_rows == 19
    assert {row["kind"] for row in rows} == {"commitment"}
    assert [row["directive_id"] for row in rows] == [record["directive_id"] for record in records]
    assert table.schema.field("deadline_date").type == "date32[day]"


def test_feeds_follow_a_query(visitor: Visitor) -> None:
    feed = feedparser.parse(visitor.get("/cari.atom?q=pembangunan&region=53").content)
    assert not feed.bozo
    assert feed.feed.title == "Arahan: “pembangunan”"
    published = [entry.published for entry in feed.entries]
    assert published == sorted(published, reverse=True)
    assert len(published) == 4
    assert feed.entries[0].link.startswith("http://arahan.example/arahan/d")
    other = json.loads(visitor.get("/cari.feed.json?q=pembangunan&region=53").content)
    assert other["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in other["items"]] == [e.id for e in feed.entries]


def test_feeds_are_named_in_the_page(visitor: Visitor) -> None:
    page = soup(visitor, "/cari?q=banjir")
    assert [link["href"] for link in page.select("link[rel=alternate][type]")] == [
        "/cari.atom?q=banjir",
        "/cari.feed.json?q=banjir",
    ]


def test_the_api_gives_what_the_page_shows(visitor: Visitor) -> None:
    found = visitor.get("/api/v1/directives?q=pembangunan&kind=commitment&size=3").json()
    assert found["total"] == 13
    assert len(found["results"]) == 3
    assert found["pages"] == 5
    one = visitor.get(f"/api/v1/directives/{found['results'][0]['directive_id']}").json()
    assert one["evidence"][one["marks"][0]["start"] : one["marks"][0]["end"]]
    assert visitor.get("/api/v1/officials/melkior-tanggu%3Agubernur%3A53").json()["articles"] == 9
    assert visitor.get("/api/v1/regions/53/coverage").json()["sources"][0]["days"] == 5
    missing = visitor.get("/api/v1/directives/tidak-ada")
    assert missing.status_code == 404
    assert missing.json()["error"] == "not_found"
    bad = visitor.get("/api/v1/directives?since=besok")
    assert bad.status_code == 400
    assert bad.json()["error"] == "bad_query"
    assert bad.json()["field"] == "since"


def test_a_page_that_cannot_be_asked_for_names_what_is_wrong(visitor: Visitor) -> None:
    bad = visitor.get("/cari?since=besok")
    assert bad.status_code == 400
    assert "Isian “sejak” tidak dapat dipakai" in bad.text


def test_the_api_is_described(visitor: Visitor) -> None:
    document = visitor.get("/api/openapi.json").json()
    served = {re.sub(r"\(\?P<id>[^)]*\)", "{id}", pattern) for pattern, _ in ROUTES if "api/v1" in pattern}
    assert {re.sub(r"^/\(\?P<code>en/\)\?|\$$", "", pattern) for pattern in served} == {path[1:] for path in document["paths"]}
    named = {parameter["name"] for parameter in document["paths"]["/api/v1/directives"]["get"]["parameters"]}
    assert named == set(MEANING)
    record = visitor.get("/api/v1/directives?size=1").json()["results"][0]
    assert set(record) == set(document["components"]["schemas"]["Directive"]["properties"])


def test_the_embed_may_be_framed_and_nothing_else(visitor: Visitor) -> None:
    embed, card = visitor.get("/embed/d000"), visitor.get("/arahan/d000")
    assert "frame-ancestors *" in embed.headers["content-security-policy"]
    assert "x-frame-options" not in embed.headers
    assert "frame-ancestors 'none'" in card.headers["content-security-policy"]
    assert card.headers["x-frame-options"] == "DENY"


def test_a_report_is_kept(visitor: Visitor, web_data: Path) -> None:
    page = soup(visitor, "/arahan/d002/lapor")
    token = page.select_one("input[name=csrftoken]")
    assert token is not None
    given = {
        "csrftoken": str(token["value"]),
        "problem": "sector",
        "text": "Bukan lingkungan hidup.",
        "contact": "surel@contoh.example",
    }
    response = visitor.post("/arahan/d002/lapor", data=given)
    assert response.status_code == 303
    kept = reports(web_data, "open")[-1]
    assert (kept.directive_id, kept.problem, kept.text, kept.contact) == (
        "d002",
        "sector",
        "Bukan lingkungan hidup.",
        "surel@contoh.example",
    )
    assert f"Laporan nomor {kept.id}" in soup(visitor, response.headers["location"]).get_text()


def test_languages_have_the_same_words() -> None:
    one, other = (language(code).words for code in ("id", "en"))
    assert {key for key in one if not key.startswith("label.")} == {key for key in other if not key.startswith("label.")}
    for key, text in one.items():
        if isinstance(text, str) and key in other:
            assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", other[key])), key


def test_every_word_of_the_page_is_shown_somewhere() -> None:
    files = [path for path in (REPOSITORY / "search").rglob("*") if path.suffix in {".py", ".html"}]
    sources = "".join(path.read_text(encoding="utf-8") for path in files)
    begun = tuple(re.findall(r"[\"'(]([a-z]+\.[a-z_]*)(?:\" ~|{)", sources))  # "error." ~ name, f"facet.{name}"
    unused = [key for key in language("id").words if f'"{key}"' not in sources and not key.startswith(begun)]
    assert [key for key in unused if "." in key and not key.startswith(("label.", "kind."))] == []
