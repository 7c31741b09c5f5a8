"""Sentences as press releases write them: typographic quotes, missing spaces, titles, dates, sums of money."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from models.training.treebanks import Sentence, Word

LINES = Path(__file__).parent / "surface_lines.txt"
CURLY = {'"': ("“", "”"), "'": ("‘", "’")}
DOUBLED = {'"': ("‘‘", "’’")}


def with_quotes(sentence: Sentence, marks: dict[str, tuple[str, str]]) -> Sentence:
    """Replace straight quotes by opening and closing ones in turn."""
    opened: set[str] = set()
    words = []
    for word in sentence.words:
        if pair := marks.get(word.form):
            word = replace(word, form=pair[word.form in opened])
            opened ^= {next(mark for mark, marked in marks.items() if marked == pair)}
        words.append(word)
    return replace(sentence, words=tuple(words))


def glued_to_next(sentence: Sentence) -> Sentence:
    """Take away the space after the sentence ("kata.Tidak"); only after a full stop."""
    last = sentence.words[-1]
    if last.form not in (".", "”", '"'):
        return sentence
    return replace(sentence, words=(*sentence.words[:-1], replace(last, misc="SpaceAfter=No")))


def noisy_copies(sentences: Iterable[Sentence], seed: int = 1234, glued: float = 0.08) -> Iterator[Sentence]:
    """Copies of the sentences that have quotes, with other quotes, and of some others, glued to the next."""
    chance = random.Random(seed)
    for sentence in sentences:
        quoted = any(word.form in CURLY for word in sentence.words)
        if quoted:
            yield with_quotes(sentence, DOUBLED if chance.random() < 0.25 else CURLY)
        elif chance.random() < glued:
            yield glued_to_next(sentence)


def parse_line(line: str, number: int) -> Sentence:
    """Read a line whose tokens are parted by spaces and, where no space stands in the text, by " ~ "."""
    pieces = line.split(" ")
    words = []
    for position, piece in enumerate(pieces):
        if piece != "~":
            glued = position + 1 < len(pieces) and pieces[position + 1] == "~"
            words.append(Word(piece, "_", "X", "_", "_", 0, "dep", "SpaceAfter=No" if glued else "_"))
    return Sentence(f"surface-{number}", tuple(words))


def surface_lines(path: Path = LINES, copies: int = 4) -> list[Sentence]:
    """The invented lines, several times over."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [parse_line(line, number) for number, line in enumerate(lines, 1)] * copies
