"""Whole runs over HTTP: several hosts, hostile ones among them, the command line, what is published."""

from __future__ import annotations

import datetime as dt
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from pytest_httpserver import HTTPServer
from rich.console import Console
from werkzeug import Request
from werkzeug import Response as Answer

from arahan.cli import main
from arahan.errors import ArahanError, OutputInUse, StateUnreadable
from arahan.lock import exclusive
from arahan.tables import ARTICLES
from pipeline.input.read import read_articles
from pipeline.output.load import load
from scrapers.bounds import Bounds
from scrapers.fetch.settings import FetchSettings
from scrapers.platforms import UnknownPlatform
from scrapers.run import Scraped, rebuild, scrape
from scrapers.store.tables import COVERAGE, REVISIONS
from scrapers.types import Source
from tests.helpers import REPOSITORY, RULES, environment
from tests.scrapers import hostile
from tests.scrapers.hostile import HostileServer
from tests.scrapers.site import PLATFORMS, Site, release, source

SETTINGS = FetchSettings(
    allow_loopback=True, retries=1, retry_wait_s=0.01, retry_wait_max_s=0.02,
    connect_s=5, read_s=0.5, transfer_s=1.0, max_body_bytes=2**20,
)  # fmt: skip
Run = Callable[..., Scraped]


@pytest.fixture
def run(output: Path) -> Run:
    """A run with impatient settings into `output`."""

    def do(*sources: Source, **bounds: object) -> Scraped:
        limits, console = Bounds(**bounds), Console(file=StringIO())  # type: ignore[arg-type]
        return scrape(output, sources, SETTINGS, bounds=limits, platforms=PLATFORMS, console=console)

    return do


def serve(server: HTTPServer, site: Site) -> Source:
    """Put a site on a server; its source."""
    site.base = server.url_for("").rstrip("/")

    def answer(request: Request) -> Answer:
        path = request.full_path.rstrip("?")
        status, body = site.answer(path)
        return Answer(body, status, content_type="application/json")

    server.expect_request("/robots.txt").respond_with_data("", status=404)
    server.expect_request(re.compile("/(?!robots).*")).respond_with_handler(answer)
    return source(f"humas-{server.port}", site.base)


def articles(output: Path) -> list[dict[str, object]]:
    return sorted(load(output, ARTICLES).to_pylist(), key=lambda row: str(row["id"]))


def test_what_a_run_publishes(httpserver: HTTPServer, output: Path, run: Run) -> None:
    outcome = run(serve(httpserver, Site([release(number) for number in reversed(range(8))])))
    assert (outcome.problems, dict(outcome.rows)) == ([], {"articles": 8, "revisions": 8, "coverage": 1})
    assert load(output, ARTICLES).schema.equals(ARTICLES.full_schema)
    for path in (output / "articles").rglob("*.parquet"):
        assert pq.read_schema(path).remove_metadata().equals(ARTICLES.schema)
    for table in (REVISIONS, COVERAGE):
        assert pq.read_schema(output / f"{table.name}.parquet").remove_metadata().equals(table.schema)
    row = next(row for row in articles(output) if row["title"] == "Rilis 3")
    assert row["published"] == dt.date(2024, 1, 1)
    assert (row["language"], row["event_date"], row["year"]) == ("id", None, 2024)
    assert len({article.id for article in read_articles(output / "articles")}) == 8  # type: ignore[union-attr]


def test_the_second_run_fetches_nothing_and_writes_the_same_bytes(httpserver: HTTPServer, output: Path, run: Run) -> None:
    of_site = serve(httpserver, Site([release(number) for number in reversed(range(8))], exhaustive=True))
    run(of_site)
    before = {path: path.read_bytes() for path in (output / "articles").rglob("*.parquet")}
    asked = len(httpserver.log)
    run(of_site)
    assert {request.path for request, _ in httpserver.log[asked:]} == {"/robots.txt", "/daftar"}
    assert {path: path.read_bytes() for path in (output / "articles").rglob("*.parquet")} == before
    rebuild(output, [of_site], platforms=PLATFORMS)
    assert {path: path.read_bytes() for path in (output / "articles").rglob("*.parquet")} == before


def test_articles_from_elsewhere_are_not_lost(httpserver: HTTPServer, output: Path, run: Run) -> None:
    of_site = serve(httpserver, Site([release(1)]))
    run(of_site)
    run(of_site)
    assert not list(output.glob("articles.replaced*"))
    path = next((output / "articles").rglob("*.parquet"))
    rows = pq.read_table(path, partitioning=None)
    pq.write_table(rows.set_column(0, "id", [["dari-tempat-lain"]]), path)
    run(of_site)
    saved = ds.dataset(output / "articles.replaced-1", partitioning="hive").to_table()["id"].to_pylist()
    assert saved == ["dari-tempat-lain"]
    assert [row["title"] for row in articles(output)] == ["Rilis 1"]


def test_a_hostile_host_stops_nobody_and_every_outcome_has_its_name(httpserver: HTTPServer, output: Path, run: Run) -> None:
    good = serve(httpserver, Site([release(number) for number in reversed(range(5))]))
    text = json.dumps({"url": "", "title": "Judul", "text": "Isi.", "published": "2024-01-01"}).encode()
    tricks = {
        "gone": hostile.answer(410),
        "unauthorised": hostile.answer(401),
        "forbidden": hostile.answer(403),
        "client-error": hostile.answer(418),
        "server-error": hostile.answer(503),
        "timeout": hostile.silent,
        "cut": hostile.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nseparuh"),
        "redirects": hostile.redirect("/redirects"),
        "address": hostile.redirect("http://10.0.0.1/"),
        "too-large": hostile.bomb(8 * 2**20),
        "encoding": hostile.answer(200, b"bukan gzip", Content_Encoding="gzip"),
        "malformed": hostile.answer(200, b"{" * 100_000),
        "no-text": hostile.answer(200, text.replace(b"Isi.", b" ")),
        "rate-limited": hostile.answer(429, Retry_After="3600"),
    }
    with HostileServer() as server:
        named = [{"url": server.on(f"/{name}", action), "version": "1"} for name, action in tricks.items()]
        named.append({"url": server.on("/baik", hostile.answer(200, text)), "version": "1"})
        listing = {
            "articles": [named[-1], *named[:-1]],
            "next": [server.url("/daftar"), server.url("/peta")],
            "newest_first": False,
        }
        server.on("/daftar", hostile.answer(200, json.dumps(listing).encode()))
        server.on("/peta", hostile.answer(200, json.dumps(listing).encode()))
        bad = source("usil", server.url().rstrip("/"))
        outcome = run(good, bad)
    coverage = {row["source_id"]: row for row in pq.read_table(output / "coverage.parquet").to_pylist()}
    assert set(dict(coverage["usil"]["failures"])) == set(tricks)
    assert coverage["usil"]["failed"] == len(tricks) + 1  # the second list comes after the 429: the host is left alone
    assert coverage["usil"]["tried"] == coverage["usil"]["fetched"] + coverage["usil"]["unchanged"] + coverage["usil"]["failed"]
    assert coverage[good.id]["failed"] == 0
    assert {problem.source_id for problem in outcome.problems} == {"usil"}
    assert len(articles(output)) == 6


def test_a_source_that_cannot_be_reached_is_looked_at_in_vain(output: Path, run: Run) -> None:
    with HostileServer() as server:
        away = source("pergi", server.url().rstrip("/"))
    outcome = run(away)
    assert [problem.outcome for problem in outcome.problems] in (["refused"], ["robots"])
    row = pq.read_table(output / "coverage.parquet").to_pylist()[0]
    assert (row["listings"], row["found"], row["failed"], row["last_success"]) == (0, 0, 1, None)
    assert articles(output) == []


def test_a_platform_that_breaks_is_one_problem(httpserver: HTTPServer, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> list[str]:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("tests.scrapers.site.JsonTest.start", broken)
    outcome = run(serve(httpserver, Site()))
    assert [problem.reason for problem in outcome.problems] == ["ZeroDivisionError: division by zero"]
    assert outcome.rows["articles"] == 0


def test_a_disk_that_is_full_ends_the_run(httpserver: HTTPServer, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("scrapers.fetch.archive.Archive.append", full)
    with pytest.raises(OSError, match="No space left"):
        run(serve(httpserver, Site([release(1)])))


def test_one_process_at_a_time_and_only_a_folder_for_it(output: Path, run: Run, tmp_path: Path) -> None:
    with exclusive(output), pytest.raises(OutputInUse):
        run(source())
    with pytest.raises(UnknownPlatform):
        run(Source("x", "X", "mesin-tik", "http://contoh.test/"))
    (output / "articles").mkdir()
    (output / "articles" / "catatan.txt").write_text("penting")
    with pytest.raises(ArahanError, match=r"catatan\.txt"):
        run(source())
    (output / "articles" / "catatan.txt").unlink()
    (output / "scrape.sqlite").write_text("bukan basis data, sama sekali bukan")
    with pytest.raises(StateUnreadable):
        run()
    (tmp_path / "file").write_text("")
    with pytest.raises(ArahanError, match="is a file"):
        scrape(tmp_path / "file", [], SETTINGS)


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """`arahan ARGUMENTS` in this process: exit status, standard output, standard error."""

    def do(*arguments: object) -> tuple[int, str, str]:
        for name, value in {**RULES, "COLUMNS": "150"}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.argv", ["arahan", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), *capsys.readouterr()

    return do


ENTRY = """
[{id}]
name = "Humas Contoh"
platform = "json-api"
url = "{base}/"
floor_s = 0.0
[{id}.options]
urls = ["/daftar"]
items = "articles"
next = "next.0"
complete = true
[{id}.options.fields]
url = "url"
title = "article.title"
text = "article.text"
published = "published"
modified = "version"
"""
Call = Callable[..., tuple[int, str, str]]


def test_the_commands_from_site_to_directives(httpserver: HTTPServer, output: Path, tmp_path: Path, call: Call) -> None:
    order = "Bupati Ani Wijaya meminta camat menanam 500 pohon."
    site = Site([release(number, text=f"{release(number).text}\n{order}") for number in reversed(range(4))], whole=True)
    serve(httpserver, site)
    registry = tmp_path / "sources.toml"
    registry.write_text(ENTRY.format(id="contoh", base=site.base), encoding="utf-8")
    scraping = ("scrape", "--registry", registry, "--allow-loopback", "-o", output)
    status, said, _ = call(*scraping, "--source", "contoh")
    assert status == 0
    assert "4 articles, 4 revisions, 1 coverage" in said
    status, said, _ = call("extract", output / "articles", "-o", tmp_path / "data")
    assert status == 0
    assert "4 articles, 4 directives" in said
    site.get("/berita/2").text, site.get("/berita/2").version = f"Diralat.\n{order}", "2"
    site.articles.pop()
    status, said, _ = call(*scraping)
    assert status == 0
    status, said, _ = call("history", f"{site.base}/berita/2/", "-o", output)
    assert "revision 2" in said
    assert "+Diralat." in said
    assert f" {order}" in said
    status, said, _ = call("history", f"{site.base}/berita/0", "-o", output)
    assert "removed from the site" in said
    assert call(*scraping, "--reparse")[0] == 0
    assert len(articles(output)) == 4


def test_failures_are_listed_and_the_status_is_1(output: Path, tmp_path: Path, call: Call) -> None:
    with HostileServer() as server:
        server.on("/robots.txt", hostile.answer(200, b"User-agent: *\nDisallow: /"))
        registry = tmp_path / "sources.toml"
        registry.write_text(ENTRY.format(id="tutup", base=server.url().rstrip("/")), encoding="utf-8")
        status, said, _ = call("scrape", "--registry", registry, "--allow-loopback", "-o", output)
    assert status == 1
    assert "tutup  robots" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("scrape", "--source", "tiada", "-o", "OUTPUT"), "no source 'tiada'"),
        (("scrape", "--since", "kemarin", "-o", "OUTPUT"), "Invalid value for '--since'"),
        (("scrape", "--limit", "0", "-o", "OUTPUT"), "Invalid value for '--limit'"),
        (("scrape", "--registry", "tiada.toml", "-o", "OUTPUT"), "tiada.toml"),
        (("scrape",), "Missing option"),
        (("scrape", "--source", "nttprov", "-o", "OUTPUT"), "ARAHAN_CONTACT is not set"),
        (("history", "x", "-o", "OUTPUT"), "no such file"),
    ],
)
def test_wrong_use_is_one_message_and_status_2(output: Path, call: Call, arguments: tuple[str, ...], message: str) -> None:
    status, _, said = call(*[str(output) if argument == "OUTPUT" else argument for argument in arguments])
    assert (status, message in said) == (2, True), said
    assert not output.exists()


HEARS_CTRL_C = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite in the background of a shell passes on that it is ignored
from arahan.cli import main
main()
"""


def test_ctrl_c_keeps_what_was_fetched(output: Path, tmp_path: Path) -> None:
    with HostileServer() as server:
        site = Site([release(number) for number in range(2)], base=server.url().rstrip("/"), whole=True)
        listing = {**site.listing(1), "next": [server.url("/daftar2")], "newest_first": False}
        server.on("/daftar", hostile.answer(200, json.dumps(listing).encode()))
        server.on("/daftar2", hostile.silent)
        registry = tmp_path / "sources.toml"
        registry.write_text(ENTRY.format(id="contoh", base=site.base), encoding="utf-8")
        command = [sys.executable, "-c", HEARS_CTRL_C, "scrape", "--registry", registry, "--allow-loopback", "-o", output]
        with subprocess.Popen(command, cwd=REPOSITORY, env=environment(), stdout=-1, stderr=-1, text=True) as process:
            while not server.times("/daftar2"):
                assert process.poll() is None, process.communicate()
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            said = process.communicate()
        assert process.returncode == 130, said
        assert "stopped; what was fetched is in the tables" in said[1]
        assert len(articles(output)) == 2
