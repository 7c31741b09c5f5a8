"""Tells the headline of another article from running text, also where the two stand on one line."""

from __future__ import annotations

import re

from arahan.types import Span
from pipeline.text.noise_rules import headlines

LINE = re.compile(r"[^\n\r\u2028\u2029]+")
HEADLINE_CHARS = 180
MIN_HEADLINE_WORDS = 3
RUNNING = re.compile(r"(?<!\S)[\"“]|[^\W_][\w.'’&/-]*")  # an opening quotation mark, or a word


def headline_end(text: str, start: int) -> int:
    """Where a headline that starts at `start` ends: at the end of its line, or where running text begins on the same line."""
    line = LINE.match(text, start, start + HEADLINE_CHARS + 1)
    end = line.end() if line else start
    capital, words = start, 0
    for match in RUNNING.finditer(text, start, min(end, start + HEADLINE_CHARS)):
        word, words = match[0], words + 1
        if words > MIN_HEADLINE_WORDS and (word[0] in '"“' or word in headlines().openers):
            return match.start()
        if word[0].islower() and word not in headlines().small:
            return capital  # the last capitalised word opened the sentence that goes on in small letters
        if word[0].isupper():
            capital = match.start()
    return end if end - start <= HEADLINE_CHARS else start


def is_running(text: str, line: Span) -> bool:
    """Whether a line quotes or reports somebody, which no headline or caption does."""
    return any(match[0] in '"“' or match[0] in headlines().reports for match in RUNNING.finditer(text, *line))
