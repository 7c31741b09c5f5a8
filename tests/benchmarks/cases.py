"""Every gold record and every prediction of a reading, matched as the scorer matches them, with what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Literal

from arahan.types import Span
from models.training import judge
from pipeline.people.lexicon import speech_verbs
from pipeline.speech.quotes import find_quotes, in_quote
from pipeline.vocabulary.gazetteers import cues
from pipeline.vocabulary.phrases import Phrases
from tests.benchmarks.readings import Reading, Row

Manner = Literal["direct quote", "indirect speech", "narration"]
MANNERS: tuple[Manner, ...] = ("direct quote", "indirect speech", "narration")
FIELDS = ("kind", "issuer", "addressees", "sectors")
STATE = re.compile(r"\b(?:Pem(?:kab|kot|prov|da)|Dis[a-z]+|Kesbangpol|Humas\w*|gov)\b")
MISSED = (
    "missed: no record in the sentence",
    "missed: a record there, with another span",
    "missed: a further record of its sentence",
)
SPURIOUS = ("spurious: the sentence has no gold record", "spurious: the sentence has one")


@dataclass(frozen=True, slots=True)
class Case:
    """A matched pair, a missed gold record (`predicted` None) or a spurious prediction (`gold` None).

    `faults`: of FIELDS, what the scorer finds wrong in a pair. `sort`: the automatic sort of what is not matched, "" else.
    """

    article: Row
    gold: Row | None
    predicted: Row | None
    faults: tuple[str, ...] = ()
    sort: str = ""

    @property
    def action(self) -> Span:
        """The gold act, that of the prediction where there is none."""
        if self.gold:
            return Span(*self.gold["action"])
        row = self.predicted or {}
        return Span(int(row["action_start"]), int(row["action_end"]))

    @property
    def evidence(self) -> Span:
        """The passage, as `action`."""
        if self.gold:
            return Span(*self.gold["evidence"])
        row = self.predicted or {}
        return Span(int(row["evidence_start"]), int(row["evidence_end"]))

    @property
    def manner(self) -> Manner:
        """How the act is told."""
        return manner_of(self.article["text"], self.action, self.evidence)

    @property
    def matched(self) -> bool:
        """Whether both sides are there."""
        return self.gold is not None and self.predicted is not None

    @property
    def right(self) -> bool:
        """Whether the whole record is right."""
        return self.matched and not self.faults


def cases(scorer: ModuleType, reading: Reading) -> list[Case]:
    """All cases of a reading, article by article."""
    return [c for article in reading.articles for c in article_cases(scorer, article, reading.found.get(article["id"], []))]


def article_cases(scorer: ModuleType, article: Row, predictions: list[Row]) -> Iterator[Case]:
    """Matched pairs, then missed records, then spurious ones."""
    gold, pairs = article["directives"], judge.pairs(scorer, article, predictions)
    for i, j in pairs:
        yield Case(article, gold[i], predictions[j], faults(scorer, article, gold[i], predictions[j]))
    hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
    spare = [p for j, p in enumerate(predictions) if j not in used]
    yield from (Case(article, g, None, sort=missed(g, predictions, spare)) for i, g in enumerate(gold) if i not in hit)
    yield from (Case(article, None, p, sort=spurious(p, gold)) for p in spare)


def faults(scorer: ModuleType, article: Row, gold: Row, predicted: Row) -> tuple[str, ...]:
    """What the scorer finds wrong in one pair, asked about this pair alone."""
    c = scorer.article_counts({**article, "directives": [gold]}, [predicted])[0]
    right = {
        "kind": c["kind"] > 0,
        "issuer": c["issuer"] > 0,
        "addressees": c["addr"] >= 0.5,
        "sectors": c["sec_tp"] > 0 or c["sec_g"] + c["sec_p"] == 0,
    }
    return tuple(name for name in FIELDS if not right[name])


def missed(gold: Row, predictions: Sequence[Row], spare: Sequence[Row]) -> str:
    """Why a gold record has no prediction."""
    start, end = gold["action"]

    def near(row: Row) -> bool:
        return bool(row["evidence_start"] < end and start < row["evidence_end"])

    if not any(map(near, predictions)):
        return MISSED[0]
    return MISSED[1] if any(map(near, spare)) else MISSED[2]


def spurious(row: Row, gold: Sequence[Row]) -> str:
    """Whether the prediction's sentence holds a gold record."""
    return SPURIOUS[any(row["evidence_start"] < g["evidence"][1] and g["evidence"][0] < row["evidence_end"] for g in gold)]


def manner_of(text: str, action: Span, evidence: Span) -> Manner:
    """Between quotation marks; else in a passage with a word of saying; else told by the writer."""
    quotes = find_quotes(text)
    if in_quote(quotes, action):
        return "direct quote"
    words = (Span(evidence.start + hit.span.start, evidence.start + hit.span.end) for hit in _sayings().find(evidence.of(text)))
    return "indirect speech" if any(not in_quote(quotes, word) for word in words) else "narration"


@cache
def _sayings() -> Phrases[str]:
    return Phrases((form, form) for form in [*speech_verbs(), *(cue.cue for cue in cues() if cue.type == "speech")])


def is_release(article: Row) -> bool:
    """Whether the outlet is an office rather than a newspaper."""
    return bool(STATE.search(article.get("outlet", "")))
