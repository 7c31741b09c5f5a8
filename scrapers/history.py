"""The revisions of a scraped article, with what changed from one to the next."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from arahan.errors import ArticleNotFound, InputNotFound
from scrapers.store.tables import REVISIONS
from scrapers.text.urls import page_key

COLUMNS = ("article_id", "revision", "url", "title", "text", "published", "fetched_at", "removed_at", "warc_file", "warc_offset")


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision; the fields are columns of revisions.parquet."""

    article_id: str
    revision: int
    url: str
    title: str
    text: str
    published: dt.date | None
    fetched_at: dt.datetime
    removed_at: dt.datetime | None
    warc_file: str
    warc_offset: int

    @property
    def lines(self) -> list[str]:
        """What is compared: date, headline, paragraphs."""
        return [str(self.published or ""), self.title, *self.text.split("\n")]


def history(output: Path, article: str) -> list[Revision]:
    """All revisions of an article, named by its id or URL. Raises InputNotFound without a table, ArticleNotFound."""
    path = output / f"{REVISIONS.name}.parquet"
    if not path.is_file():
        raise InputNotFound(f"{path}: no such file; `arahan scrape -o {output}` writes it")
    key = page_key(article)
    known = pq.read_table(path, columns=["article_id", "url"]).to_pylist()
    wanted = {row["article_id"] for row in known if row["article_id"] == article or _is(row["url"], key)}
    rows = pq.read_table(path, columns=list(COLUMNS), filters=pc.field("article_id").isin(sorted(wanted))).to_pylist()
    if not rows:
        raise ArticleNotFound(article, output)
    return [Revision(**row) for row in rows]


def differences(one: Revision, other: Revision) -> Iterator[str]:
    """A unified diff of two revisions, a paragraph a line."""
    first, second = (f"revision {each.revision} of {each.fetched_at:%Y-%m-%d %H:%M} UTC" for each in (one, other))
    return difflib.unified_diff(one.lines, other.lines, first, second, lineterm="", n=1)


def report(revisions: Sequence[Revision]) -> Iterator[str]:
    """Lines that tell the history: each revision, and what it changed."""
    before: Revision | None = None
    for each in revisions:
        if before is None or before.article_id != each.article_id:
            yield f"{each.article_id}  {each.url}"
            before = None
        yield f"revision {each.revision}: {each.fetched_at:%Y-%m-%d %H:%M} UTC, {each.warc_file} at {each.warc_offset}"
        if before:
            yield from differences(before, each)
        before = each
    if before and before.removed_at:
        yield f"removed from the site: {before.removed_at:%Y-%m-%d %H:%M} UTC"


def _is(url: str, key: str) -> bool:
    return bool(key.strip("/")) and page_key(url) == key
