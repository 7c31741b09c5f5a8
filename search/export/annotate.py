"""A dataset as annotated articles, in the form that training and scoring read, for tools in which people correct them.

An annotated article: id, title, text, date, url, outlet; `officials`, each name and role; `directives`, each kind, evidence, cue
(null when it stands elsewhere), action, issuer (name, role), addressees, sectors, quantities (span, value, unit) and deadline
(span, iso; null when none). Every span is [start, end) in the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.errors import DatasetMissing
from search.export import brat, label_studio
from search.export.publish import refuse_foreign
from search.export.tables import rows_of

Record = dict[str, Any]
Row = Mapping[str, Any]
WRITERS: Mapping[str, tuple[str, Callable[[Path, Sequence[Record]], None]]] = {
    "label-studio": (label_studio.TASKS, label_studio.write),
    "brat": (brat.CONFIG, brat.write),
}


@dataclass(frozen=True, slots=True)
class Written:
    """How much was written."""

    articles: int
    directives: int


def export_annotations(output: Path, folder: Path, format: str) -> Written:
    """Write every article of `output`, with its directives as annotations, for one of WRITERS.

    Raises DatasetMissing when `output` has no texts (an export without them, say), BadExport when `folder` holds other files.
    """
    mark, write = WRITERS[format]
    refuse_foreign(folder, mark)
    records = list(annotated(output))
    folder.mkdir(parents=True, exist_ok=True)
    write(folder, records)
    return Written(len(records), sum(len(record["directives"]) for record in records))


def annotated(output: Path) -> Iterator[Record]:
    """The annotated articles of a dataset, by id; those without directives too, for what was missed."""
    directives, officials = _by_article(output, "directives"), _by_article(output, "officials")
    articles = {article["id"]: article for article in _rows(output, "articles")}
    if any("text" not in article for article in articles.values()):
        raise DatasetMissing(f"{output} has no texts; use the dataset itself, or an export made with --with-texts")
    for id_ in sorted(articles):
        yield record(articles[id_], directives.get(id_, []), officials.get(id_, []))


def _by_article(output: Path, table: str) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in _rows(output, table):
        found[row["article_id"]].append(row)
    return dict(found)


def _rows(output: Path, table: str) -> Iterator[Row]:
    if not (output / table).is_dir():
        raise DatasetMissing(f"{output} has no {table}/; make it with: arahan extract INPUT -o {output}")
    yield from rows_of(output / table)


def record(article: Row, directives: Sequence[Row], officials: Sequence[Row]) -> Record:
    """One article with its rows of directives/ and officials/."""
    text = article["text"]
    ordered = sorted(directives, key=lambda row: (row["evidence_start"], row["action_start"], row["directive_id"]))
    return {
        "id": article["id"],
        "title": article["title"],
        "text": text,
        "date": article["published"].isoformat() if article["published"] else "",
        "url": article["url"],
        "outlet": article["outlet"],
        "officials": [{"name": o["name"], "role": o["role"]} for o in officials if o["name"]],
        "directives": [_directive(text, row) for row in ordered],
    }


def _directive(text: str, row: Row) -> Record:
    evidence = [row["evidence_start"], row["evidence_end"]]
    deadline = _nearest(text, row["deadline_text"] or "", evidence)
    return {
        "kind": row["kind"],
        "evidence": evidence,
        "cue": _inside(text, row["cue"], evidence),
        "action": [row["action_start"], row["action_end"]],
        "issuer": {"name": row["issuer_name"], "role": row["issuer_role"]},
        "addressees": [span for who in row["addressees"] if (span := _nearest(text, who, evidence))],
        "sectors": list(row["sectors"]),
        "quantities": [
            {"span": span, "value": q["value"], "unit": q["unit"]}
            for q in row["quantities"]
            if (span := _nearest(text, q["text"], evidence))
        ],
        "deadline": {"span": deadline, "iso": row["deadline"]} if deadline and row["deadline"] else None,
    }


def _inside(text: str, words: str, span: Sequence[int]) -> list[int] | None:
    at = text.find(words, *span) if words else -1
    return [at, at + len(words)] if at >= 0 else None


def _nearest(text: str, words: str, evidence: Sequence[int]) -> list[int] | None:
    """Where the words stand: in the evidence, else last before it, else first after it; None when nowhere."""
    if not words:
        return None
    if found := _inside(text, words, evidence):
        return found
    at = text.rfind(words, 0, evidence[0])
    at = at if at >= 0 else text.find(words, evidence[1])
    return [at, at + len(words)] if at >= 0 else None
