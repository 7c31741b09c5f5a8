"""Universal Dependencies treebanks as plain objects: read, write, split, raw text.

Format: CoNLL-U (https://universaldependencies.org/format.html) with multiword tokens, without empty nodes.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from arahan.errors import DataFileError

FIELDS = 10


@dataclass(frozen=True)
class Word:
    """One syntactic word; head counts from 1, 0 is the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    misc: str = "_"

    @property
    def glued(self) -> bool:
        """True where no space follows in the text."""
        return "SpaceAfter=No" in self.misc


@dataclass(frozen=True)
class Span:
    """A multiword token: words first..last (from 1) written as one form."""

    first: int
    last: int
    form: str
    misc: str = "_"


@dataclass(frozen=True)
class Sentence:
    """A sentence: words in order and the multiword tokens among them."""

    sent_id: str
    words: tuple[Word, ...]
    spans: tuple[Span, ...] = field(default=())

    def tokens(self) -> Iterator[tuple[str, bool]]:
        """Yield surface tokens as (form, glued to the next)."""
        spans = {span.first: span for span in self.spans}
        position = 1
        while position <= len(self.words):
            if span := spans.get(position):
                yield span.form, "SpaceAfter=No" in span.misc
                position = span.last + 1
            else:
                word = self.words[position - 1]
                yield word.form, word.glued
                position += 1

    @property
    def text(self) -> str:
        """The sentence as written, without the space after its last token."""
        return "".join(form + ("" if glued else " ") for form, glued in self.tokens()).rstrip()


def _word(columns: Sequence[str]) -> Word:
    return Word(columns[1], columns[2], columns[3], columns[4], columns[5], int(columns[6]), columns[7], columns[9])


def _sentence(lines: Iterable[tuple[int, str]], path: Path) -> Sentence:
    sent_id, words, spans = "", [], []
    for number, line in lines:
        if line.startswith("#"):
            sent_id = line.partition("sent_id = ")[2] or sent_id
            continue
        columns = line.split("\t")
        if len(columns) != FIELDS:
            raise DataFileError(path, number, f"{len(columns)} columns instead of {FIELDS}")
        if "-" in columns[0]:
            first, last = columns[0].split("-")
            spans.append(Span(int(first), int(last), columns[1], columns[9]))
        elif "." not in columns[0]:
            words.append(_word(columns))
    return Sentence(sent_id, tuple(words), tuple(spans))


def read_conllu(path: Path) -> list[Sentence]:
    """Read a CoNLL-U file; DataFileError names a line with the wrong number of columns."""
    sentences, block = [], []
    for number, line in enumerate([*path.read_text(encoding="utf-8").split("\n"), ""], 1):
        if line.strip():
            block.append((number, line))
        elif block:
            sentences.append(_sentence(block, path))
            block = []
    return sentences


def to_conllu(sentence: Sentence) -> str:
    """Return the sentence as a CoNLL-U block with its closing empty line."""
    spans = {span.first: span for span in sentence.spans}
    lines = [f"# sent_id = {sentence.sent_id}", f"# text = {sentence.text}"]
    for number, word in enumerate(sentence.words, 1):
        if span := spans.get(number):
            lines.append(f"{span.first}-{span.last}\t{span.form}" + "\t_" * 7 + f"\t{span.misc}")
        tags = (word.form, word.lemma, word.upos, word.xpos, word.feats)
        lines.append("\t".join((str(number), *tags, str(word.head), word.deprel, "_", word.misc)))
    return "\n".join([*lines, "", ""])


def write_conllu(sentences: Iterable[Sentence], path: Path) -> None:
    """Write sentences to a CoNLL-U file, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(map(to_conllu, sentences)), encoding="utf-8")


def raw_text(sentences: Sequence[Sentence], paragraph_every: float = 0.0, seed: int = 1234) -> str:
    """Join sentences into running text: a space between them, or a paragraph break with the given probability."""
    chance = random.Random(seed)
    parts = []
    for sentence in sentences:
        parts.append(sentence.text)
        last_glued = list(sentence.tokens())[-1][1]
        parts.append("\n\n" if chance.random() < paragraph_every else "" if last_glued else " ")
    return "".join(parts).rstrip() + "\n"


def without_tags(sentence: Sentence, *columns: Literal["lemma", "upos", "xpos", "feats"]) -> Sentence:
    """Blank the named columns, for treebanks whose convention differs."""
    blanks: dict[str, Any] = dict.fromkeys(columns, "_")
    return replace(sentence, words=tuple(replace(word, **blanks) for word in sentence.words))


def noun_modifiers_as(deprel: str, sentence: Sentence) -> Sentence:
    """Name a noun's bare noun modifier "nmod" (CSUI, PUD) or "compound" (GSD); one with a preposition is "nmod" in all."""
    with_case = {word.head for word in sentence.words if word.deprel == "case"}

    def renamed(number: int, word: Word) -> Word:
        bare = word.upos == "NOUN" and number not in with_case and word.deprel in ("nmod", "compound")
        under_noun = word.head > 0 and sentence.words[word.head - 1].upos in ("NOUN", "PROPN")
        return replace(word, deprel=deprel) if bare and under_noun else word

    return replace(sentence, words=tuple(renamed(number, word) for number, word in enumerate(sentence.words, 1)))


def with_relations(known: Collection[str], sentence: Sentence) -> Sentence:
    """Shorten relations that are not known to their first part ("nmod:lmod" → "nmod"), else to "dep"."""

    def shortened(deprel: str) -> str:
        return next((name for name in (deprel, deprel.split(":")[0]) if name in known), "dep")

    return replace(sentence, words=tuple(replace(word, deprel=shortened(word.deprel)) for word in sentence.words))
