"""The speech of one article: mentions, clauses and quotes by position, and who was found to speak in each sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from arahan.types import Span
from pipeline.speech.clauses import Clause
from pipeline.speech.quotes import Quote
from pipeline.speech.voices import Mention, Speaker
from pipeline.text.tokens import Token

UNKNOWN = Speaker("", "", "", False)


class Attribution(NamedTuple):
    """Who speaks in a sentence and how sure that is: `score` from 0 to 1, `how` it was found."""

    who: Speaker
    score: float
    how: str


@dataclass(slots=True)
class Speech:
    """The speech of one article: what `speakers` finds out once and `issuer_for` asks again."""

    text: str
    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    clauses: Sequence[Clause]
    quotes: Sequence[Quote]
    own_voice: Speaker
    sentences: Sequence[Span] = ()
    found: list[Attribution | None] = field(default_factory=list)

    def clauses_in(self, start: int, end: int) -> Sequence[Clause]:
        """Clauses of speech that start in [start, end)."""
        low = bisect_left(self.clauses, start, key=lambda clause: clause.start)
        return self.clauses[low : bisect_left(self.clauses, end, key=lambda clause: clause.start)]

    def mentions_in(self, start: int, end: int) -> Sequence[Mention]:
        """Mentions that start in [start, end)."""
        low = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        return self.mentions[low : bisect_left(self.mentions, end, key=lambda mention: mention.start)]


@dataclass(slots=True)
class State:
    """Who spoke or acted last: anybody, and the last human being."""

    last: Attribution | None = None
    person: Attribution | None = None
    spoke_at: int = 0

    def resolve(self, who: Mention | None, score: float, how: str) -> Attribution | None:
        """The speaker a mention stands for; a pronoun or "-nya" stands for the last person, "pihaknya" for whoever was last."""
        if who is not None and who.who is not None:
            return Attribution(who.who, score, how)
        before = self.last if who is not None and who.sort == "party" else self.person
        if before is None:
            return Attribution(UNKNOWN, score, how)
        return before._replace(score=min(before.score, score), how=how)

    def paragraph(self, text: str, sentence: Span) -> bool:
        """Whether the last person spoke in the paragraph of this sentence."""
        return text.find("\n", self.spoke_at, sentence.start) < 0

    def note(self, said: Attribution, sentence: Span) -> None:
        """Remembers who speaks in `sentence`."""
        self.last = said
        if said.who.human and (said.who.name or said.how != "subject"):
            self.person, self.spoke_at = said, sentence.start
