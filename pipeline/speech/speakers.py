"""Who speaks in each sentence.

A sentence belongs to the speaker named in its clause of speech, else to the one its quote is attributed to, else to its
subject, else to whoever spoke last.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from arahan.types import Article, Span
from pipeline.people.officials import People
from pipeline.speech.attribution import UNKNOWN, Attribution, Speech, State
from pipeline.speech.clauses import Clause, find_clauses
from pipeline.speech.mentions import mentions_of
from pipeline.speech.quotes import Quote, in_quote, quote_at
from pipeline.speech.subjects import is_addressed, is_common, subject_of
from pipeline.speech.voices import Mention, Speaker

POINT_CHARS = 8  # of " 12) " between the head of a line and the first word
POINT = re.compile(r"\s*\d{1,2}[.)]\s")
ASIDE = re.compile(r"\W{0,3}(?:baca|simak|lihat|tonton)\s+(?:juga|pula|selengkapnya)\b", re.IGNORECASE)
INTERVIEW = re.compile(
    r"\b(?:petikan|kutipan|nukilan)\s+(?:wawancara|perbincangan|tanya jawab)\b.{0,60}?\b(?:dengan|bersama)\b", re.IGNORECASE
)
TOLD = ("clause", "after quote", "before quote", "still speaking")
NEAR_QUOTE, BEFORE_QUOTE = 25, 160


def read_speech(article: Article, sentences: Sequence[Span], people: People, quotes: Sequence[Quote]) -> Speech:
    """Attributes every sentence of an article, in order."""
    mentions = [m for m in mentions_of(people) if m.end <= len(article.text)]
    clauses = [c for c in find_clauses(people.scan.tokens, mentions) if c.start < len(article.text)]
    speech = Speech(article.text, people.scan.tokens, mentions, clauses, quotes, Speaker("", article.outlet, "", True), sentences)
    state = State()
    for sentence in sentences:
        said = _attribute(speech, sentence, state)
        speech.found.append(said)
        aside = ASIDE.match(article.text, sentence.start)
        asked = said is not None and said.how == "subject" and article.text[sentence.start : sentence.end].rstrip().endswith("?")
        if said and not aside and not asked and said.how not in ("before", "meanwhile") and said.who is not UNKNOWN:
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


def _attribute(speech: Speech, sentence: Span, state: State) -> Attribution | None:
    quote = quote_at(speech.quotes, sentence)
    if quote and not quote.is_half(speech.text):
        return _of_quote(speech, quote, state) or _before(state.person)
    return _of_clause(speech, sentence, state) or _of_subject(speech, sentence, state) or _before(state.last)


def _before(said: Attribution | None) -> Attribution | None:
    return said._replace(score=said.score * 0.8, how="before") if said else None


def _of_clause(speech: Speech, sentence: Span, state: State) -> Attribution | None:
    """By a clause of speech in the sentence outside quotation marks: one that closes it ("..., kata X"), else the first."""
    inside = speech.clauses_in(sentence.start, sentence.end)
    clauses = [c for c in inside if not in_quote(speech.quotes, Span(c.start, c.start + 1)) and not _is_relative(speech, c)]
    closing = [c for c in clauses[1:] if c.kind == "before" and clauses[0].kind != "after"]
    clause = next(iter(closing or clauses), None)
    return state.resolve(clause.who, 0.8 if clause.pointer else 0.9, "clause") if clause else None


def _is_relative(speech: Speech, clause: Clause) -> bool:
    """ "RT yang meminta uang" says who does what, not who speaks here."""
    return clause.kind == "after" and clause.verb > 0 and speech.tokens[clause.verb - 1].low == "yang"


def _of_quote(speech: Speech, quote: Quote, state: State) -> Attribution | None:
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


def _of_subject(speech: Speech, sentence: Span, state: State) -> Attribution | None:
    guest = _interviewed(speech, sentence)
    if guest:
        return state.resolve(guest, 0.7, "subject")
    subject = None if _is_listed(speech.text, sentence) else subject_of(speech, sentence)
    if subject is None or is_addressed(speech, subject, sentence):
        return None
    told = state.person if state.person and state.person.how in TOLD and state.paragraph(speech.text, sentence) else None
    if subject.sort == "role" and (told or (state.person and is_common(subject))):
        return None
    if subject.sort == "body" and told:
        return state.resolve(subject, 0.7, "meanwhile")
    return state.resolve(subject, 0.7, "subject")


def _interviewed(speech: Speech, sentence: Span) -> Mention | None:
    """The person whose answers follow: "Berikut petikan wawancara dengan Kepala X, Nama"."""
    if not INTERVIEW.search(speech.text, sentence.start, sentence.end):
        return None
    people = (m for m in speech.mentions_in(sentence.start, sentence.end) if m.sort == "person")
    return next((m for m in people if INTERVIEW.search(speech.text, sentence.start, m.start)), None)


def _is_listed(text: str, sentence: Span) -> bool:
    """Whether the sentence is a point of a list ("1. Dinas X memetakan ..."): said by whoever introduced the list."""
    line = text.rfind("\n", max(0, sentence.start - POINT_CHARS), sentence.start) + 1
    opens = line > 0 or sentence.start < POINT_CHARS
    return opens and bool(POINT.match(text, line, sentence.end)) and not text[line : sentence.start].strip(" .)0123456789")
