"""Who speaks in each sentence, and whose directive a span is.

A sentence belongs to the speaker named in its clause of speech, else to the one its quote is attributed to, else to its
subject, else to whoever spoke last; a release that names nobody speaks for the institution that published it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from arahan.types import Article, Span
from pipeline.people import People
from pipeline.people_text import Token
from pipeline.quotes import Quote, quote_at
from pipeline.speech_clauses import Clause, find_clauses
from pipeline.speech_mentions import Mention, Speaker, mentions_of

PREPOSITIONS = frozenset(["oleh", "kepada", "dari", "dengan", "bersama", "untuk", "di", "pada", "terhadap", "antara", "ke", "bagi", "soal", "tentang", "terkait", "atas", "dan", "serta", "dalam", "bahwa", "yang", "melalui", "didampingi", "dampingi", "kata", "menemui", "bertemu", "mendampingi", "agar", "supaya"])
DUTIES = frozenset("wajib harus perlu mesti diminta diharapkan diimbau dihimbau dilarang diwajibkan diharuskan hendaknya jangan diajak".split())
ORDERS = frozenset("arahan perintah amanat instruksi penugasan seruan pesan permintaan".split())
BETWEEN = frozenset("dari langsung bapak pak ibu bu yang oleh".split())
TOLD = ("clause", "after quote", "before quote", "still speaking")
SURE = 0.85
NEAR_QUOTE, BEFORE_QUOTE, SUBJECT_TOKENS = 25, 160, 14


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
        low = bisect_left(self.clauses, start, key=lambda clause: clause.start)
        return self.clauses[low : bisect_left(self.clauses, end, key=lambda clause: clause.start)]

    def mentions_in(self, start: int, end: int) -> Sequence[Mention]:
        low = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        return self.mentions[low : bisect_left(self.mentions, end, key=lambda mention: mention.start)]


@dataclass(slots=True)
class _State:
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
        self.last = said
        if said.who.human:
            self.person, self.spoke_at = said, sentence.start


def read_speech(article: Article, sentences: Sequence[Span], people: People, quotes: Sequence[Quote]) -> Speech:
    """Attributes every sentence of an article, in order."""
    mentions = [m for m in mentions_of(people) if m.end <= len(article.text)]
    clauses = [c for c in find_clauses(people.scan.tokens, mentions) if c.start < len(article.text)]
    speech = Speech(article.text, people.scan.tokens, mentions, clauses, quotes, Speaker("", article.outlet, "", True), sentences)
    state = _State()
    for sentence in sentences:
        said = _attribute(speech, sentence, state)
        speech.found.append(said)
        if said and said.how != "before" and said.who is not UNKNOWN:
            state.note(said, sentence)
    _name_unknown(speech.found)
    return speech


def _name_unknown(found: list[Attribution | None]) -> None:
    """Speech before anybody was named ("katanya") belongs to the person named next, else to nobody."""
    coming: Attribution | None = None
    for i in range(len(found) - 1, -1, -1):
        said = found[i]
        if said and said.who is UNKNOWN:
            found[i] = coming._replace(score=0.5, how=said.how) if coming else None
        elif said and said.who.human:
            coming = said


def speakers(article: Article, sentences: Sequence[Span], people: People, quotes: Sequence[Quote]) -> list[Attribution | None]:
    """One attribution a sentence, None where nobody has spoken or acted yet."""
    return read_speech(article, sentences, people, quotes).found


def _attribute(speech: Speech, sentence: Span, state: _State) -> Attribution | None:
    quote = quote_at(speech.quotes, sentence)
    if quote and not quote.is_half(speech.text):
        return _of_quote(speech, quote, state) or _before(state.person)
    return _of_clause(speech, sentence, state) or _of_subject(speech, sentence, state) or _before(state.last)


def _before(said: Attribution | None) -> Attribution | None:
    return said._replace(score=said.score * 0.8, how="before") if said else None


def _of_clause(speech: Speech, sentence: Span, state: _State) -> Attribution | None:
    """By a clause of speech in the sentence outside quotation marks: one that closes it ("..., kata X"), else the first."""
    clauses = [c for c in speech.clauses_in(sentence.start, sentence.end) if quote_at(speech.quotes, Span(c.start, c.start + 1)) is None]
    closing = [c for c in clauses[1:] if c.kind == "before" and not clauses[0].kind == "after"]
    clause = next(iter(closing or clauses), None)
    return state.resolve(clause.who, 0.8 if clause.pointer else 0.9, "clause") if clause else None


def _of_quote(speech: Speech, quote: Quote, state: _State) -> Attribution | None:
    after = _clause_after(speech, quote)
    if after:
        return state.resolve(after.who, 0.85 if after.pointer else 0.95, "after quote")
    before = _clause_before(speech, quote)
    return state.resolve(before.who, 0.85, "before quote") if before else None


def _paragraph_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _clause_after(speech: Speech, quote: Quote) -> Clause | None:
    limit = min(quote.end + NEAR_QUOTE, _paragraph_end(speech.text, quote.end) + 1)
    k = bisect_right(speech.quotes, quote.start, key=lambda q: q.start)
    if k < len(speech.quotes):
        limit = min(limit, speech.quotes[k].start)
    return next(iter(speech.clauses_in(quote.end, limit)), None)


def _clause_before(speech: Speech, quote: Quote) -> Clause | None:
    """A clause that introduces the quote, in the same paragraph with no other quote between."""
    low = max(speech.text.rfind("\n", 0, quote.start) + 1, quote.start - BEFORE_QUOTE)
    k = bisect_left(speech.quotes, quote.start, key=lambda q: q.start)
    if k:
        low = max(low, speech.quotes[k - 1].end)
    clauses = speech.clauses_in(low, quote.start)
    return clauses[-1] if clauses else None


def _of_subject(speech: Speech, sentence: Span, state: _State) -> Attribution | None:
    subject = _subject(speech, sentence)
    if subject is None or _is_addressed(speech, subject, sentence):
        return None
    told = state.person if state.person and state.person.how in TOLD and state.paragraph(speech.text, sentence) else None
    if subject.sort == "body" and told:
        return told._replace(score=0.6, how="still speaking")
    return state.resolve(subject, 0.7, "subject")


def _is_addressed(speech: Speech, subject: Mention, sentence: Span) -> bool:
    """Whether the subject is told to act ("gubernur wajib ...") rather than acting."""
    following = speech.tokens[subject.after : subject.after + 5]
    return any(token.low in DUTIES and token.start < sentence.end for token in following)


def _subject(speech: Speech, sentence: Span) -> Mention | None:
    """The first mention near the start of the sentence that no preposition governs."""
    first = bisect_left(speech.tokens, sentence.start, key=lambda token: token.start)
    for mention in speech.mentions_in(sentence.start, sentence.end):
        if mention.first - first > SUBJECT_TOKENS:
            return None
        before = speech.tokens[mention.first - 1].low if mention.first > first else ""
        if before not in PREPOSITIONS:
            return mention
    return None


def issuer_for(speech: Speech, span: Span) -> Attribution:
    """Whose directive the words at `span` are: of the official who orders in a clause right before them, else of the
    sentence's speaker, else of the last official who spoke, else of the institution that published."""
    k = max(0, bisect_right(speech.sentences, span.start, key=lambda sentence: sentence.start) - 1)
    said = speech.found[k] if speech.found else None
    relayed = _relayed(speech, speech.sentences[k], span) if speech.sentences else None
    if relayed:
        return relayed
    if said and (said.who.public or not said.who.role):
        return said
    official = next((a for a in reversed(speech.found[:k]) if a and a.who.public), None)
    official = official or next((a for a in speech.found[k + 1 :] if a and a.who.public), None)
    if official:
        return official._replace(score=0.4, how="nearest official")
    return said or Attribution(speech.own_voice, 0.4, "own voice")


def _relayed(speech: Speech, sentence: Span, span: Span) -> Attribution | None:
    for clause in reversed(speech.clauses_in(sentence.start, span.start + 1)):
        if clause.orders and clause.who and clause.who.who and clause.who.who.public and clause.kind in ("after", "passive"):
            return Attribution(clause.who.who, 0.85, "relayed") if _own_order(speech, sentence, clause) else None
    return _ordered(speech, sentence, span)


def _own_order(speech: Speech, sentence: Span, clause: Clause) -> bool:
    """Whether an order is that of its grammatical subject: not where somebody says what an institution does, unless it did."""
    if clause.who is None or clause.who.sort != "body":
        return True
    reported = bool(speech.clauses_in(sentence.start, clause.start)) or quote_at(speech.quotes, Span(clause.start, clause.end)) is not None
    return not reported or bool({"telah", "sudah", "pernah"} & {t.low for t in speech.tokens[clause.who.after : clause.verb]})


def _ordered(speech: Speech, sentence: Span, span: Span) -> Attribution | None:
    """"arahan Presiden X": an order named by a noun before the words it orders."""
    for mention in reversed(speech.mentions_in(sentence.start, span.start)):
        at = mention.first
        while at > 0 and speech.tokens[at - 1].low in BETWEEN:
            at -= 1
        if mention.who and mention.who.public and mention.sort != "body" and at > 0 and speech.tokens[at - 1].low in ORDERS:
            return Attribution(mention.who, 0.75, "ordered")
    return None
