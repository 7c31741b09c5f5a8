"""Articles as spaCy documents on disk: tokens, tags, lemmas, heads, entities, and the directives found, in DocBin files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Literal, TypeVar

from spacy.tokens import Doc, DocBin

from arahan.settings import Settings
from arahan.types import Article, Extraction, Labelled, Rejected
from pipeline.annotation import bridge
from pipeline.annotation.annotate import LINGUISTIC, Annotated, Annotator
from pipeline.directives.confidence import Confidence
from pipeline.directives.extract import extraction
from pipeline.input.read import begun, read_articles
from pipeline.output.checkpoints import lines
from pipeline.speech.quotes import find_quotes

FILE_DOCS = 500
T = TypeVar("T")


def documents(articles: Iterable[Article], settings: Settings) -> Iterator[Doc]:
    """One Doc an article, `doc.text == article.text`, as `decorated` makes it. Raises ModelNotFound."""
    annotator = Annotator(settings.models, LINGUISTIC, threads=settings.threads_each)
    confidence = Confidence.load(settings.models / "directive")
    for batch in _batches(articles, settings.batch_articles):
        for annotated in annotator.annotate(batch):
            yield decorated(annotated, extraction(annotated, confidence))


def decorated(annotated: Annotated, found: Extraction) -> Doc:
    """The Doc of an annotated article with what was extracted from it.

    `doc.spans` has "noise", "quotes", "evidence", "directives" (the actions) and "officials" (their mentions); `doc._.directives`
    and `doc._.officials` have a dictionary each. Raises ValueError when the article was annotated without the parser.
    """
    doc = annotated.doc
    if doc is None:
        raise ValueError("the article was annotated without the parser")
    text = annotated.article.text
    bridge.group(doc, "noise", annotated.noise)
    bridge.group(doc, "quotes", [Labelled(q.start, q.end, "quote") for q in find_quotes(text)])
    bridge.group(doc, "evidence", [Labelled(*d.evidence, d.kind) for d in found.directives])
    bridge.group(doc, "directives", [Labelled(*d.action, d.kind) for d in found.directives])
    bridge.group(doc, "officials", [Labelled(*span, o.official_id) for o in found.officials for span in o.mentions])
    doc._.directives = [
        {"issuer": d.issuer_name or d.issuer_role, "addressees": list(d.addressees), "sectors": list(d.sectors)}
        for d in found.directives
    ]
    doc._.officials = [{"id": o.official_id, "name": o.name, "role": o.role} for o in found.officials]
    return doc


def write_docs(source: Path | Literal["-"], folder: Path, settings: Settings) -> tuple[int, list[Rejected]]:
    """Write part-0000.spacy, ... and rejected.jsonl under `folder`, in place of an earlier run's; returns the number of
    documents and the rejected records. A wrong `source` leaves `folder` as it was."""
    rejected = list[Rejected]()

    def good(records: Iterable[Article | Rejected]) -> Iterator[Article]:
        for record in records:
            if isinstance(record, Article):
                yield record
            else:
                rejected.append(record)

    articles = good(begun(read_articles(source)))
    folder.mkdir(parents=True, exist_ok=True)
    written, parts = 0, set[Path]()
    for number, docs in enumerate(_batches(documents(articles, settings), FILE_DOCS)):
        parts.add(part := folder / f"part-{number:04d}.spacy")
        DocBin(store_user_data=True, docs=docs).to_disk(part)
        written += len(docs)
    for old in set(folder.glob("part-*.spacy")) - parts:
        old.unlink()
    (folder / "rejected.jsonl").write_text(lines(rejected), encoding="utf-8")
    return written, rejected


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
