"""What in a release is not its text: links to other articles, captions, bylines, buttons, datelines, sign-offs.

Nothing is removed: `noise` gives labelled spans of the original text, `body_paragraphs` the spans that are left to annotate.
The patterns are in data/noise.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from arahan.types import Labelled, Span
from pipeline.text.datelines import find_dateline
from pipeline.text.headlines import HEADLINE_CHARS, LINE, headline_end, is_running
from pipeline.text.language import language
from pipeline.text.noise_rules import Rule, rules

__all__ = ["body_paragraphs", "language", "noise"]

HEAD_LINES, HEAD_CHARS = 8, 700  # how far into a text a dateline may stand, with title, byline and caption before it
TAIL_LINES, TAIL_CHARS = 2, 120  # where sign-offs stand
WRAPPED = re.compile(r"[^\W\d_A-Z](?![.)])")  # a line that starts with a small letter, and is no "a." or "b)" of a list


def noise(text: str, title: str = "") -> list[Labelled]:
    """Spans of `text` that are not body text, in order and disjoint; labels are noise_rules.LABELS. Linear in the text."""
    lines = [span for match in LINE.finditer(text) if (span := _trimmed(text, *match.span()))]
    found = [*_inline(text), *_whole_lines(text, lines, title)]
    clear = set(_clear(lines, found))
    found += _related(text, [line for line in lines if line in clear or _heading(text, line)])
    found += _datelines(text, _clear(lines, found)[:HEAD_LINES])
    found += _sign_offs(text, _clear(lines, found)[: -TAIL_LINES - 1 : -1])
    return _disjoint(text, found)


def body_paragraphs(text: str, noise: Iterable[Labelled]) -> list[Span]:
    """The spans of `text` to annotate: its lines without the noise, trimmed and never empty, in order.

    A line that goes on in small letters where the one before broke off in a word belongs to the same paragraph.
    With the noise they cover everything but white space.
    """
    spans: list[Span] = []
    gaps = [(span.start, span.end) for span in noise]
    start = 0
    for gap_start, gap_end in [*gaps, (len(text), len(text))]:
        first = True
        for match in LINE.finditer(text, start, gap_start):
            if span := _trimmed(text, *match.span()):
                if not first and _wraps(text, spans[-1], span):
                    span = Span(spans.pop().start, span.end)
                spans.append(span)
                first = False
        start = gap_end
    return spans


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _wraps(text: str, above: Span, below: Span) -> bool:
    between = text[above.end : below.start]
    last = text[above.end - 1]
    return (last.isalpha() or last == ",") and between.count("\n") <= 1 and bool(WRAPPED.match(text, below.start, below.end))


def _clear(lines: Iterable[Span], found: Iterable[Labelled]) -> list[Span]:
    """The lines that no noise covers whole."""
    covered = {(span.start, span.end) for span in found}
    return [line for line in lines if (line.start, line.end) not in covered]


def _heading(text: str, line: Span) -> Rule | None:
    """The rule by which a line is a heading over headlines."""
    length = line.end - line.start
    return next((rule for rule in _scope("rest") if length <= rule.max_chars and rule.regex.fullmatch(text, *line)), None)


def _scope(scope: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.scope == scope)


def _inline(text: str) -> Iterator[Labelled]:
    for rule in _scope("inline"):
        for match in rule.regex.finditer(text):
            yield Labelled(*match.span(), rule.label)
    for rule in _scope("title"):
        for match in rule.regex.finditer(text):
            yield Labelled(match.start(), headline_end(text, match.end()), rule.label)


def _whole_lines(text: str, lines: list[Span], title: str) -> Iterator[Labelled]:
    line_rules = _scope("line")
    for number, line in enumerate(lines):
        if number < HEAD_LINES and title and line.of(text).casefold() == title.strip().casefold():
            yield Labelled(*line, "header")
            continue
        length = line.end - line.start
        for rule in line_rules:
            if length <= rule.max_chars and number < rule.first_lines and rule.regex.fullmatch(text, *line):
                yield Labelled(*line, rule.label)
                break


def _related(text: str, lines: list[Span]) -> Iterator[Labelled]:
    """Headings such as "Berita Terkait", and below each the lines that are headlines: short and without a full stop."""
    below = ""
    for line in lines:
        length, rule = line.end - line.start, _heading(text, line)
        if rule or (below and length <= HEADLINE_CHARS and text[line.end - 1] not in '.,;:”"'):
            below = rule.label if rule else below
            yield Labelled(*line, below)
        else:
            below = ""


def _datelines(text: str, lines: list[Span]) -> Iterator[Labelled]:
    """The first dateline; before a sure one stand the title, a byline or a caption, not text."""
    for number, line in enumerate(lines):
        if line.start > HEAD_CHARS:
            return
        dateline = find_dateline(text, line, _scope("dateline"), first=number == 0)
        if dateline:
            yield Labelled(*dateline.span, "dateline")
            if dateline.sure and not any(is_running(text, above) for above in lines[:number]):
                yield from (Labelled(*above, "header") for above in lines[:number])
            return


def _sign_offs(text: str, lines: list[Span]) -> Iterator[Labelled]:
    for line in lines:
        end = line.end
        for rule in _scope("tail"):
            match = rule.regex.search(text, max(line.start, end - TAIL_CHARS), end)
            if match:
                yield Labelled(match.start(), end, rule.label)
                end = match.start()


def _disjoint(text: str, found: Iterable[Labelled]) -> list[Labelled]:
    """In order, trimmed, the later of two that overlap cut to what the earlier leaves."""
    result: list[Labelled] = []
    for start, end, label in sorted(found, key=lambda span: (span.start, -span.end)):
        span = _trimmed(text, max(start, result[-1].end) if result else start, end)
        if span:
            result.append(Labelled(*span, label))
    return result
