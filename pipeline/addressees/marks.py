"""The model's marks of addressees, grown to whole phrases."""

from __future__ import annotations

import re

from arahan.types import Span
from pipeline.addressees.lexicon import role, type_of

BEFORE = re.compile(r"([^\W\d_]+)\s+$")
WHOLE_CHARS = 24
QUOTES = "\"“”‘’'"


def _word_before(text: str, at: int) -> str:
    before = BEFORE.search(text, max(0, at - WHOLE_CHARS), at)
    return before[1] if before else ""


def grow(text: str, span: Span) -> Span:
    """The mark with the rest of a hyphenated word, and with the nouns that open the phrase it ends ("elemen | masyarakat")."""
    start, end = span.start, span.end
    while start < end and text[start] in QUOTES:
        start += 1
    while start and (text[start - 1].isalnum() or (text[start - 1] == "-" and start > 1 and text[start - 2].isalnum())):
        start -= 1
    while end < len(text) and (text[end].isalnum() or (text[end] == "-" and text[end + 1 : end + 2].isalpha())):
        end += 1
    word = _word_before(text, start)
    if word and (word.lower() in role("opener") or type_of(f"{word} {text[start:end]}") == "whole"):
        start = text.rindex(word, 0, start)
    return Span(start, end)
