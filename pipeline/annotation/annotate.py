"""Stanza over batches of articles: sentences, words, entities and the directive model's reading, in article offsets."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import stanza
from stanza.models.common.doc import Document
from transformers.utils import logging as hf_logging

import models.runtime.processor  # noqa: F401  registers the processor `directive` with Stanza
from arahan.errors import ModelNotFound
from arahan.types import Article, Labelled, Span
from models.runtime.decode import Candidate, Mention
from models.runtime.foundation import bf16_is_native, foundation_cache, load_record, without_optimizers
from models.runtime.reader import Reading
from pipeline.text.clean import body_paragraphs, noise
from pipeline.text.layout import Layout, lay_out, plain_spaces

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

EXTRACTION = ("tokenize", "directive")  # why neither words are split nor names tagged: docs/decisions.md
LINGUISTIC = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner", "directive")


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article as Stanza read it; all spans in characters of the article's text, `doc` only when asked for."""

    article: Article
    noise: list[Labelled]
    sentences: list[Span]
    entities: list[Labelled]
    reading: Reading
    doc: Doc | None = None


class Annotator:
    """A Stanza pipeline and the bridge to spaCy; `processors` are Stanza's names."""

    def __init__(
        self, folder: os.PathLike[str], processors: Sequence[str] = EXTRACTION, package: str = "csui", threads: int = 0
    ) -> None:
        chosen = {name: _package(name, package) for name in processors}
        _check(Path(folder), chosen)
        hf_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        hf_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        heads = set(processors) & {"pos", "depparse", "ner"}
        cache = foundation_cache(load_record(Path(folder) / "encoder", bf16=bf16_is_native())) if heads else None
        with without_optimizers():
            self._pipeline = stanza.Pipeline(
                "id", dir=os.fspath(folder), package=None, processors=chosen,
                download_method=None, use_gpu=False, logging_level="ERROR", foundation_cache=cache,
                directive_model_path=os.fspath(Path(folder) / "directive"), directive_threads=threads,
            )  # fmt: skip
        self._vocab = _vocab() if "depparse" in processors else None

    def annotate(self, articles: Sequence[Article]) -> list[Annotated]:
        """One Annotated an article, in order."""
        texts = [plain_spaces(a.text) for a in articles]
        cleaned = [noise(text, plain_spaces(a.title)) for text, a in zip(texts, articles, strict=True)]
        layouts = [lay_out(text, body_paragraphs(text, n)) for text, n in zip(texts, cleaned, strict=True)]
        documents = [_document(a, layout) for a, layout in zip(articles, layouts, strict=True)]
        read = [d for d in documents if d is not None]
        if read:
            self._pipeline.process(read)
        return [self._annotated(*row) for row in zip(articles, cleaned, layouts, documents, strict=True)]

    def _annotated(self, article: Article, cleaned: list[Labelled], layout: Layout, document: Document | None) -> Annotated:
        if document is None:
            return Annotated(article, cleaned, [], [], Reading([]), self._doc(article, layout, None, []))
        sentences = [_span(layout, s.tokens[0].start_char, s.tokens[-1].end_char) for s in document.sentences if s.tokens]
        entities = [Labelled(*_span(layout, e.start_char, e.end_char), e.type) for e in document.ents or ()]
        doc = self._doc(article, layout, document, entities)
        return Annotated(article, cleaned, sentences, entities, _placed(document.reading, layout), doc)

    def _doc(self, article: Article, layout: Layout, document: Document | None, entities: list[Labelled]) -> Doc | None:
        if self._vocab is None:
            return None
        from pipeline.annotation import bridge

        doc = bridge.build(self._vocab, article.text, document, layout.place, entities)
        doc._.article_id, doc._.title = article.id, article.title
        return doc


def _vocab() -> Vocab:
    """Loaded only where a Doc is wanted: spaCy takes three seconds, and extraction does without."""
    import spacy

    return spacy.blank("id").vocab


def _check(folder: Path, chosen: Mapping[str, str]) -> None:
    wanted = [folder / "id" / name / f"{package}.pt" for name, package in chosen.items() if name != "directive"]
    missing = [path for path in (folder / "resources.json", *wanted) if not path.exists()]
    if missing:
        raise ModelNotFound(f"{missing[0]} is missing: the weights ship with the project; fetch all of it or run make train")


def _package(processor: str, package: str) -> str:
    return "arahan" if processor in ("ner", "directive") else package


def _document(article: Article, layout: Layout) -> Document | None:
    if not layout.text:
        return None
    document = Document([], text=layout.text)
    document.title = article.title
    return document


def _span(layout: Layout, start: int, end: int) -> Span:
    return Span(layout.place(start), layout.place(end - 1) + 1)


def _placed(reading: Reading, layout: Layout) -> Reading:
    def mention(m: Mention) -> Mention:
        return replace(m, span=_span(layout, *m.span))

    def candidate(c: Candidate) -> Candidate:
        arguments = {role: [mention(m) for m in found] for role, found in c.arguments.items()}
        return replace(c, action=_span(layout, *c.action), arguments=arguments)

    names = reading.names.moved(lambda start, end: _span(layout, start, end))
    return Reading([(candidate(c), p) for c, p in reading.candidates], names)
