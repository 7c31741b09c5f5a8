"""From Stanza's documents to spaCy `Doc`s with exactly the article's characters (`doc.text == article.text`).

Stanza reads the body only; what was cut out as noise and all white space become tokens here too, so that every offset
of the article is an offset of the Doc. Words that Stanza split from one token (menyetujui + nya) stay apart where the
parts spell the token, and are one token otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab
from stanza.models.common.doc import Document, Token

from arahan.types import Labelled

FILLER = re.compile(r"\s+|\S+")
EXTENSIONS: dict[str, Any] = {"article_id": "", "title": "", "noise": (), "quotes": (), "officials": (), "directives": ()}


def register_extensions() -> None:
    """`Doc._.article_id`, `.title`, `.noise`, `.quotes`, `.officials`, `.directives`: the stages' results on the Doc."""
    for name, default in EXTENSIONS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


@dataclass(slots=True)
class _Word:
    """One spaCy token to be: its text and place, and what Stanza said of it. `head` is an index, -1 for none."""

    text: str
    start: int
    pos: str = ""
    tag: str = ""
    morph: str = ""
    lemma: str = ""
    dep: str = "dep"
    head: int = -1
    sentence: int = -1


@dataclass(slots=True)
class _Builder:
    text: str
    words: list[_Word] = field(default_factory=list)
    at: int = 0

    def fill(self, until: int) -> None:
        """Tokens for the characters up to `until` that Stanza did not read; one space after a token is its own."""
        if until <= self.at:
            return
        gap = self.text[self.at : until]
        offset = int(gap.startswith(" ") and bool(self.words) and not self.words[-1].text.isspace())
        for match in FILLER.finditer(gap, offset):
            self.words.append(_Word(match.group(), self.at + match.start()))
        self.at = until

    def add(self, start: int, end: int, parts: list[_Word]) -> None:
        """One Stanza token as the words it consists of, or as one when they do not spell it."""
        if start < self.at or end <= start:
            return
        self.fill(start)
        surface = self.text[start:end]
        if "".join(p.text for p in parts) != surface:
            parts = [parts[0]]
            parts[0].text = surface
        for part in parts:
            part.start = start
            start += len(part.text)
            self.words.append(part)
        self.at = end


def _parts(token: Token, sentence: int) -> list[_Word]:
    return [
        _Word(w.text, 0, w.upos or "", w.xpos or "", w.feats or "", w.lemma or w.text, w.deprel or "dep", w.head or 0, sentence)
        for w in token.words
    ]


def _join_split_spaces(words: list[_Word], text: str) -> Iterator[tuple[str, bool]]:
    for index, word in enumerate(words):
        end = word.start + len(word.text)
        following = words[index + 1].start if index + 1 < len(words) else len(text)
        yield word.text, following == end + 1 and text[end] == " "


def _resolve_heads(words: list[_Word], first: dict[int, list[int]]) -> tuple[list[int], list[str]]:
    """Absolute heads and labels; fillers hang on the token before them in their sentence."""
    heads, deps = [], []
    for index, word in enumerate(words):
        if word.sentence < 0:
            heads.append(index - 1 if index else index)
            deps.append("dep" if index else "ROOT")
            continue
        order = first[word.sentence]
        head = order[word.head - 1] if 0 < word.head <= len(order) else index
        heads.append(index if head < 0 else head)
        deps.append("ROOT" if heads[-1] == index else word.dep)
    if words and words[0].sentence < 0:
        heads[0] = 0
    return heads, deps


def build(vocab: Vocab, text: str, document: Document | None, place: Callable[[int], int], entities: Sequence[Labelled]) -> Doc:
    """The Doc of an article's `text`; `place` maps the Stanza document's characters to the article's.

    `entities` are in characters of the article; those that do not fall on token bounds are grown to them.
    """
    register_extensions()
    builder, first = _Builder(text), {}
    for number, sentence in enumerate(document.sentences if document is not None else []):
        order: list[int] = []
        for token in sentence.tokens:
            before = len(builder.words)
            parts = _parts(token, number)
            builder.add(place(token.start_char), place(token.end_char - 1) + 1, parts)
            added = [i for i in range(before, len(builder.words)) if builder.words[i].sentence == number]
            added = added or [order[-1] if order else -1]
            order += [added[min(k, len(added) - 1)] for k in range(len(token.words))]
        first[number] = order
    builder.fill(len(text))
    return _doc(vocab, builder, first, entities)


def _doc(vocab: Vocab, builder: _Builder, first: dict[int, list[int]], entities: Sequence[Labelled]) -> Doc:
    words = builder.words
    if not words:
        return Doc(vocab)
    heads, deps = _resolve_heads(words, first)
    surface = list(_join_split_spaces(words, builder.text))
    doc = Doc(
        vocab, words=[w for w, _ in surface], spaces=[s for _, s in surface], pos=[w.pos for w in words],
        tags=[w.tag for w in words], morphs=[w.morph for w in words], lemmas=[w.lemma for w in words], heads=heads, deps=deps,
    )  # fmt: skip
    if doc.text != builder.text:
        raise AssertionError("the Doc does not spell its article")
    spans = [doc.char_span(e.start, e.end, label=e.label, alignment_mode="expand") for e in entities]
    doc.set_ents(_disjoint([s for s in spans if s is not None and len(s)]))
    return doc


def _disjoint(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def group(doc: Doc, name: str, spans: Sequence[Labelled]) -> None:
    """Put character spans on the Doc as `doc.spans[name]`; unlike entities they may overlap."""
    found = [doc.char_span(s.start, s.end, label=s.label, alignment_mode="expand") for s in spans]
    doc.spans[name] = SpanGroup(doc, name=name, spans=[s for s in found if s is not None])
