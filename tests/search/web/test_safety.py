"""Hostile data in every field, hostile queries in every parameter: nothing raised, nothing executed, nothing let through."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import httpx
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query import PARAMS
from search.web.guard import MAX_ADDRESS_BYTES, MAX_BODY_BYTES
from search.web.limits import RateLimit
from search.web.links import safe_url
from search.web.site import Site
from tests.search.web import made
from tests.search.web.conftest import Visitor

SCRIPTS = (
    "<script>document.title='JALAN'</script>", "\"><img src=x onerror=document.title='JALAN'>", "'-alert(1)-'",
    "javascript:alert(1)", "</textarea></title><svg onload=alert(1)>", "{{7*7}}{% raw %}${7*7}", "]]><x/>&lt;b&gt;",
    "\u202etxt.exe\u2066 \x0b\x1f",
)  # fmt: skip
FORMULAS = ('=HYPERLINK("http://jahat.example","klik")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1", "  =1")
OPEN_FILES = Path("/proc/self/fd")
FIELDS = (
    "title", "url", "outlet", "issuer_name", "issuer_role", "official_id", "addressees", "addressee_groups", "action", "cue",
    "sectors", "quantities", "deadline", "deadline_text", "region_code", "region_name", "cluster_id",
)  # fmt: skip
PATHS = (
    "/",
    "/cari",
    "/grafik",
    "/komitmen",
    "/wilayah",
    "/api/v1/directives",
    "/cari.atom",
    "/cari.feed.json",
    "/cari.csv",
    "/cari.json",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    rows = [made.payload(field, text) for field in FIELDS for text in (*SCRIPTS, *FORMULAS)]
    data = made.write(tmp_path_factory.mktemp("hostile") / "data", rows)
    found = Visitor(Site(data, today=lambda: made.TODAY, reports=RateLimit(2, 100, 600)))
    yield found
    found.close()


def harmless(response: httpx.Response) -> None:
    """No element or attribute that runs something, no link but to http(s) or this site."""
    page = BeautifulSoup(response.text, "lxml")
    assert [tag.get("src") for tag in page.select("script") if not str(tag.get("src", "")).startswith("/statis/")] == []
    assert page.select("style, iframe, object, embed, base, [style]") == []
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on")], tag
        for name in ("href", "src", "action"):
            value = str(tag.get(name, "/"))
            assert re.match(r"(https?://|/(?!/)|#)", value), (tag.name, name, value)


def ids(visitor: Visitor) -> list[str]:
    found: list[str] = []
    for page in range(1, 9):
        found += [hit["directive_id"] for hit in visitor.get(f"/api/v1/directives?size=50&page={page}").json()["results"]]
    return found


def test_payloads_in_every_field_stay_text(hostile: Visitor) -> None:
    found = ids(hostile)
    assert len(found) > 200
    for id in found[::5]:
        for path in (f"/arahan/{id}", f"/embed/{id}"):
            harmless(hostile.get(path))
    for path in (
        "/",
        *(f"/cari?size=100&page={page}" for page in (1, 2, 3)),
        "/komitmen?kind=commitment",
        "/grafik",
        "/pejabat",
        "/sektor",
    ):
        harmless(hostile.get(path))


def test_payloads_as_ids_of_officials_and_sectors(hostile: Visitor) -> None:
    for text in (*SCRIPTS, *FORMULAS):
        for path in ("pejabat", "sektor", "wilayah", "arahan", "embed", "tulisan", "api/v1/officials"):
            response = hostile.get(f"/{path}/{quote(text, safe='')}")
            assert response.status_code in (200, 404), (path, text)
            if "html" in response.headers["content-type"]:
                harmless(response)


def test_no_cell_of_a_download_is_a_formula(hostile: Visitor) -> None:
    body = hostile.get("/cari.csv?q=jujur").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(body, newline="")) for cell in row]
    assert sum(cell.startswith("'") for cell in cells) > 50
    assert [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_feeds_and_json_of_payloads_are_well_formed(hostile: Visitor) -> None:
    for page in range(1, 6):
        ET.fromstring(hostile.get(f"/cari.atom?size=50&q=muatan&page={page}").content)
    assert json.loads(hostile.get("/cari.json").content)
    assert json.loads(hostile.get("/cari.feed.json").content)["items"]


@settings(max_examples=60)
@given(
    path=st.sampled_from(PATHS),
    name=st.sampled_from([*PARAMS.values(), "lang", "_where", "sql"]),
    value=st.one_of(
        st.text(max_size=60),
        st.sampled_from([*SCRIPTS, *FORMULAS, '"', "a* OR b", "NEAR(", "x\0y", "😀", "' OR 1=1 --", "-1", "1e9"]),
    ),
)
def test_any_parameter_gets_an_answer(visitor: Visitor, path: str, name: str, value: str) -> None:
    response = visitor.get(f"{path}?{urlencode([(name, value)], errors='replace')}")
    assert response.status_code in (200, 400), response.text[:300]
    if "html" in response.headers["content-type"]:
        harmless(response)


@settings(max_examples=60)
@given(path=st.binary(max_size=40), prefix=st.sampled_from(["", "en/", "arahan/", "pejabat/", "wilayah/", "statis/", "en//"]))
def test_any_path_gets_an_answer(visitor: Visitor, path: bytes, prefix: str) -> None:
    response = visitor.get(f"/{prefix}{quote(path, safe='/.')}")
    assert response.status_code in (200, 404)
    harmless(response)


@pytest.mark.parametrize(
    "path",
    [
        "/-/versions",
        "/-/settings.json",
        "/search",
        "/search.json?sql=select+1",
        "/search/directives",
        "/-/static/app.css",
        "/_memory",
    ],
)
def test_datasettes_own_pages_are_off(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_every_answer_has_its_headers(visitor: Visitor) -> None:
    for path in ("/", "/tidak-ada", "/cari.csv", "/api/v1/directives", "/statis/000000000000/arahan.css"):
        headers = visitor.get(path).headers
        csp = headers["content-security-policy"]
        assert "default-src 'none'" in csp
        assert "unsafe" not in csp
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers


def test_what_is_too_large_or_of_no_kind_is_refused(visitor: Visitor) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert visitor.get("/cari?q=" + "a" * MAX_ADDRESS_BYTES).status_code == 414
    assert visitor.get("/cari?q=" + "a" * 10_000).status_code == 400
    assert visitor.get("/cari?" + "kind=x&" * 400).status_code == 400
    assert visitor.get("/cari?size=100000").status_code == 400
    assert visitor.get("/cari?page=99999999999").status_code == 400
    assert visitor.post("/arahan/d000/lapor", content=b"x" * (MAX_BODY_BYTES + 1), headers=form).status_code == 413
    assert visitor.post("/arahan/d000/lapor", json={}).status_code == 415
    assert visitor.post("/arahan/d000/lapor", files={"a": b"b"}).status_code == 415
    assert visitor.post("/cari", data={}).status_code == 405
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        assert visitor.request(method, "/arahan/d000/lapor").status_code == 405


def test_a_report_needs_its_token(visitor: Visitor) -> None:
    visitor.get("/arahan/d000/lapor")
    filled = {"problem": "other", "text": "Salah."}
    for token in ("", "palsu", "é\u202e"):
        assert visitor.post("/arahan/d000/lapor", data=filled | {"csrftoken": token}).status_code == 403
    assert visitor.post("/arahan/d000/lapor", data=filled, headers={"x-csrftoken": b"\xe9"}).status_code == 403
    visitor.client.cookies.clear()
    assert visitor.post("/arahan/d000/lapor", data=filled | {"csrftoken": ""}).status_code == 403


def test_reports_are_few_and_filled_in(hostile: Visitor) -> None:
    id = ids(hostile)[0]
    page = BeautifulSoup(hostile.get(f"/arahan/{id}/lapor").text, "lxml")
    token = str(page.select("input[name=csrftoken]")[0]["value"])
    empty = {"csrftoken": token, "problem": "other", "text": "  "}
    assert hostile.post(f"/arahan/{id}/lapor", data=empty).status_code == 400
    assert hostile.post(f"/arahan/{id}/lapor", data=empty | {"text": "a", "problem": "x"}).status_code == 400
    found = [hostile.post(f"/arahan/{id}/lapor", data=empty | {"text": SCRIPTS[0]}).status_code for _ in range(3)]
    assert found == [303, 303, 429]


def test_a_host_that_is_none_gets_into_no_link(visitor: Visitor) -> None:
    for host in ("jahat.example/x", '"><b>', "a b"):
        body = visitor.get("/cari.atom", headers={"host": host}).text
        assert "jahat.example" not in body
        ET.fromstring(body)


def test_the_other_language_is_never_another_site(visitor: Visitor) -> None:
    for path in ("/en//jahat.example", "//jahat.example", "/en/%2F%2Fjahat.example"):
        harmless(visitor.get("http://arahan.example" + path))


@given(st.text(max_size=80))
def test_only_web_addresses_are_links(text: str) -> None:
    assert safe_url(text) in ("", text)
    assert not safe_url("javascript:" + text)
    assert not safe_url("data:" + text)


@pytest.mark.parametrize("url", ["http://a.example", "https://a.example/x?y=1#z"])
def test_web_addresses_are_links(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "//a.example",
        "https:///x",
        "https://a.example/\n",
        "https://u:p@a.example",
        "http:\\\\a.example",
        "ftp://a.example",
        "http://[a",
    ],
)
def test_others_are_not(url: str) -> None:
    assert not safe_url(url)


def test_the_index_is_only_read(visitor: Visitor) -> None:
    def write(connection: object) -> None:
        connection.execute("DELETE FROM directives")  # type: ignore[attr-defined]

    with pytest.raises(Exception, match="readonly"):
        visitor.runner.run(visitor.site.ask(write))


def test_a_new_index_is_served_at_once(tmp_path: Path) -> None:
    data = made.write(tmp_path / "data", made.rows(3))
    found = Visitor(Site(data, today=lambda: made.TODAY))
    try:
        assert found.get("/api/v1/directives").json()["total"] == 3
        made.write(data, made.rows(7))
        assert found.get("/api/v1/directives").json()["total"] == 7
        (data / "search.sqlite").unlink()
        assert [found.get("/cari").status_code for _ in range(2)] == [503, 503]
        (data / "search.sqlite").write_bytes(b"no index")
        assert [found.get("/cari").status_code for _ in range(2)] == [503, 503]
        made.write(data, made.rows(5))
        assert found.get("/api/v1/directives").json()["total"] == 5
    finally:
        found.close()


@pytest.mark.skipif(not OPEN_FILES.exists(), reason="the system does not list a process's open files")
def test_indexes_of_yesterday_are_let_go(tmp_path: Path) -> None:
    found = Visitor(Site(made.write(tmp_path / "data", made.rows(3)), today=lambda: made.TODAY))
    try:
        for count in range(4, 9):
            made.write(tmp_path / "data", made.rows(count))
            assert found.get("/api/v1/directives").json()["total"] == count
        held = [path for path in OPEN_FILES.iterdir() if path.is_symlink() and str(path.readlink()).startswith(str(tmp_path))]
        assert 1 <= len({path.stat().st_ino for path in held}) <= 2
    finally:
        found.close()
