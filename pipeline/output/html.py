"""Pages that an editor can read: each article with its directives and officials marked by displaCy, and its records."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

from spacy import displacy

from arahan.types import Labelled
from pipeline.output.identity import digest
from pipeline.output.load import load
from pipeline.output.schema import ARTICLES, DIRECTIVES, OFFICIALS
from pipeline.text.clean import noise
from pipeline.text.layout import plain_spaces

Row = dict[str, object]
LAYERS = ("evidence", "action", "cue", "official", "noise")  # where spans overlap, the later one shows
_MARK = '<mark class="{label}" title="{label}">{text}</mark>{kb_link}'
_STYLE = """body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
mark{background:none;color:inherit;border-radius:3px}
.evidence{background:#fff6d6}.action{background:#ffd97a}.cue{background:#f6a5a5;font-weight:600}.official{background:#bfe0ff}
.noise{color:#999}table{border-collapse:collapse;font-size:14px}td,th{border:1px solid #ddd;padding:.3rem .5rem;text-align:left;
vertical-align:top}.about{color:#666}nav{margin-bottom:1rem}"""
_FIELDS = ("kind", "issuer", "addressees", "cue", "action", "sectors", "quantities", "deadline", "confidence")


def write_pages(output: Path, folder: Path) -> int:
    """Write index.html and a page an article into `folder` from the dataset under `output`; returns the number of articles."""
    folder.mkdir(parents=True, exist_ok=True)
    directives, officials = _by_article(output, directives=True), _by_article(output, directives=False)
    entries = []
    for article in load(output, ARTICLES).to_pylist():
        id_ = str(article["id"])
        (folder / page_name(id_)).write_text(page(article, directives[id_], officials[id_]), encoding="utf-8")
        entries.append((article, len(directives[id_])))
    (folder / "index.html").write_text(_index(entries), encoding="utf-8")
    return len(entries)


def page_name(article_id: str) -> str:
    """A file name for the article; ids that differ only in signs a file name cannot have get different names."""
    return f"{re.sub(r'[^A-Za-z0-9._-]+', '_', article_id)[:60]}-{digest([article_id], 8)}.html"


def page(article: Mapping[str, object], directives: Sequence[Row], officials: Sequence[Row]) -> str:
    """The page of one article (a row of articles/) with its rows of directives/ and officials/."""
    text = str(article["text"])
    grey = [Labelled(start, end, "noise") for start, end, _ in noise(plain_spaces(text), plain_spaces(str(article["title"])))]
    numbers: dict[object, list[int]] = defaultdict(list)
    for number, row in enumerate(directives, 1):
        numbers[row["evidence_end"]].append(number)
    ents = [_ent(run, numbers.get(run.end, ())) for run in runs(text, [*_spans(text, directives, officials), *grey])]
    body = displacy.render({"text": text, "ents": ents, "title": None}, style="ent", manual=True, options={"template": _MARK})
    legend = " ".join(f'<mark class="{layer}">{layer}</mark>' for layer in LAYERS)
    people = "".join(f"<li>{_text(o['name'])}, {_text(o['role'])}</li>" for o in officials)
    return _page(
        str(article["title"] or article["id"]),
        f'<nav><a href="index.html">All articles</a></nav><h1>{_text(article["title"] or article["id"])}</h1>{_about(article)}'
        f"<p>{legend}</p>{body}<h2>Directives</h2>{_records(directives)}<h2>Officials</h2><ul>{people}</ul>",
    )


def runs(text: str, spans: Sequence[Labelled]) -> Iterator[Labelled]:
    """The spans flattened: runs that do not overlap, each with the label that shows there, none across a line break."""
    breaks = {place for i, char in enumerate(text) if char == "\n" for place in (i, i + 1)}
    begun: dict[int, Counter[str]] = defaultdict(
        Counter
    )  # by place: how many spans of each layer begin there less those that end
    for span in (span for span in spans if span.start < span.end):
        begun[span.start][span.label] += 1
        begun[span.end][span.label] -= 1
    over: Counter[str] = Counter()
    for start, end in pairwise(sorted(begun.keys() | breaks)):
        over.update(begun.get(start, {}))
        labels = [layer for layer in LAYERS if over[layer]]
        if labels and text[start:end] != "\n":
            yield Labelled(start, end, labels[-1])


def _spans(text: str, directives: Sequence[Row], officials: Sequence[Row]) -> Iterator[Labelled]:
    for row in directives:
        evidence = _labelled(row, "evidence")
        yield from (evidence, _labelled(row, "action"))
        cue = text.find(str(row["cue"]), evidence.start, evidence.end) if row["cue"] else -1
        if cue >= 0:
            yield Labelled(cue, cue + len(str(row["cue"])), "cue")
    for row in officials:
        for mention in _list(row["mentions"]):
            yield Labelled(mention["start"], mention["end"], "official")


def _labelled(row: Row, name: str) -> Labelled:
    start, end = row[f"{name}_start"], row[f"{name}_end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return Labelled(start, end, name)


def _ent(run: Labelled, numbers: Sequence[int]) -> Row:
    """displaCy's entity; where an evidence ends stand the numbers of its records."""
    ent: Row = run._asdict()
    return ent | ({"kb_id": ", ".join(map(str, numbers)), "kb_url": f"#d{numbers[0]}"} if numbers else {})


def _records(directives: Sequence[Row]) -> str:
    head = "".join(f"<th>{field}</th>" for field in ("", *_FIELDS))
    rows = "".join(f'<tr id="d{number}"><td>{number}</td>{_cells(row)}</tr>' for number, row in enumerate(directives, 1))
    return f"<table><tr>{head}</tr>{rows}</table>" if directives else "<p>None.</p>"


def _cells(row: Row) -> str:
    shown = row | {
        "issuer": ", ".join(filter(None, (str(row["issuer_name"]), str(row["issuer_role"])))),
        "addressees": ", ".join(_list(row["addressees"])),
        "sectors": ", ".join(_list(row["sectors"])),
        "quantities": ", ".join(f"{q['text']} = {q['value']:g} {q['unit']}" for q in _list(row["quantities"])),
        "deadline": row["deadline"] or "",
        "confidence": f"{row['confidence']:.2f}",
    }
    return "".join(f"<td>{_text(shown[field])}</td>" for field in _FIELDS)


def _about(article: Mapping[str, object]) -> str:
    url = str(article["url"])
    link = f'<a href="{escape(url)}" rel="noopener">{_text(url)}</a>' if url.startswith(("http://", "https://")) else _text(url)
    return f'<p class="about">{_text(article["outlet"])} · {_text(article["published"] or "no date")} · {link}</p>'


def _index(entries: Sequence[tuple[Mapping[str, object], int]]) -> str:
    rows = "".join(
        f'<tr><td><a href="{page_name(str(a["id"]))}">{_text(a["title"] or a["id"])}</a></td>'
        f"<td>{_text(a['outlet'])}</td><td>{_text(a['published'] or '')}</td><td>{count}</td></tr>"
        for a, count in entries
    )
    head = "<tr><th>article</th><th>outlet</th><th>published</th><th>directives</th></tr>"
    return _page("Directives", f"<h1>{len(entries)} articles</h1><table>{head}{rows}</table>")


def _page(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{_text(title)}</title><style>{_STYLE}</style></head><body>{body}</body></html>\n"
    )


def _by_article(output: Path, *, directives: bool) -> Mapping[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in load(output, DIRECTIVES if directives else OFFICIALS).to_pylist():
        grouped[str(row["article_id"])].append(row)
    return grouped


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return escape(str(value))
