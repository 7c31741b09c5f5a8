"""Does every directive still stand in its article? The proof that a dataset and its texts belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from arahan.errors import InputNotFound
from pipeline.output.load import load
from pipeline.output.schema import ARTICLES, DIRECTIVES, OFFICIALS
from pipeline.output.store import finish_killed_run


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A row that its article does not bear out: the row's id, the article's id, and what is wrong."""

    row: str
    article_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many rows of each table were checked, and what no longer matches."""

    checked: dict[str, int]
    mismatches: tuple[Mismatch, ...]


def verify(output: Path) -> Verdict:
    """Re-find every evidence, action and mention. Raises InputNotFound when `output` is no dataset."""
    finish_killed_run(output)
    articles = load(output, ARTICLES, ["id", "text"])
    if articles["text"].null_count:
        raise InputNotFound(f"{output} has no texts to find passages in; an export has them when it is made with --with-texts")
    texts = dict(zip(articles["id"].to_pylist(), articles["text"].to_pylist(), strict=True))
    names = ["directive_id", "article_id", *(f"{span}{end}" for span in DIRECTIVES.spans for end in ("", "_start", "_end"))]
    directives = load(output, DIRECTIVES, names).to_pylist()
    officials = load(output, OFFICIALS, ["article_id", "official_id", "name", "mentions"]).to_pylist()
    mismatches = (*_articles(articles["id"].to_pylist()), *_directives(directives, texts), *_officials(officials, texts))
    counts = {"articles": articles.num_rows, "directives": len(directives), "officials": len(officials)}
    return Verdict(counts, mismatches)


def _articles(ids: list[str]) -> Iterator[Mismatch]:
    yield from (Mismatch(id_, id_, f"the id stands {times} times") for id_, times in Counter(ids).items() if times > 1)


def _directives(rows: list[dict[str, object]], texts: dict[str, str]) -> Iterator[Mismatch]:
    times = Counter(row["directive_id"] for row in rows)
    for row in rows:
        id_, article_id = str(row["directive_id"]), str(row["article_id"])
        if times[id_] > 1:
            yield Mismatch(id_, article_id, f"the id stands {times[id_]} times")
        if article_id not in texts:
            yield Mismatch(id_, article_id, "its article is missing")
            continue
        for name in DIRECTIVES.spans:
            reason = _span_fault(texts[article_id], str(row[name]), row[f"{name}_start"], row[f"{name}_end"])
            if reason:
                yield Mismatch(id_, article_id, f"{name} {reason}")


def _officials(rows: list[dict[str, object]], texts: dict[str, str]) -> Iterator[Mismatch]:
    for row in rows:
        id_, article_id, mentions = str(row["official_id"]), str(row["article_id"]), row["mentions"]
        if article_id not in texts:
            yield Mismatch(id_, article_id, "its article is missing")
        elif isinstance(mentions, list) and not all(0 <= m["start"] < m["end"] <= len(texts[article_id]) for m in mentions):
            yield Mismatch(id_, article_id, f"a mention of {row['name']} lies outside the text")


def _span_fault(text: str, passage: str, start: object, end: object) -> str:
    """What is wrong with a passage, "" when it is where its offsets say."""
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end and text[start:end] == passage:
        return ""
    elsewhere = text.find(passage)
    return f"moved: now at {elsewhere}, not {start}" if passage and elsewhere >= 0 else f"is not in the text: {passage[:60]!r}"
