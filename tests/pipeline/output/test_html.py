from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from arahan.settings import Settings
from arahan.types import Article, Labelled
from pipeline.jobs.run import run
from pipeline.output.assemble import assemble
from pipeline.output.html import LAYERS, page, page_name, runs
from tests.helpers import release, write_jsonl
from tests.pipeline.output.test_assemble import ARTICLE, ORDER, extraction


class Elements(HTMLParser):
    """Collects the tags and the text of each mark."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags, self.marks, self.open = list[str](), list[tuple[str, str]](), ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open = str(dict(attrs)["class"]) if tag == "mark" else ""

    def handle_data(self, data: str) -> None:
        if self.open:
            self.marks.append((self.open, data))


def article_page(article: Article) -> str:
    tables = assemble([extraction(ORDER, article=article)], "v").tables
    rows = {name: table.to_pylist() for name, table in tables.items()}
    return page(rows["articles"][0], rows["directives"], rows["officials"])


def test_directives_officials_and_noise_are_marked() -> None:
    marks = Elements(article_page(replace(ARTICLE, text=f"{ARTICLE.text}\nBACA JUGA: Panen Raya"))).marks[len(LAYERS) :]
    assert ("action", "menanam 500 pohon") in marks
    assert ("cue", "meminta") in marks
    assert ("official", "Ani Wijaya") in marks
    assert ("noise", "BACA JUGA: Panen Raya") in marks


def test_records_are_listed_with_their_fields() -> None:
    text = article_page(ARTICLE)
    for field in ("Ani Wijaya, Bupati", "lingkungan-hidup", "500 pohon = 500 pohon", "2021-03-31", "0.91"):
        assert f"<td>{field}</td>" in text


@pytest.mark.parametrize("fault", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a & b"])
def test_nothing_out_of_an_article_becomes_markup(fault: str) -> None:
    text = article_page(replace(ARTICLE, title=fault, outlet=fault, url=f"javascript:{fault}", text=ARTICLE.text + fault))
    tags = Elements(text).tags
    assert not {"script", "img"} & set(tags)
    assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', text))


def test_ids_make_safe_and_different_file_names() -> None:
    found = [page_name(id_) for id_ in ("../../etc/passwd", "a/b", "a_b", "é" * 300, "https://x.y/?a=1&b=2")]
    assert len(set(found)) == len(found)
    assert all(re.fullmatch(r"[A-Za-z0-9._-]{1,80}\.html", name) for name in found)


spans = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from(LAYERS)).map(lambda t: Labelled(*t)), max_size=6
)


@given(st.text(alphabet="ab \n", min_size=20, max_size=20), spans)
def test_runs_do_not_overlap_nor_cross_lines(text: str, found: list[Labelled]) -> None:
    flat = list(runs(text, found))
    assert all(one.end <= other.start for one, other in pairwise(flat))
    assert all("\n" not in text[run.start : run.end] and run.start < run.end for run in flat)
    covered = {place for run in flat for place in range(run.start, run.end)}
    assert covered == {place for s in found for place in range(s.start, s.end) if text[place] != "\n"}
    for one in flat:
        here = [s.label for s in found if s.start <= one.start and one.end <= s.end]
        assert one.label == max(here, key=LAYERS.index)


def test_a_very_long_text_with_many_spans_takes_no_time() -> None:
    line = "Bupati meminta camat menjaga kebersihan.\n"
    marked = [Labelled(place, place + 20, "evidence") for place in range(0, 60_000 * len(line), len(line))]
    assert sum(1 for _ in runs(line * 60_000, marked)) == 60_000  # minutes, if every run looked at every span


def test_pages_are_written_and_kept_in_step(tmp_path: Path, output: Path, settings: Settings) -> None:
    console = Console(file=StringIO())
    run(write_jsonl(tmp_path / "a.jsonl", [release(1), release(2)]), output, settings, html=True, console=console)
    assert len(list((output / "html").glob("*.html"))) == 3
    run(write_jsonl(tmp_path / "b.jsonl", [release(3)]), output, settings, console=console)
    pages = {path.name for path in (output / "html").glob("*.html")}
    assert pages == {"index.html", page_name("r003")}
    assert f'href="{page_name("r003")}"' in (output / "html" / "index.html").read_text(encoding="utf-8")
