"""Annotations without their texts: offsets, article ids and a hash, joined with the articles where those are at hand.

    python -m models.training.annotations FULL.jsonl ... --articles news.jsonl --out models/training/annotations/news.jsonl

packs annotated articles: every string that stands in the text becomes [start, end) of it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from models.training.directive_data import Annotated, read

FOLDER = Path(__file__).parent / "annotations"
TEXTS = {"news": "news.jsonl", "agency": "panl_bppt_id.txt"}
STRETCH_LINES = 15


def text_hash(text: str) -> str:
    """First 16 hex digits of the text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _find(text: str, words: str, start: int = 0) -> list[int] | None:
    at = text.find(words, start) if words else -1
    return [at, at + len(words)] if at >= 0 else None


def _last(text: str, words: str, before: int) -> list[int] | None:
    at = text.rfind(words, 0, before) if words else -1
    return [at, at + len(words)] if at >= 0 else None


def _nearest(text: str, words: str, evidence: list[int]) -> list[int] | None:
    inside = text.find(words, evidence[0], evidence[1])
    return [inside, inside + len(words)] if inside >= 0 else _last(text, words, evidence[0])


def _person(text: str, person: dict[str, str]) -> dict[str, list[int] | None]:
    return {key: _find(text, person.get(key) or "") for key in ("name", "role")}


def _pack_directive(text: str, d: dict[str, Any], after: int) -> dict[str, Any] | None:
    """Spans of a directive given as strings; None when its evidence or action cannot be found."""
    evidence = _find(text, d["evidence"], after) or _find(text, d["evidence"])
    if evidence is None:
        return None
    inside = text[evidence[0] : evidence[1]]
    action = _find(inside, d["action"])
    if action is None:
        return None
    cue = _last(inside, d["cue"] or "", action[0]) or _find(inside, d["cue"] or "")
    shift = evidence[0]
    return {
        "kind": d["kind"], "evidence": evidence, "cue": [c + shift for c in cue] if cue else None,
        "action": [a + shift for a in action], "issuer": _person(text, d["issuer"]),
        "addressees": [s for a in d["addressees"] if (s := _nearest(text, a, evidence))],
        "sectors": d["sectors"],
        "quantities": [
            {"span": [x + shift for x in s], "value": q["value"], "unit": q["unit"]}
            for q in d["quantities"] if (s := _find(inside, q["text"]))
        ],
        "deadline": {"span": [x + shift for x in s], "iso": d["deadline"]["iso"]}
        if d["deadline"] and (s := _find(inside, d["deadline"]["text"])) else None,
    }  # fmt: skip


def pack(record: dict[str, Any], article: dict[str, Any]) -> dict[str, Any]:
    """A record of strings as offsets into the article's text, without the text."""
    text, packed, after = article["text"], [], 0
    for d in record["directives"]:
        found = _pack_directive(text, d, after)
        if found:
            packed.append(found)
            after = found["evidence"][0]
    officials = [_person(text, o) for o in record["officials"]]
    return {"id": record["id"], "hash": text_hash(text), "officials": [o for o in officials if o["name"]], "directives": packed}


def _words(text: str, span: list[int] | None) -> str:
    return text[span[0] : span[1]] if span else ""


def join(packed: Iterable[dict[str, Any]], articles: Iterable[dict[str, Any]]) -> Iterator[Annotated]:
    """The annotated articles whose texts are at hand and unchanged."""
    by_id = {a["id"]: a for a in articles}
    for record in packed:
        article = by_id.get(record["id"])
        if article is None or text_hash(article["text"]) != record["hash"]:
            continue
        text = article["text"]
        named = [{key: _words(text, o[key]) for key in ("name", "role")} for o in record["officials"]]
        directives = [
            {**d, "issuer": {key: _words(text, d["issuer"][key]) for key in ("name", "role")}} for d in record["directives"]
        ]
        yield {**article, "officials": named, "directives": directives}


def benchmark(data: Path) -> list[Annotated]:
    """The benchmark's training part beside `data`, with `unsure`: spans on which a second reader differs (unsure.jsonl)."""
    differing = {row["id"]: row for row in read(FOLDER / "unsure.jsonl")}
    return [_with_unsure(a, differing.get(a["id"])) for a in read(data.parent / "bench/train.jsonl")]


def _with_unsure(article: Annotated, row: dict[str, Any] | None) -> Annotated:
    if row is None or row["hash"] != text_hash(article["text"]):
        return article
    return {**article, "unsure": row["unsure"]}


def by_file(data: Path) -> dict[str, list[Annotated]]:
    """The articles of FOLDER whose text is at hand, by file: invented ones ship with theirs, the others need `data`/text."""
    found = {path.stem: read(path) for path in sorted(FOLDER.glob("invented*.jsonl"))}
    for name, articles in (("news", read), ("agency", stretches)):
        source = data / "text" / TEXTS[name]
        if source.exists():
            at_hand = articles(source)
            found |= {path.stem: list(join(read(path), at_hand)) for path in sorted(FOLDER.glob(f"{name}*.jsonl"))}
    return found


def more(data: Path) -> list[Annotated]:
    """Every article of `by_file`."""
    return [article for articles in by_file(data).values() for article in articles]


def contrasts() -> list[Annotated]:
    """Short invented passages in pairs and triples that differ in what decides whether they hold a directive."""
    return [a for path in sorted(FOLDER.glob("contrast*.jsonl")) for a in read(path)]


def stretches(path: Path) -> list[Annotated]:
    """Running text with a sentence a line and no marks between articles, cut into stretches of STRETCH_LINES lines."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    cut = ((at, "\n".join(line for line in lines[at : at + STRETCH_LINES] if line)) for at in range(0, len(lines), STRETCH_LINES))
    return [{"id": f"panl-{at + 1}", "title": "", "text": text, "date": "2007-07-01"} for at, text in cut if text]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path, nargs="+")
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=FOLDER / "news.jsonl")
    o = parser.parse_args()
    articles = {a["id"]: a for a in read(o.articles)}
    rows = {r["id"]: pack(r, articles[r["id"]]) for path in o.records for r in read(path)}
    o.out.parent.mkdir(parents=True, exist_ok=True)
    o.out.write_text("".join(json.dumps(row) + "\n" for row in rows.values()), encoding="utf-8")
    print(f"{len(rows)} articles, {sum(len(r['directives']) for r in rows.values())} directives in {o.out}")


if __name__ == "__main__":
    main()
