from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arahan.errors import DataFileFaults, InputNotFound, SourceNotFound
from scrapers.platforms import PLATFORMS
from scrapers.sources.declare import declaration
from scrapers.sources.generate import OUT, regions_toml
from scrapers.sources.registry import find_source, load_registry
from scrapers.types import Source

GOOD = '[lembahranu]\nname = "Humas Lembah Ranu"\nplatform = "wordpress-rest"\nurl = "https://lembahranukab.go.id/"\n'
SOURCES = load_registry()
Write = Callable[..., Path]
OUTLETS = {"seputar-ntt", "metrokampung", "kaltimprov", "nttprov", "pilarsumsel", "setkab"}
WORDPRESS = {"indramayukab", "berita-bonebolangokab", "intanjayakab", "bengkayangkab", "banjarnegarakab", "murungrayakab"}
WORDPRESS |= {"mediacenter-serdangbedagaikab", "karimunkab", "berita-kendarikota", "mediacenter-banjarbarukota", "singkawangkota"}


@pytest.fixture
def registry(tmp_path: Path) -> Write:
    def write(text: str, name: str = "mine.toml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def faults_of(path: Path) -> list[str]:
    with pytest.raises(DataFileFaults) as caught:
        load_registry(path)
    assert [str(fault) for fault in caught.value.faults] == str(caught.value).split("\n")
    return [f"{fault.line}: {fault.reason}" for fault in caught.value.faults]


def test_every_province_regency_and_city_has_an_official_source() -> None:
    codes = {source.region_code for source in SOURCES.values() if source.kind == "official"}
    assert len([code for code in codes if re.fullmatch(r"\d\d", code)]) == 38
    assert len([code for code in codes if re.fullmatch(r"\d\d\.\d\d", code)]) == 514
    assert {"53", "53.71", "31.71", "96.71"} <= codes


def test_known_outlets_and_wordpress_sites_are_there() -> None:
    assert SOURCES.keys() >= OUTLETS | WORDPRESS
    assert {SOURCES[id].platform for id in WORDPRESS} == {"wordpress-rest"}
    assert (SOURCES["setkab"].platform, SOURCES["nttprov"].timezone) == ("feed", "Asia/Makassar")


def test_official_addresses_follow_the_pattern() -> None:
    assert SOURCES["lembatakab"].url == "https://lembatakab.go.id/"
    assert SOURCES["gorontaloprov"].url == "https://gorontaloprov.go.id/"
    assert SOURCES["kupangkota"].url == "https://kupangkota.go.id/"
    assert all(source.status == "unverified" for source in SOURCES.values())


def test_no_address_is_declared_twice() -> None:
    urls = [source.url for source in SOURCES.values()]
    assert len(urls) == len(set(urls))


def test_regions_are_what_the_generator_writes() -> None:
    assert OUT.read_text(encoding="utf-8") == regions_toml(), "run `python -m scrapers.sources.generate`"


def test_loading_is_quick() -> None:
    start = time.process_time()
    load_registry()
    assert time.process_time() - start < 0.3


def test_all_faults_come_at_once_each_with_its_line(registry: Write) -> None:
    path = registry(
        GOOD
        + '\n[a]\nname = "A"\nplatform = "gopher"\nurl = "https://a.go.id/"\n'
        + '\n[b]\nname = "B"\nplatform = "feed"\nurl = "ftp://b.go.id/"\ncolour = "red"\n'
        + '\n[c]\nname = "C\nplatform = "feed"\nurl = "https://c.go.id/"\n'
        + '\n[d]\nplatform = "feed"\nurl = "https://d.go.id/"\n'
    )
    faults = faults_of(path)
    assert [fault.split(":")[0] for fault in faults] == ["8", "14", "18", "22"]
    assert "'gopher' is none of" in faults[0]
    assert "url: not an http(s) address: 'ftp://b.go.id/'; colour: no such field" in faults[1]
    assert "[c] is no TOML" in faults[2]
    assert faults[3] == "22: [d] name: missing"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('region_code = "5371"', "Kemendagri"),
        ('kind = "blog"', "none of official, press"),
        ('timezone = "WITA"', "Asia/Makassar"),
        ('language = "Indonesian"', "language code"),
        ("floor_s = 0.2", "below 1 s"),
        ("floor_s = true", "not seconds"),
        ("floor_s = inf", "not seconds"),
        ('status = "dead"', "none of unverified"),
        ('options = "x"', "not a table"),
        ("options = { per_page = 'x' }", "per_page"),
        ("options = { body = 'div[' }", "CSS"),
        ("options = { colour = 1 }", "colour"),
    ],
)
def test_a_wrong_value_is_named(registry: Write, line: str, reason: str) -> None:
    (fault,) = faults_of(registry(f"{GOOD}{line}\n"))
    assert fault.startswith("5: ")
    assert reason in fault


@pytest.mark.parametrize(
    "url", ["https://", "//a.go.id", "javascript:x", "https://me:secret@a.go.id/", "https://a.go.id:99999/", ""]
)
def test_only_plain_web_addresses_are_sources(registry: Write, url: str) -> None:
    (fault,) = faults_of(registry(GOOD.replace("https://lembahranukab.go.id/", url)))
    assert "not an http(s) address" in fault


def test_an_id_is_declared_once(registry: Write) -> None:
    registry(GOOD, "a.toml")
    path = registry(GOOD, "b.toml")
    assert faults_of(path.parent) == ["1: [lembahranu] is declared twice"]


def test_loopback_may_be_asked_faster(registry: Write) -> None:
    path = registry(GOOD.replace("https://lembahranukab.go.id/", "http://127.0.0.1:8000/") + "floor_s = 0.05\n")
    assert load_registry(path)["lembahranu"].floor_s == 0.05


def test_bytes_that_are_no_text_are_one_fault(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(GOOD.encode() + b"# \xff\n")
    assert faults_of(path) == ["5: not UTF-8"]


def test_what_stands_before_the_first_entry_is_a_fault(registry: Write) -> None:
    assert faults_of(registry(f"# comment\n\nname = 1\n{GOOD}")) == ["3: stands before the first [id]"]


def test_a_missing_path_and_a_missing_source_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound, match="nowhere"):
        load_registry(tmp_path / "nowhere")
    with pytest.raises(SourceNotFound, match="did you mean nttprov"):
        find_source(SOURCES, "nttpro")


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(DataFileFaults):
        assert all(source.id for source in load_registry(path).values())


names = st.text(min_size=1, max_size=40).map(lambda text: "".join(c for c in text if c.isprintable()).strip()).filter(bool)


@given(names, st.sampled_from(sorted(PLATFORMS)), st.sampled_from(["official", "press"]), st.lists(names, max_size=3))
def test_a_written_declaration_reads_as_the_same_source(
    tmp_path_factory: pytest.TempPathFactory, name: str, platform: str, kind: str, texts: list[str]
) -> None:
    options = {"feeds": ["/x", *texts], "excerpts": True} if platform == "feed" else {}
    needed = {"listing": {"pages": ["/berita"]}, "json-api": {"urls": ["/a"], "fields": {"url": "a.b", "na me": "c"}}}
    source = Source("lembah-ranu", name, platform, "https://a.go.id/", "53.71", kind, options=options or needed.get(platform, {}))
    path = tmp_path_factory.getbasetemp() / "one.toml"
    path.write_text(declaration(source, notes=[f"seen {name}"]), encoding="utf-8")
    assert load_registry(path)["lembah-ranu"] == source
    assert tomllib.loads(path.read_text(encoding="utf-8")).keys() == {"lembah-ranu"}
