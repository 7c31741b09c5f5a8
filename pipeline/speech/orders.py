"""Whose directive a span is: the speaker's, unless the text says whose order the speaker relays."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import islice

from arahan.types import Span
from pipeline.people.lexicon import any_of, institutions, order_verbs, speech_verbs, words
from pipeline.speech.attribution import Attribution, Speech
from pipeline.speech.clauses import Clause
from pipeline.speech.quotes import in_quote
from pipeline.speech.voices import Mention

AHEAD = 4  # sentences in which an official may still speak before the institution does
REACH_CHARS = 2_000  # before and behind a directive; more only stands in a page without full stops
NEXT_SENTENCE = 8  # tokens into the next sentence: "Hal itu sesuai arahan ..."


def issuer_for(speech: Speech, span: Span) -> Attribution:
    """Whose directive the words at `span` are: of the official who orders in a clause right before them, else of the
    sentence's speaker, else of the last official who spoke, else of the institution that published."""
    k = max(0, bisect_right(speech.sentences, span.start, key=lambda sentence: sentence.start) - 1)
    said = speech.found[k] if speech.found else None
    relayed = _relayed(speech, speech.sentences[k], span) if speech.sentences else None
    if relayed:
        return relayed
    if said and (said.who.public or not said.who.role or said.how in ("clause", "after quote", "before quote")):
        return said
    official = next((a for a in (speech.found[i] for i in range(k - 1, -1, -1)) if a and a.who.public), None)
    official = official or next((a for a in islice(speech.found, k + 1, k + 1 + AHEAD) if a and a.who.public), None)
    if official:
        return official._replace(score=0.4, how="nearest official")
    return said or _own_voice(speech)


def _own_voice(speech: Speech) -> Attribution:
    """A release speaks for the institution that published it; a newspaper for whichever public body it names first."""
    official = institutions().within(speech.own_voice.role)
    named = None if official else next((m.who for m in speech.mentions if m.who and m.who.public), None)
    return Attribution(named or speech.own_voice, 0.4, "own voice")


def _relayed(speech: Speech, whole: Span, span: Span) -> Attribution | None:
    sentence = Span(max(whole.start, span.start - REACH_CHARS), min(whole.end, span.end + REACH_CHARS))
    for clause in reversed(speech.clauses_in(sentence.start, span.start + 1)):
        if clause.orders and clause.who and clause.who.who and clause.who.who.public and clause.kind in ("after", "passive"):
            return Attribution(clause.who.who, 0.85, "relayed") if _own_order(speech, sentence, clause) else None
    return _ordered(speech, sentence, span) or _ordered_after(speech, span)


def _own_order(speech: Speech, sentence: Span, clause: Clause) -> bool:
    """Whether an order is that of its grammatical subject: not where somebody says what an institution does, unless it did."""
    if clause.who is None or clause.who.sort != "body":
        return True
    if _speaks_for(speech, sentence, clause.who):
        return True
    reported = bool(speech.clauses_in(sentence.start, clause.start)) or in_quote(speech.quotes, Span(clause.start, clause.end))
    return not reported or bool({"telah", "sudah", "pernah"} & {t.low for t in speech.tokens[clause.who.after : clause.verb]})


@cache
def _spokesman() -> re.Pattern[str]:
    return re.compile(rf"{any_of('spokesman')}\b", re.IGNORECASE)


def _speaks_for(speech: Speech, sentence: Span, body: Mention) -> bool:
    """Whether the sentence is said by the spokesman of the institution: its order is not the spokesman's own."""
    k = max(0, bisect_right(speech.sentences, sentence.start, key=lambda s: s.start) - 1)
    said = speech.found[k]
    if said is None or body.who is None or not _spokesman().match(said.who.role):
        return False
    speaks_for, named = said.who.role.lower().split()[1:], body.who.role.lower().split()
    return set(named) <= set(speaks_for) or "".join(word[0] for word in named) in speaks_for


def _ordered_after(speech: Speech, span: Span) -> Attribution | None:
    """ "..., sesuai arahan Presiden X", "Hal itu sebagaimana diperintahkan X": the order named behind what it orders."""
    k = max(0, bisect_right(speech.sentences, span.start, key=lambda s: s.start) - 1)
    for sentence in speech.sentences[k : k + 2]:
        first = bisect_left(speech.tokens, max(sentence.start, span.end), key=lambda token: token.start)
        if sentence.start > span.start and [token.low for token in speech.tokens[first : first + 1]] != ["hal"]:
            break
        for mention in speech.mentions_in(max(sentence.start, span.end), min(sentence.end, span.end + REACH_CHARS)):
            at = _before_fillers(speech, mention)
            if at - first > NEXT_SENTENCE and sentence.start > span.start:
                break
            if at > first + 1 and _names_order(speech, at - 1) and mention.who and mention.who.public:
                return Attribution(mention.who, 0.75, "ordered")
    return None


def _before_fillers(speech: Speech, mention: Mention) -> int:
    """The token of the mention, or of the first filler before it ("dari Bapak Presiden")."""
    at = mention.first
    while at > 0 and speech.tokens[at - 1].low in words("between"):
        at -= 1
    return at


def _names_order(speech: Speech, i: int) -> bool:
    """Whether token `i` is an order that "sesuai" or "sebagaimana" bases something on."""
    verb = speech.tokens[i].low
    ordering = verb in words("order") or (verb in order_verbs() and speech_verbs().get(verb) == "passive")
    return ordering and bool(words("basis") & {token.low for token in speech.tokens[max(0, i - 2) : i]})


def _ordered(speech: Speech, sentence: Span, span: Span) -> Attribution | None:
    """ "arahan Presiden X": an order named by a noun before the words it orders."""
    for mention in reversed(speech.mentions_in(sentence.start, span.start)):
        at = _before_fillers(speech, mention)
        ordering = at > 0 and speech.tokens[at - 1].low in words("order")
        if ordering and mention.who and mention.who.public:
            return Attribution(mention.who, 0.75, "ordered")
    return None
