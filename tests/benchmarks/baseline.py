"""The approach without a model: a cue of the lexicon and the rest of its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from arahan.types import KINDS, Kind, Span
from models.runtime import labels
from models.runtime.decode import Candidate, Mention
from models.training.directive_data import sentences
from pipeline.vocabulary.gazetteers import find_cues
from tests.benchmarks.readings import Reading, Row

CLAUSE = re.compile(r"[^,;:\"“”\n]*")
LEAD = re.compile(r"[^,;:\"“”\n]*?\b(?:agar|supaya|untuk)\b\s*")
END = " .!?\n"


class Found(NamedTuple):
    """A directive by the lexicon; spans in characters of the text."""

    kind: Kind
    cue: Span
    action: Span
    evidence: Span


def by_cue(text: str, spans: Sequence[Span]) -> Iterator[Found]:
    """The first cue of a clause makes a directive of what follows, from "agar", "supaya" or "untuk" on if one follows.

    Words that are the act itself ("awasi") are left out: they stand in too many other sentences.
    """
    for sentence in spans:
        reached = sentence.start
        for span, cue in find_cues(sentence.of(text)):
            at = Span(sentence.start + span.start, sentence.start + span.end)
            if at.start < reached or cue.type == "bare":
                continue
            lead = LEAD.match(text, at.end, sentence.end) if cue.type == "speech" else None
            begin = lead.end() if lead else at.end
            action = _trimmed(text, begin, _clause_end(text, begin, sentence.end))
            if action:
                reached = action.end
                yield Found(cue.kind, at, action, sentence)


def _clause_end(text: str, start: int, limit: int) -> int:
    match = CLAUSE.match(text, start, limit)
    return match.end() if match else start


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in END:
        start += 1
    while end > start and text[end - 1] in END:
        end -= 1
    return Span(start, end) if start < end else None


def alone(reading: Reading) -> Reading:
    """The lexicon and nothing else: kind and act, nobody who says it."""
    found = {a["id"]: [_row(f) for f in by_cue(a["text"], sentences(a["text"]))] for a in reading.articles}
    return Reading(reading.name, reading.articles, found, {})


def _row(found: Found) -> Row:
    return {
        "kind": found.kind, "issuer_name": "", "issuer_role": "", "addressees": [],
        "sectors": [], "quantities": [], "deadline": None,
        "action_start": found.action.start, "action_end": found.action.end,
        "evidence_start": found.evidence.start, "evidence_end": found.evidence.end,
    }  # fmt: skip


def in_place_of_model(annotated: Any) -> Any:  # noqa: ANN401
    """An annotated article whose candidates come from the lexicon, all with probability 1."""
    text, spans = annotated.article.text, annotated.sentences
    candidates = [(_candidate(f, spans.index(f.evidence)), 1.0) for f in by_cue(text, spans)]
    return replace(annotated, reading=replace(annotated.reading, candidates=candidates))


def _candidate(found: Found, sentence: int) -> Candidate:
    marks = {role: [Mention(found.cue, 1.0)] if role == "cue" else [] for role in labels.ROLES}
    kinds = {kind: float(kind == found.kind) for kind in KINDS}
    return Candidate(found.kind, sentence, found.action, marks, (1.0,) * 8, kinds)
