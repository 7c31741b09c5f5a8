"""The Stanza processor `directive`: register it by importing this module.

It needs sentences only, reads whole documents (the speaker and the article bear on what a sentence means), and sets
`document.reading` to a `Reading` in characters of the document's text.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stanza.models.common.doc import Document
from stanza.pipeline.processor import Processor, register_processor

from arahan.types import Span
from models.runtime.reader import DirectiveReader, Sentences

MODELS = Path(__file__).resolve().parents[1]


def sentences_of(document: Document) -> list[Span]:
    """The document's sentences as characters of its text."""
    return [Span(s.tokens[0].start_char, s.tokens[-1].end_char) for s in document.sentences if s.tokens]


@register_processor("directive")
class DirectiveProcessor(Processor):  # type: ignore[misc]
    """Candidates for directives over a tokenized document; `document.title` is used when it is set."""

    PROVIDES_DEFAULT = {"directive"}  # noqa: RUF012
    REQUIRES_DEFAULT = {"tokenize"}  # noqa: RUF012

    def __init__(self, config: dict[str, Any], pipeline: object, device: str) -> None:
        super().__init__(config, pipeline, device)
        given = Path(str(config.get("model_path") or ""))
        folder = given if given.is_dir() else MODELS / "directive"  # Stanza fills in a path of its own where none is given
        encoder = Path(config.get("encoder_path") or MODELS / "encoder")
        self._reader = DirectiveReader.load(folder, encoder, int(config.get("threads", 0)))

    def process(self, document: Document) -> Document:
        """One document."""
        return self.bulk_process([document])[0]

    def bulk_process(self, documents: list[Document]) -> list[Document]:
        """Many documents in one pass of the encoder."""
        articles = [Sentences(getattr(d, "title", "") or "", d.text, sentences_of(d)) for d in documents]
        for document, reading in zip(documents, self._reader.read(articles), strict=True):
            document.reading = reading
        return documents
