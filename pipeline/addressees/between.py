"""Who is told to act between the cue and the act ("meminta | para camat untuk | ...")."""

from __future__ import annotations

from arahan.types import Span
from pipeline.addressees.lexicon import role
from pipeline.addressees.words import (
    MAX_TOKENS,
    STRONG,
    TOKEN,
    Token,
    active,
    acts,
    is_a,
    passive,
    thing,
    tokens_of,
    with_quantifiers,
)
from pipeline.vocabulary.gazetteers import begins_with_group

QUOTES = "\"“”'‘’,"
FRONTED_TOKENS = 14
MAX_UNKNOWN = 3  # tokens of somebody who is no known group, right before an active verb
MIN_WORD = 4  # letters; a shorter word with a full stop is an abbreviation ("PT.", "Pj.")


def between(text: str, cue: Span, action: Span) -> Span | None:
    """The words for those told between the cue and the act, quantifiers included; None where they name nobody."""
    words = [token.low for token in tokens_of(text, cue.start, cue.end)]
    tokens = tokens_of(text, cue.end, action.start)
    if len(tokens) > 1 and tokens[0].low == "dan" and active().match(tokens[1].low):
        to = next((k for k, token in enumerate(tokens[:5]) if token.low == "kepada"), 2)
        tokens = tokens[to:]  # "mendorong dan mendukung para camat untuk"
    again = max((k for k, token in enumerate(tokens) if token.low in role("object")), default=-1)
    words, tokens = (words, tokens) if again < 0 else ([tokens[again].low], tokens[again + 1 :])
    if not words or not tokens or tokens[0].low == "oleh" or _is_agent(text, words, tokens, cue):
        return None
    start, surely, clause = _opening(tokens, words)
    end = _closing(text, tokens, start)
    while end > start and tokens[end - 1].low in role("weak") and tokens[end - 1].low != "ini":
        end -= 1
    if not 0 < end - start <= MAX_TOKENS or is_a(tokens[start].low, "pronoun"):
        return None
    following = next((t.low for t in tokens[end:] if t.low not in role("weak")), "")
    asked = bool(role("object") & set(words))
    is_object = asked and not clause and following in ("untuk", "agar", "supaya")
    is_object = is_object or (asked and end == len(tokens) <= start + MAX_UNKNOWN and _acts_next(text, tokens[start], action))
    opening, start = start, _past_things(text, tokens, start, end)
    if start < 0 or (start > opening and passive().match(text, action.start)):
        return None
    phrase = text[tokens[start].start : tokens[end - 1].end]
    if not (surely or is_object or acts(phrase, False)) or (clause and passive().match(text, action.start)):
        return None
    return Span(with_quantifiers(tokens, start), tokens[end - 1].end)


def _acts_next(text: str, first: Token, action: Span) -> bool:
    """Whether somebody who is no known group can be the one who does the act right after ("meminta | parlemen | bersidang")."""
    verb = TOKEN.match(text, action.start)
    return bool(verb and active().match(verb[0].lower())) and not thing().match(first.low) and first.low != "yang"


def _past_things(text: str, tokens: list[Token], start: int, end: int) -> int:
    """`start`, or where somebody is named after a thing ("langkah konkret | lembaga terkait"); -1 when nobody is."""
    last = tokens[end - 1].end
    named = text[tokens[start].start].isupper() or begins_with_group(text[tokens[start].start : last])
    if named or not thing().match(tokens[start].low):
        return start
    ways = (k for k in range(start + 1, end) if tokens[k - 1].low == "dari" or begins_with_group(text[tokens[k].start : last]))
    return next(ways, -1)


def _is_agent(text: str, cue: list[str], tokens: list[Token], span: Span) -> bool:
    """Whether the words after a passive cue say who tells ("diminta Presiden untuk ...") rather than who is told."""
    direct = tokens[0].low not in role("told") | role("lead")
    return cue[-1].startswith("di") and direct and text[span.start].islower() and text[tokens[0].start].isupper()


def _opening(tokens: list[Token], cue: list[str]) -> tuple[int, bool, bool]:
    """Where the addressee can begin, whether it is surely one, and whether it is the subject of a clause ("agar X ...")."""
    at, surely, clause = 0, cue[-1] in role("told"), cue[-1] in ("agar", "supaya", "bahwa")
    if role("order") & set(cue) and not clause and not surely:
        at = next((k for k, t in enumerate(tokens) if t.low in ("agar", "supaya", "kepada", "bagi", "bahwa")), len(tokens))
    while at < len(tokens):
        low = tokens[at].low
        comma = next((k for k in range(at, min(at + FRONTED_TOKENS, len(tokens))) if tokens[k].low == ","), 0)
        if low in role("fronting") and comma:
            at = comma
        elif low == "ke" and at + 1 < len(tokens) and tokens[at + 1].low == "depan":
            at += 1
        elif low in role("told"):
            surely = True
        elif low in role("lead"):
            clause = clause or low in ("agar", "supaya", "bahwa")
        elif low == "jangan" and at + 1 < len(tokens) and tokens[at + 1].low == "sampai":
            at, clause = at + 1, True
        elif is_a(low, "quantifier"):
            surely = surely or low == "para"
        elif low not in QUOTES and (low not in role("weak") or low == "ini"):
            break
        at += 1
    return at, surely, clause


def _closing(text: str, tokens: list[Token], start: int) -> int:
    """The token after the addressee: at a word that opens the act, the end of a clause, or a comma that coordinates nobody."""
    for at in range(start, len(tokens)):
        low, before = tokens[at].low, tokens[at - 1].low if at else ""
        if low == "(" or before == "yang" or (low == "." and len(before) < MIN_WORD):
            continue
        if (
            (low in role("end") and text[tokens[at].start].islower())
            or (STRONG.fullmatch(low) and low != ")")
            or (low == "," and not _goes_on(text, tokens, at))
            or (at > start and _opens_act(tokens, start, at))
        ):
            return at
    return len(tokens)


def _opens_act(tokens: list[Token], start: int, at: int) -> bool:
    """Whether a verb at `at` begins the act: "meminta pemuda | bergotong royong", and not in "warga yang membuka"."""
    low = tokens[at].low
    if not active().match(low) or low in role("describing") or "yang" in (t.low for t in tokens[start:at]):
        return False
    return tokens[at - 1].low not in ("yang", "tidak", "belum", "sudah", "telah")


def _goes_on(text: str, tokens: list[Token], comma: int) -> bool:
    at = comma + 1
    while at < len(tokens) and tokens[at].low in role("joining"):
        at += 1
    return at < len(tokens) and acts(text[tokens[at].start : tokens[-1].end], False)
