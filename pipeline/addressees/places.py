"""Who is told to act, where neither the words after the cue nor the subject before it say so: the agent of a passive act
("harus | diikuti oleh para camat"), those named first ("Kepada pedagang, ia berpesan agar | ..."), the topic of one's own
order ("camat kita minta | ...").
"""

from __future__ import annotations

import re
from functools import cache

from arahan.types import Span
from pipeline.addressees.lexicon import any_of, pronouns, role
from pipeline.addressees.words import STRONG, active, names_actor, passive, tokens_of, unquantified
from pipeline.vocabulary.gazetteers import begins_with_group

BY = re.compile(r"\boleh\b", re.IGNORECASE)
MAX_SUBJECT = 8
MAX_PHRASE, MAX_ADVERBS, MAX_LISTED = 90, 3, 7
ORDER_CHARS = 60  # between the phrase named first and the cue: "..., Bupati juga | berpesan"


@cache
def _stops() -> re.Pattern[str]:
    """What may close the phrase for an agent."""
    return re.compile(rf"[.,;:!?\"“”()\[\]\n]|\bdan (?=kemudian|di[a-z]{{4}}|me[a-z]{{4}})|\b{any_of('phrase-end')}\b")


@cache
def _break() -> re.Pattern[str]:
    """What no agent stands behind."""
    return re.compile(rf"[.,;:\"“”\n]|\b{any_of('agent-end')}")


@cache
def _to() -> re.Pattern[str]:
    """What opens the phrase for those named first in a sentence or clause."""
    opening = rf"(?:^|[.;:\"“”]|\b{any_of('fronted-after')}\b)[\s\"“”‘’]*(?:khusus(?:nya)?\s+)?"
    return re.compile(rf"{opening}{any_of('fronted')}\s+(?=[^\W\d])", re.IGNORECASE)


@cache
def _asked() -> re.Pattern[str]:
    """An act that is something to be given."""
    return re.compile(rf"(?:{any_of('asking')}\s+)?{any_of('asked')}\b", re.IGNORECASE)


@cache
def _source() -> re.Pattern[str]:
    """What stands before who is to give it."""
    return re.compile(rf"\b{any_of('giver')}\s+", re.IGNORECASE)


@cache
def _next() -> re.Pattern[str]:
    """What stands before one more of a list."""
    return re.compile(rf"{any_of('next')}\s+", re.IGNORECASE)


def agent_of(text: str, evidence: Span, action: Span) -> Span | None:
    """The agent of a passive act, in it or right after it: after "oleh", or after the verb where it is a known group."""
    verb = passive().match(text, action.start)
    if not verb:
        return None
    close = _break().search(text, verb.end(), evidence.end)
    by = BY.search(text, verb.end(), close.start() if close else evidence.end)
    start = by.end() if by else _after_adverbs(text, verb.end(), evidence.end)
    while start < evidence.end and text[start].isspace():
        start += 1
    return _phrase(text, start, evidence.end, by is not None)


def giver_of(text: str, evidence: Span, action: Span) -> Span | None:
    """Who is to give what is asked for: "ada dukungan anggaran dari | pemda", "menjadi perhatian bagi | camat"."""
    asked = _asked().match(text, action.start)
    close = _break().search(text, asked.end(), evidence.end) if asked else None
    source = _source().search(text, asked.end(), close.start() if close else evidence.end) if asked else None
    return _phrase(text, source.end(), evidence.end, False) if source else None


def act_subject(text: str, cue: Span, action: Span) -> Span | None:
    """The subject that the act's words begin with: "agar | seluruh peserta menjaga", "jangan | sampai jaksa bermain"."""
    tokens = tokens_of(text, action.start, action.end)
    start = 1 if tokens and tokens[0].low == "sampai" else 0
    end = next((k for k in range(start, min(len(tokens), MAX_SUBJECT)) if _opens_act(tokens[k].low)), 0)
    if text[cue.end : action.start].strip(' ,"“') or end <= start or tokens[end].low == "yang":
        return None
    span = Span(tokens[start].start, tokens[end - 1].end)
    bare = unquantified(span.of(text))
    acting = active().match(tokens[end].low) or tokens[end].low in role("end")
    return span if acting and begins_with_group(bare) and not passive().match(text, tokens[end].start) else None


def _opens_act(word: str) -> bool:
    return word in role("end") | {"yang", "itu", "ini"} or bool(active().match(word)) or not word[0].isalnum()


def _after_adverbs(text: str, start: int, end: int) -> int:
    for count, token in enumerate(tokens_of(text, start, end)):
        if count >= MAX_ADVERBS or (token.low not in role("after-passive") and not passive().match(token.low)):
            return token.start
    return end


def _phrase(text: str, start: int, end: int, surely: bool) -> Span | None:
    """From `start` up to what closes a phrase; commas between groups do not."""
    at = start
    while stop := _stops().search(text, at, end):
        if stop[0] != "," or not _lists_on(text[stop.end() : end]):
            end = stop.start()
            break
        at = stop.end()
    phrase = text[start:end].strip()
    named = names_actor(phrase) if surely else _is_bare_agent(phrase)
    return Span(start, start + len(text[start:end].rstrip())) if named and len(phrase) <= MAX_PHRASE else None


def _lists_on(rest: str) -> bool:
    """Whether what follows a comma is one more actor of a list: short, up to the next comma or full stop, and no clause."""
    piece = _next().sub("", re.split(r"[,.;\"“”]", rest, maxsplit=1)[0].strip())
    words = piece.split()
    clause = any(w.lower() in role("end") or active().match(w.lower()) for w in words)
    return 0 < len(words) <= MAX_LISTED and not clause and (piece[0].isupper() or begins_with_group(unquantified(piece)))


def fronted(text: str, evidence: Span, cue: Span) -> Span | None:
    """Whom a sentence names first, set off by a comma: "Kepada para pedagang, Bupati berpesan agar"."""
    for opening in _to().finditer(text, evidence.start, cue.start):
        pieces = [m.start() for m in re.finditer(",", text[opening.end() : cue.start])]
        if not pieces or STRONG.search(text, opening.end(), opening.end() + pieces[-1]):
            continue
        end = opening.end() + pieces[-1]
        phrase = text[opening.end() : end]
        if cue.start - end <= ORDER_CHARS and len(phrase) <= MAX_PHRASE and names_actor(phrase):
            return Span(opening.end(), end)
    return None


def _is_bare_agent(phrase: str) -> bool:
    """Whether a phrase right after a passive verb, without "oleh", is its agent ("dipatuhi UMKM") and not its subject."""
    first = phrase.split()[0].lower() if phrase else ""
    prepositions = role("told") | role("lead")
    return bool(first) and first not in prepositions and not first.endswith("nya") and begins_with_group(unquantified(phrase))


def own_order(text: str, evidence: Span, cue: Span) -> int | None:
    """Where "kita minta" begins in "(camat) kita minta | turun", whose object stands before it; None for other cues."""
    words = tokens_of(text, cue.start, cue.end)
    before = tokens_of(text, evidence.start, cue.start)[-1:] if words and words[0].low not in pronouns() else words[:1]
    owned = bool(before) and before[0].low in pronouns()
    return before[0].start if owned and words[-1].low in role("bare") else None
