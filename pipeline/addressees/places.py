"""Who is told to act, where neither the words after the cue nor the subject before it say so: the agent of a passive act
("harus | diikuti oleh para camat"), those named first ("Kepada pedagang, ia berpesan agar | ..."), the topic of one's own
order ("camat kita minta | ...").
"""

from __future__ import annotations

import re

from arahan.types import Span
from pipeline.addressees.words import ACTIVE, PASSIVE, STRONG, acts, is_a, pronouns, role, tokens_of
from pipeline.vocabulary.gazetteers import begins_with_group

BY = re.compile(r"\boleh\b", re.IGNORECASE)
STOPS = re.compile(
    r"[.,;:!?\"“”()\[\]\n]|\bdan (?=kemudian|di[a-z]{4}|me[a-z]{4})"
    r"|\b(?:untuk|agar|supaya|sehingga|guna|dalam(?! negeri)|pada|sebagai|sebelum|saat|demi|dengan|tanpa|melalui)\b"
)
BREAK = re.compile(r"[.,;:\"“”\n]|\b(?:untuk|agar|supaya|sehingga|yang|karena|dan di)")
TO = re.compile(
    r"(?:^|[.;:\"“”]|\b(?:dan|sementara|sedangkan|jadi|khususnya)\b)[\s\"“”‘’]*(?:khusus(?:nya)?\s+)?(?:kepada|bagi|untuk|buat)\s+(?=[^\W\d])",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"(?:(?:perlu|harus|mendapat(?:kan)?|meminta)\s+)?"
    r"(?:ada(?:nya)?|menjadi (?:prioritas|perhatian)|dukungan|partisipasi|sinergi)\b",
    re.IGNORECASE,
)
SOURCE = re.compile(r"\b(?:dari|(?<=prioritas )bagi|(?<=perhatian )bagi|(?<=juga )bagi|oleh|seluruh)\s+", re.IGNORECASE)
MAX_SUBJECT = 8
ADVERBS = frozenset({"bersama", "langsung", "segera", "sendiri", "juga", "kembali", "dan"})
NEXT = re.compile(r"(?:dan|serta|juga|maupun|hingga)\s+", re.IGNORECASE)
MAX_PHRASE, MAX_ADVERBS, MAX_LISTED = 90, 3, 7
ORDER_CHARS = 60  # between the phrase named first and the cue: "..., Bupati juga | berpesan"


def agent_of(text: str, evidence: Span, action: Span) -> Span | None:
    """The agent of a passive act, in it or right after it: after "oleh", or after the verb where it is a known group."""
    verb = PASSIVE.match(text, action.start)
    if not verb:
        return None
    close = BREAK.search(text, verb.end(), evidence.end)
    by = BY.search(text, verb.end(), close.start() if close else evidence.end)
    start = by.end() if by else _after_adverbs(text, verb.end(), evidence.end)
    while start < evidence.end and text[start].isspace():
        start += 1
    return _phrase(text, start, evidence.end, by is not None)


def giver_of(text: str, evidence: Span, action: Span) -> Span | None:
    """Who is to give what is asked for: "ada dukungan anggaran dari | pemda", "menjadi perhatian bagi | camat"."""
    asked = ASKED.match(text, action.start)
    close = BREAK.search(text, asked.end(), evidence.end) if asked else None
    source = SOURCE.search(text, asked.end(), close.start() if close else evidence.end) if asked else None
    return _phrase(text, source.end(), evidence.end, False) if source else None


def act_subject(text: str, cue: Span, action: Span) -> Span | None:
    """The subject that the act's words begin with: "agar | seluruh peserta menjaga", "jangan | sampai jaksa bermain"."""
    tokens = tokens_of(text, action.start, action.end)
    start = 1 if tokens and tokens[0].low == "sampai" else 0
    end = next((k for k in range(start, min(len(tokens), MAX_SUBJECT)) if _opens_act(tokens[k].low)), 0)
    if text[cue.end : action.start].strip(' ,"“') or end <= start or tokens[end].low == "yang":
        return None
    span = Span(tokens[start].start, tokens[end - 1].end)
    bare = _unquantified(span.of(text))
    acting = ACTIVE.match(tokens[end].low) or tokens[end].low in role("end")
    return span if acting and begins_with_group(bare) and not PASSIVE.match(text, tokens[end].start) else None


def _opens_act(word: str) -> bool:
    return word in role("end") | {"yang", "itu", "ini"} or bool(ACTIVE.match(word)) or not word[0].isalnum()


def _after_adverbs(text: str, start: int, end: int) -> int:
    for count, token in enumerate(tokens_of(text, start, end)):
        if count >= MAX_ADVERBS or (token.low not in ADVERBS and not PASSIVE.match(token.low)):
            return token.start
    return end


def _phrase(text: str, start: int, end: int, surely: bool) -> Span | None:
    """From `start` up to what closes a phrase; commas between groups do not."""
    at = start
    while stop := STOPS.search(text, at, end):
        if stop[0] != "," or not _lists_on(text[stop.end() : end]):
            end = stop.start()
            break
        at = stop.end()
    phrase = text[start:end].strip()
    named = names_actor(phrase) if surely else _is_bare_agent(phrase)
    return Span(start, start + len(text[start:end].rstrip())) if named and len(phrase) <= MAX_PHRASE else None


def _lists_on(rest: str) -> bool:
    """Whether what follows a comma is one more actor of a list: short, up to the next comma or full stop, and no clause."""
    piece = NEXT.sub("", re.split(r"[,.;\"“”]", rest, maxsplit=1)[0].strip())
    words = piece.split()
    clause = any(w.lower() in role("end") or ACTIVE.match(w.lower()) for w in words)
    return 0 < len(words) <= MAX_LISTED and not clause and (piece[0].isupper() or begins_with_group(_unquantified(piece)))


def fronted(text: str, evidence: Span, cue: Span) -> Span | None:
    """Whom a sentence names first, set off by a comma: "Kepada para pedagang, Bupati berpesan agar"."""
    for opening in TO.finditer(text, evidence.start, cue.start):
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
    return bool(first) and first not in prepositions and not first.endswith("nya") and begins_with_group(_unquantified(phrase))


def _unquantified(phrase: str) -> str:
    words = phrase.split()
    while len(words) > 1 and is_a(words[0].lower(), "quantifier"):
        words = words[1:]
    return " ".join(words)


def names_actor(phrase: str) -> bool:
    """Whether a phrase, quantifiers aside, names somebody who can act: also "mereka yang ...", and no rule or law."""
    bare = _unquantified(phrase)
    if not bare:
        return False
    return acts(bare, False) or bare.lower().startswith(("mereka yang ", "yang ", "pihak"))


def own_order(text: str, evidence: Span, cue: Span) -> int | None:
    """Where "kita minta" begins in "(camat) kita minta | turun", whose object stands before it; None for other cues."""
    words = tokens_of(text, cue.start, cue.end)
    before = tokens_of(text, evidence.start, cue.start)[-1:] if words and words[0].low not in pronouns() else words[:1]
    owned = bool(before) and before[0].low in pronouns()
    return before[0].start if owned and words[-1].low in role("bare") else None
