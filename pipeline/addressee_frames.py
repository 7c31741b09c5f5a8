"""Who is told to act, by the words of the clause: between the cue and the act ("meminta | para camat untuk | ..."), or as the
subject before a modal cue ("camat dan lurah | harus | ...").
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from arahan.types import Span
from pipeline.datafile import mapping, rows
from pipeline.gazetteers import begins_with_group, find_cues

TOKEN = re.compile(r"[^\W_]+(?:[-/'’][^\W_]+)*|[^\w\s]")
STRONG = re.compile(r"[.!?:;\"“”()\[\]\n]")
HUMAN = re.compile(
    r"(?:pe(?!\w+an$)[a-z]{4,}|[a-z]+wan|[a-z]+wati|anak[a-z-]*|orang|kaum|insan|jajaran\w*|pihak|unsur|lembaga\S*|instansi|institusi|kader"
    r"|teman-teman|saudara-saudara|rekan-rekan|anggota\w*|pimpinan)$"
)
PASSIVE = re.compile(
    r"(?:(?:terus|segera|tetap|lebih|dapat|bisa|selalu|juga)\s+)*di(?!\s|alog|am\b|siplin|skusi)[a-z]{3,}", re.IGNORECASE
)
JOINING = frozenset(
    {"dan", "serta", "maupun", "hingga", "atau", "juga", "kemudian", "baik", "termasuk", "khususnya", "para", "seluruh"}
)
QUOTES = "\"“”'‘’,"
MAX_TOKENS = 16
FRONTED_TOKENS = 14
MIN_WORD = 4  # letters; a shorter word with a full stop is an abbreviation ("PT.", "Pj.")


class _Token(NamedTuple):
    low: str
    start: int
    end: int


@cache
def _role(name: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("addressee_frames.csv", ("word", "role")) if row["role"] == name)


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(word for word, kind in mapping("addressee_words.csv", ("word", "type")).items() if kind == "pronoun")


def _is(word: str, kind: str) -> bool:
    """Whether a word alone is a pronoun or quantifier of data/addressee_words.csv."""
    return mapping("addressee_words.csv", ("word", "type")).get(word) == kind


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    return [_Token(m[0].lower(), m.start(), m.end()) for m in TOKEN.finditer(text, start, max(start, end))]


def told(text: str, evidence: Span, cue: Span, action: Span) -> Span | None:
    """The words that name who is to act, quantifiers included; None where the clause does not say or the form is unknown."""
    if cue.end > action.start:
        return None
    between = _between(text, cue, action)
    if between:
        return between
    found = find_cues(cue.of(text))
    speaks = bool(found) and found[-1][1].type == "speech" and not cue.of(text).lower().startswith("di")
    own = any(token.low in _pronouns() for token in _tokens(text, cue.end, action.start))
    return None if speaks or own or PASSIVE.match(text, action.start) else _subject(text, evidence, cue)


def _between(text: str, cue: Span, action: Span) -> Span | None:
    words = [token.low for token in _tokens(text, cue.start, cue.end)]
    tokens = _tokens(text, cue.end, action.start)
    again = max((k for k, token in enumerate(tokens) if token.low in _role("object")), default=-1)
    words, tokens = (words, tokens) if again < 0 else ([tokens[again].low], tokens[again + 1 :])
    if not words or not tokens or tokens[0].low == "oleh" or _is_agent(text, words, tokens, cue):
        return None
    start, surely, clause = _opening(tokens, words)
    end = _closing(text, tokens, start)
    while end > start and tokens[end - 1].low in _role("weak") and tokens[end - 1].low != "ini":
        end -= 1
    if not 0 < end - start <= MAX_TOKENS or _is(tokens[start].low, "pronoun"):
        return None
    following = next((t.low for t in tokens[end:] if t.low not in _role("weak")), "")
    is_object = bool(_role("object") & set(words)) and not clause and following in ("untuk", "agar", "supaya")
    phrase = text[tokens[start].start : tokens[end - 1].end]
    if not (surely or is_object or _acts(phrase, False)) or (clause and PASSIVE.match(text, action.start)):
        return None
    return Span(_with_quantifiers(tokens, start), tokens[end - 1].end)


def _is_agent(text: str, cue: list[str], tokens: list[_Token], span: Span) -> bool:
    """Whether the words after a passive cue say who tells ("diminta Presiden untuk ...") rather than who is told."""
    direct = tokens[0].low not in _role("told") | _role("lead")
    return cue[-1].startswith("di") and direct and text[span.start].islower() and text[tokens[0].start].isupper()


def _with_quantifiers(tokens: list[_Token], start: int) -> int:
    while start and tokens[start - 1].low not in _role("told") | _role("lead") and _is(tokens[start - 1].low, "quantifier"):
        start -= 1
    return tokens[start].start


def _opening(tokens: list[_Token], cue: list[str]) -> tuple[int, bool, bool]:
    """Where the addressee can begin, whether it is surely one, and whether it is the subject of a clause ("agar X ...")."""
    at, surely, clause = 0, cue[-1] in _role("told"), cue[-1] in ("agar", "supaya", "bahwa")
    if _role("order") & set(cue) and not clause and not surely:
        at = next((k for k, t in enumerate(tokens) if t.low in ("agar", "supaya", "kepada", "bagi", "bahwa")), len(tokens))
    while at < len(tokens):
        low = tokens[at].low
        comma = next((k for k in range(at, min(at + FRONTED_TOKENS, len(tokens))) if tokens[k].low == ","), 0)
        if low in _role("fronting") and comma:
            at = comma
        elif low == "ke" and at + 1 < len(tokens) and tokens[at + 1].low == "depan":
            at += 1
        elif low in _role("told"):
            surely = True
        elif low in _role("lead"):
            clause = clause or low in ("agar", "supaya", "bahwa")
        elif low == "jangan" and at + 1 < len(tokens) and tokens[at + 1].low == "sampai":
            at, clause = at + 1, True
        elif _is(low, "quantifier"):
            surely = surely or low == "para"
        elif low not in QUOTES and (low not in _role("weak") or low == "ini"):
            break
        at += 1
    return at, surely, clause


def _closing(text: str, tokens: list[_Token], start: int) -> int:
    """The token after the addressee: at a word that opens the act, the end of a clause, or a comma that coordinates nobody."""
    for at in range(start, len(tokens)):
        low, before = tokens[at].low, tokens[at - 1].low if at else ""
        if low == "(" or before == "yang" or (low == "." and len(before) < MIN_WORD):
            continue
        if low in _role("end") or (STRONG.fullmatch(low) and low != ")") or (low == "," and not _goes_on(text, tokens, at)):
            return at
    return len(tokens)


def _goes_on(text: str, tokens: list[_Token], comma: int) -> bool:
    at = comma + 1
    while at < len(tokens) and tokens[at].low in JOINING:
        at += 1
    return at < len(tokens) and _acts(text[tokens[at].start : tokens[-1].end], False)


def _subject(text: str, evidence: Span, cue: Span) -> Span | None:
    tokens = _tokens(text, evidence.start, cue.start)
    end = len(tokens)
    ends = (_role("weak") | _role("end") | {",", "semua", "yang"}) - {"untuk", "agar", "supaya"}
    while end and tokens[end - 1].low in ends:
        end -= 1
    opens = end
    while opens and not (tokens[opens - 1].low in _role("clause") or STRONG.match(tokens[opens - 1].low)):
        opens -= 1
    end = next((k for k in range(opens + 1, end) if tokens[k].low in _role("copula")), end)
    start = _last_piece(text, tokens, opens, end)
    if not 0 < end - start <= MAX_TOKENS or {tokens[start].low, tokens[end - 1].low} & _pronouns():
        return None
    first = not any(c.isalnum() for c in text[max(evidence.start, tokens[opens - 1].end if opens else 0) : tokens[start].start])
    initial = first and (opens == 0 or bool(STRONG.match(tokens[opens - 1].low)))
    phrase = text[tokens[start].start : tokens[end - 1].end]
    return Span(_with_quantifiers(tokens, start), tokens[end - 1].end) if _acts(phrase, initial) else None


def _last_piece(text: str, tokens: list[_Token], opens: int, end: int) -> int:
    """The first token of the subject: after the last comma of its clause, or of those coordinated ("Pemerintah, DPR, dan")."""
    commas = [k for k in range(opens, end) if tokens[k].low == ","]
    start = _skipped(tokens, commas[-1] + 1 if commas else opens, end)
    for comma, previous in zip(reversed(commas), [*reversed(commas[:-1]), opens - 1], strict=False):
        piece = _skipped(tokens, previous + 1, comma)
        if piece >= comma or comma - piece > 4 or not begins_with_group(text[tokens[piece].start : tokens[comma - 1].end]):
            break
        start = piece
    return start


def _skipped(tokens: list[_Token], start: int, end: int) -> int:
    while start < end and (
        tokens[start].low
        in (_role("lead") | _role("told") | _role("weak") | JOINING | {"saya", "sebagai", "beberapa", "seperti"}) - {"di", "dari"}
        or _is(tokens[start].low, "quantifier")
    ):
        start += 1
    return start


def _acts(phrase: str, opens_sentence: bool) -> bool:
    """Whether a phrase names somebody who can act: a known group, a person noun, a name (not merely a sentence's first word)."""
    first, *others = phrase.split()
    if begins_with_group(phrase) or HUMAN.match(first.strip(",").lower()):
        return True
    return first[0].isupper() and (not opens_sentence or first[1:2].isupper() or bool(others and others[0][0].isupper()))
