"""Where a directive stands: its act without punctuation, the passage that proves it, the cue that makes it one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from arahan.types import Span
from models.runtime.decode import Candidate
from pipeline.vocabulary.gazetteers import find_cues

LONGEST_EVIDENCE, REACH = 2_000, 600  # characters: a "sentence" of a whole page is no passage that anybody reads
EDGE = " \t\r\n,;:.-–—\"“”‘’'"


def trimmed(text: str, span: Span) -> Span:
    """The span without punctuation and white space at its ends, itself when nothing else is in it."""
    inner = span.of(text)
    start = span.start + len(inner) - len(inner.lstrip(EDGE))
    end = span.end - (len(inner) - len(inner.rstrip(EDGE)))
    return Span(start, end) if start < end else span


def evidence_of(text: str, sentences: Sequence[Span], action: Span) -> Span:
    """The sentence that holds the action, the run of sentences when it crosses a bound, a part of it when it is endless."""
    if not sentences:
        return action
    first = max(0, bisect_right(sentences, action.start, key=lambda s: s.start) - 1)
    last = first
    while last + 1 < len(sentences) and sentences[last].end < action.end:
        last += 1
    whole = Span(min(sentences[first].start, action.start), max(sentences[last].end, action.end))
    return whole if whole.end - whole.start <= LONGEST_EVIDENCE else _near(text, whole, action)


def _near(text: str, whole: Span, action: Span) -> Span:
    """At most REACH characters of `whole` on each side of the action, from one white space to another."""
    start, end = max(whole.start, action.start - REACH), min(whole.end, action.end + REACH)
    if start > whole.start and (gap := text.find(" ", start, action.start)) >= 0:
        start = gap + 1
    if end < whole.end and (gap := text.rfind(" ", action.end, end)) >= 0:
        end = gap
    return Span(start, end)


def cue_of(text: str, candidate: Candidate, evidence: Span) -> Span | None:
    """The cue that the model marked most surely in the evidence, else the last one of the lexicon before the act."""
    marked = [m for m in candidate.arguments["cue"] if evidence.contains(m.span)]
    if marked:
        return max(marked, key=lambda m: m.score).span
    before = [span for span, _ in find_cues(Span(evidence.start, candidate.action.start).of(text))]
    return Span(evidence.start + before[-1].start, evidence.start + before[-1].end) if before else None
