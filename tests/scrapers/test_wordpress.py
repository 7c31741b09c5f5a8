"""Crawls of a real WordPress: REST on and off, pretty and plain permalinks. Skipped where none can be set up."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from warcio.archiveiterator import ArchiveIterator

from scrapers.fetch.settings import FetchSettings
from scrapers.run import Scraped, rebuild, scrape
from scrapers.sources.probing import probe_site
from scrapers.types import Source
from tests.wordpress.posts import Post, edited, posts
from tests.wordpress.server import WordPress, missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "there")

PUBLIC = [post for post in posts() if post.status == "publish"]
HIDDEN = [post for post in posts() if post.status != "publish"]
SITEMAPS = {"pretty": "/wp-sitemap-posts-post-1.xml", "plain": "/?sitemap=posts&sitemap-subtype=post&paged=1"}
DECLARED: dict[str, tuple[str, dict[str, object]]] = {
    "rest-pretty": ("wordpress-rest", {}),
    "rest-plain": ("wordpress-rest", {"plain": True}),
    "html-pretty": ("wordpress-html", {"sitemaps": [SITEMAPS["pretty"]]}),
    "html-plain": ("wordpress-html", {"feeds": ["/?feed=atom"], "sitemaps": [SITEMAPS["plain"]]}),
}


class Humas:
    """The WordPress with its posts, and what each says now; those that a test has edited or removed differ between modes."""

    def __init__(self, server: WordPress) -> None:
        self.server = server
        self.ids = server.control("posts", posts=[post.given() for post in (*PUBLIC, *HIDDEN)])
        self.texts = {post.title: post.text for post in PUBLIC}

    def edit(self, post: Post) -> str:
        """Let the editor add a correction; returns the new text."""
        self.texts[post.title], markup = edited(post)
        self.server.control("edit", id=self.ids[post.key], html=markup)
        return self.texts[post.title]

    def remove(self, post: Post) -> None:
        """Delete a post for good."""
        self.server.control("remove", id=self.ids[post.key])
        del self.texts[post.title]


@pytest.fixture(scope="module")
def humas() -> Iterator[Humas]:
    """Its folder has a short name, because a socket lies in it."""
    with tempfile.TemporaryDirectory(prefix="wp-") as folder, WordPress(Path(folder)) as server:
        yield Humas(server)


class Site:
    """The WordPress in one mode, and an OUTPUT folder into which it is crawled."""

    def __init__(self, humas: Humas, mode: str, output: Path) -> None:
        self.humas, self.mode, self.output = humas, mode, output
        self.url = f"{humas.server.url}/"
        humas.server.control("mode", rest=mode.startswith("rest"), pretty=mode.endswith("pretty"))
        self.at_first = dict(humas.texts)
        self.asked: list[str] = []

    @property
    def source(self) -> Source:
        platform, options = DECLARED[self.mode]
        place = {"region_code": "53", "timezone": "Asia/Makassar"}
        return Source("ranu", "Humas Ranu", platform, self.url, floor_s=0.0, options=MappingProxyType(options), **place)

    def crawl(self) -> Scraped:
        """One run; `asked` is then what the web server was asked in it."""
        before = len(self.humas.server.requests())
        outcome = scrape(self.output, [self.source], FetchSettings(allow_loopback=True, retries=0))
        self.asked = self.humas.server.requests()[before:]
        assert outcome.problems == []
        return outcome

    def articles(self) -> dict[str, dict[str, Any]]:
        """The rows of articles/ by title."""
        rows = ds.dataset(self.output / "articles", partitioning="hive").to_table().to_pylist()
        assert len({row["url"] for row in rows}) == len(rows)
        by_title = {row["title"]: row for row in rows}
        assert len(by_title) == len(rows)
        return by_title

    def revisions(self) -> list[dict[str, Any]]:
        """The rows of revisions.parquet."""
        rows: list[dict[str, Any]] = pq.read_table(self.output / "revisions.parquet").to_pylist()
        return rows


@pytest.fixture(scope="module", params=sorted(DECLARED))
def site(request: pytest.FixtureRequest, humas: Humas, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site in one mode after its first crawl. The tests of this module run in order and go on from each other."""
    made = Site(humas, request.param, tmp_path_factory.mktemp(request.param))
    made.crawl()
    return made


def test_every_public_post_comes_once_with_its_text(site: Site) -> None:
    articles = site.articles()
    assert {title: row["text"] for title, row in articles.items()} == site.at_first
    days = {post.title: post.published.date() for post in PUBLIC}
    assert all(row["published"] == days[title] for title, row in articles.items())


def test_what_is_not_public_never_appears(site: Site) -> None:
    held = b"".join(path.read_bytes() for path in site.output.rglob("*.parquet"))
    assert all(post.title.encode() not in held for post in HIDDEN)
    assert not {post.title for post in HIDDEN} & site.articles().keys()


def test_dates_authors_categories_and_captions_are_kept(site: Site) -> None:
    revisions = {row["title"]: row for row in site.revisions()}
    for post in PUBLIC[45::20]:
        row = revisions[post.title]
        assert row["published_at"] == post.published.replace(tzinfo=dt.timezone(dt.timedelta(hours=8)))
        assert row["author"] == "humas"
        assert row["categories"] == [post.category]
        assert row["captions"] == ([post.caption] if post.caption else [])


def test_a_second_run_fetches_no_body(site: Site) -> None:
    before = {path: path.read_bytes() for path in (site.output / "articles").rglob("*.parquet")}
    archived = set((site.output / "archive").iterdir())
    site.crawl()
    assert [line for line in site.asked if is_article(line)] == []
    received = b"".join(body for path in set((site.output / "archive").iterdir()) - archived for body in bodies(path))
    assert b"di hadapan" not in received  # every release says so
    assert {path: path.read_bytes() for path in (site.output / "articles").rglob("*.parquet")} == before


def test_an_edit_becomes_a_revision_and_a_deleted_post_is_marked(site: Site) -> None:
    place = sorted(DECLARED).index(site.mode)
    changed, gone = PUBLIC[7 + place], PUBLIC[100 + place]
    before = site.at_first[changed.title]
    after = site.humas.edit(changed)
    site.humas.remove(gone)
    site.crawl()
    revisions = site.revisions()
    assert [(row["revision"], row["text"]) for row in revisions if row["title"] == changed.title] == [(1, before), (2, after)]
    assert [row["title"] for row in revisions if row["removed_at"]] == [gone.title]
    assert {title: row["text"] for title, row in site.articles().items()} == {**site.at_first, changed.title: after}
    assert len(revisions) == len(site.at_first) + 1


def test_the_archive_alone_gives_the_same_articles(site: Site) -> None:
    before = {path: path.read_bytes() for path in (site.output / "articles").rglob("*.parquet")}
    rebuild(site.output, [site.source])
    assert {path: path.read_bytes() for path in (site.output / "articles").rglob("*.parquet")} == before


def test_the_probe_finds_the_declaration(site: Site, tmp_path: Path) -> None:
    found = probe_site(site.url, FetchSettings(allow_loopback=True, retries=0), tmp_path, dt.date(2024, 5, 6))
    assert (found.source.platform, dict(found.source.options)) == DECLARED[site.mode]


def is_article(line: str) -> bool:
    """Whether a request is for a post's page."""
    return line.removeprefix("GET ").startswith(("/2021/", "/2022/", "/?p="))


def bodies(archive: Path) -> Iterator[bytes]:
    """What the crawl was sent, out of a WARC file, but for robots.txt: WordPress with plain permalinks answers its front page."""
    with archive.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response" and record.rec_headers.get_header("Arahan-Role") != "robots":
                yield record.content_stream().read()
