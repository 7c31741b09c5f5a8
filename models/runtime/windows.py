"""Cut an article into windows of word pieces for the directive model, which reads twice.

A wide window is `<s> title </s>` and then sentences, each paragraph closed by `</s>`. Its core sentences are predicted; the
sentences before and after them are context. A close window is about one sentence, which comes first:
`<s> sentence </s> title </s> sentences before </s> sentences after </s>`. Offsets are characters of the article's text.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from arahan.types import Span

BOS, EOS = 0, 2
META = "▁"
MAX_PIECES = 480
MAX_TITLE = 32
LEFT_PIECES, RIGHT_PIECES = 96, 40
CORE_PIECES = MAX_PIECES - MAX_TITLE - LEFT_PIECES - RIGHT_PIECES - 8
CLOSE_TITLE, CLOSE_LEFT, CLOSE_RIGHT = 16, 64, 24
NO_SENTENCE = -1


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the model. All lists have one entry a piece.

    `ids`: piece ids. `starts`, `ends`: characters, 0 for title and separators. `words`: whether the piece begins a
    word. `sentence`: index into the article's sentences, NO_SENTENCE for title and separators. `core`: predicted here.
    """

    ids: list[int]
    starts: list[int]
    ends: list[int]
    words: list[bool]
    sentence: list[int]
    core: list[bool]


@dataclass(frozen=True, slots=True)
class _Sentence:
    index: int
    ids: list[int]
    starts: list[int]
    ends: list[int]
    words: list[bool]
    closes: bool


def _encode(tokenizer: Tokenizer, text: str, sentences: Sequence[Span]) -> list[_Sentence]:
    encodings = tokenizer.encode_batch([span.of(text) for span in sentences], add_special_tokens=False)
    found: list[_Sentence] = []
    for index, (span, encoding) in enumerate(zip(sentences, encodings, strict=True)):
        places = [_trimmed(text, span.start + s, span.start + e) for s, e in encoding.offsets]
        starts, ends = [s for s, _ in places], [e for _, e in places]
        tokens = encoding.tokens  # a new list at every call
        words = [
            piece.startswith(META) or tokens[k - 1] == META or not text[s : s + 1].isalnum()
            for k, (piece, s) in enumerate(zip(tokens, starts, strict=True))
        ]
        after = text[span.end : sentences[index + 1].start] if index + 1 < len(sentences) else "\n"
        for at in range(0, max(1, len(starts)), CORE_PIECES):
            part = slice(at, at + CORE_PIECES)
            last = at + CORE_PIECES >= len(starts)
            found.append(_Sentence(index, encoding.ids[part], starts[part], ends[part], words[part], last and "\n" in after))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A piece's characters without the white space that its metaspace stands for."""
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _context(sentences: list[_Sentence], order: range, budget: int) -> int:
    """How many sentences along `order` fit into `budget` pieces."""
    count = 0
    for index in order:
        budget -= len(sentences[index].ids) + 1
        if budget < 0:
            break
        count += 1
    return count


def windows(tokenizer: Tokenizer, title: str, text: str, sentences: Sequence[Span]) -> list[Window]:
    """The windows of an article in reading order; every piece of every sentence is in the core of exactly one."""
    title_ids = tokenizer.encode(title, add_special_tokens=False).ids[:MAX_TITLE]
    parts = _encode(tokenizer, text, sentences)
    whole = len(title_ids) + 2 + sum(len(part.ids) + 1 for part in parts) <= MAX_PIECES
    budget = MAX_PIECES if whole else CORE_PIECES
    found, at = [], 0
    while at < len(parts):
        end = at + max(1, _context(parts, range(at, len(parts)), budget))
        left = _context(parts, range(at - 1, -1, -1), LEFT_PIECES)
        right = _context(parts, range(end, len(parts)), RIGHT_PIECES)
        found.append(_window(title_ids, parts[at - left : end + right], left, left + end - at))
        at = end
    return found


def close_windows(
    tokenizer: Tokenizer, title: str, text: str, sentences: Sequence[Span], chosen: Container[int] | None = None
) -> list[Window]:
    """One window a sentence in reading order, more where a sentence is very long; only those in `chosen` when it is given."""
    title_ids = tokenizer.encode(title, add_special_tokens=False).ids[:CLOSE_TITLE]
    parts = _encode(tokenizer, text, sentences)
    return [_close_window(title_ids, parts, at) for at, part in enumerate(parts) if chosen is None or part.index in chosen]


def _window(title: list[int], parts: list[_Sentence], core_from: int, core_to: int) -> Window:
    window = _begun([BOS, *title, EOS])
    for position, part in enumerate(parts):
        _add(window, part, core=core_from <= position < core_to)
        if part.closes:
            _unread(window, [EOS])
    return window


def _close_window(title: list[int], parts: list[_Sentence], at: int) -> Window:
    window = _begun([BOS])
    _add(window, parts[at], core=True)
    _unread(window, [EOS, *title, EOS])
    left = _context(parts, range(at - 1, -1, -1), CLOSE_LEFT)
    right = _context(parts, range(at + 1, len(parts)), CLOSE_RIGHT)
    for around in (parts[at - left : at], parts[at + 1 : at + 1 + right]):
        for part in around:
            _add(window, part, core=False)
        _unread(window, [EOS])
    return window


def _begun(ids: list[int]) -> Window:
    window = Window([], [], [], [], [], [])
    _unread(window, ids)
    return window


def _add(window: Window, part: _Sentence, core: bool) -> None:
    window.ids.extend(part.ids)
    window.starts.extend(part.starts)
    window.ends.extend(part.ends)
    window.words.extend(part.words)
    window.sentence.extend([part.index] * len(part.ids))
    window.core.extend([core] * len(part.ids))


def _unread(window: Window, ids: list[int]) -> None:
    """Pieces that stand for no words of the body: title and separators."""
    window.ids.extend(ids)
    window.starts.extend([0] * len(ids))
    window.ends.extend([0] * len(ids))
    window.words.extend([True] * len(ids))
    window.sentence.extend([NO_SENTENCE] * len(ids))
    window.core.extend([False] * len(ids))
