"""The demo site, and the command that fetches it: what `make scrape` does in a fresh clone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pyarrow.dataset as ds
import pytest

from pipeline.input.read import read_articles
from scrapers.demo import RELEASES, running
from tests.helpers import REPOSITORY, environment

RECORDS = {record["title"]: record for record in map(json.loads, RELEASES.read_text(encoding="utf-8").splitlines())}
WORDS_KEPT = 0.93  # share buttons, view counters and links to other articles go


def scrape_demo(output: Path) -> str:
    command = [sys.executable, "-m", "scrapers.demo", "-o", str(output)]
    run = subprocess.run(command, cwd=REPOSITORY, env=environment(), capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("demo")
    assert "40 releases" in scrape_demo(output)
    return output


def test_every_sample_release_arrives_once(fetched: Path) -> None:
    rows = ds.dataset(fetched / "articles", partitioning="hive").to_table().to_pylist()
    assert sorted(row["title"] for row in rows) == sorted(RECORDS)
    assert {row["source_id"] for row in rows} == {"demo-humas", "demo-kabar", "demo-mediacenter"}
    for row in rows:
        wanted = RECORDS[row["title"]]
        assert (row["published"].isoformat() if row["published"] else "") == wanted["date"]
        kept, there = row["text"].split(), wanted["text"].split()
        assert len(kept) >= WORDS_KEPT * len(there)
        assert set(kept) <= set(there)


def test_the_pipeline_reads_what_was_fetched(fetched: Path) -> None:
    articles = list(read_articles(fetched / "articles"))
    assert len(articles) == len(RECORDS)
    assert all(getattr(article, "text", "") for article in articles)


def test_a_second_run_over_the_same_output_finds_nothing_new(fetched: Path) -> None:
    before = {path: path.read_bytes() for path in (fetched / "articles").rglob("*.parquet")}
    scrape_demo(fetched)
    assert {path: path.read_bytes() for path in (fetched / "articles").rglob("*.parquet")} == before


def test_the_site_answers_as_web_servers_do() -> None:
    with running() as demo, httpx.Client(base_url=demo.base) as client:
        first = client.get("/kabar/feed/")
        assert first.headers["content-type"] == "application/rss+xml"
        again = client.get("/kabar/feed/", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.head("/kabar/feed/").content == b""
        assert [client.get(path).status_code for path in ("/nowhere", "/kabar/feed/?paged=99")] == [404, 404]
        beyond = client.get("/humas/wp-json/wp/v2/posts?page=99")
        assert (beyond.status_code, beyond.json()["code"]) == (400, "rest_post_invalid_page_number")
        assert client.get("/humas/wp-json/wp/v2/posts?page=x&per_page=0").status_code == 400
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{demo.base}/robots.txt")
