"""Who is told to act as the subject before a modal cue ("camat dan lurah | harus | ...")."""

from __future__ import annotations

import re
from functools import cache

from arahan.types import Span
from pipeline.addressees.lexicon import any_of, pronouns, role
from pipeline.addressees.words import MAX_TOKENS, STRONG, Token, active, acts, is_a, tokens_of, with_quantifiers, without_inquits
from pipeline.vocabulary.gazetteers import begins_with_group


@cache
def _told() -> re.Pattern[str]:
    """Passive verbs; a noun that is written together with "di" ("dikampung") is none."""
    return re.compile(rf"(?:di[a-z]{{4,}}kan|{any_of('told-verb')})(?:nya)?")


def subject(text: str, evidence: Span, cue: Span) -> Span | None:
    """The words that name who is to act before `cue`, quantifiers included; None where they name nobody."""
    tokens = without_inquits(tokens_of(text, evidence.start, cue.start))
    end = len(tokens)
    ends = (role("weak") | role("end") | {",", "semua", "yang"}) - {"untuk", "agar", "supaya"}
    while end and tokens[end - 1].low in ends:
        end -= 1
    opens = end
    while opens and not (tokens[opens - 1].low in role("clause") or STRONG.match(tokens[opens - 1].low)):
        opens -= 1
    end = next((k for k in range(opens + 1, end) if tokens[k].low in role("copula")), end)
    start = _past_adverbial(text, tokens, _last_piece(text, tokens, opens, end), end)
    verb = next((k for k in range(start + 1, end) if _ends_subject(tokens, start, k)), end)
    if verb < end and tokens[verb].low in role("object"):  # "anggota dewan mendesak | dinas | mempercepat ..., jangan"
        start = _skipped(tokens, verb + 1, end)
        verb = next((k for k in range(start + 1, end) if _ends_subject(tokens, start, k)), end)
    if cue.of(text).lower() in ("agar", "supaya", "untuk") and verb < end:
        start = _skipped(tokens, verb + 1, end)  # "menghubungi kepala dinas | agar"
    else:
        end = verb
    if not 0 < end - start <= MAX_TOKENS or {tokens[start].low, tokens[end - 1].low} & pronouns():
        return None
    first = not any(c.isalnum() for c in text[max(evidence.start, tokens[opens - 1].end if opens else 0) : tokens[start].start])
    initial = first and (opens == 0 or bool(STRONG.match(tokens[opens - 1].low)))
    phrase = text[tokens[start].start : tokens[end - 1].end]
    return Span(with_quantifiers(tokens, start), tokens[end - 1].end) if acts(phrase, initial) else None


def _past_adverbial(text: str, tokens: list[Token], start: int, end: int) -> int:
    """`start`, or where somebody is named after an adverbial that no comma ends ("selepas pelatihan | anggota")."""
    if start >= end or begins_with_group(text[tokens[start].start : tokens[end - 1].end]):
        return start
    behind = range(start + 1, end)
    counted = next((k + 1 for k in behind if tokens[k].low in role("each") and k + 1 < end), start)
    if counted > start or tokens[start].low not in role("adverbial"):
        return counted
    named = (
        k for k in behind if begins_with_group(text[tokens[k].start : tokens[end - 1].end]) and not _has_object(tokens[k - 1].low)
    )
    return next(named, start)


def _has_object(word: str) -> bool:
    return word.startswith("me") and bool(active().match(word))


def _ends_subject(tokens: list[Token], start: int, k: int) -> bool:
    """Whether the subject is over at token `k`: at an auxiliary or a verb outside "yang ...", at "kita minta"."""
    word, before = tokens[k].low, tokens[k - 1].low
    if word in pronouns() and k + 1 < len(tokens) and tokens[k + 1].low in role("bare"):
        return True
    if before in ("yang", "tidak", "dalam", "perlu") or "yang" in (t.low for t in tokens[start:k]):
        return False
    return word in role("verb") or bool(active().match(word)) or bool(_told().fullmatch(word))


def _last_piece(text: str, tokens: list[Token], opens: int, end: int) -> int:
    """The first token of the subject: after the last comma of its clause, or of those coordinated ("Pemerintah, DPR, dan")."""
    commas = [k for k in range(opens, end) if tokens[k].low == ","]
    start = _skipped(tokens, commas[-1] + 1 if commas else opens, end)
    for comma, previous in zip(reversed(commas), [*reversed(commas[:-1]), opens - 1], strict=False):
        piece = _skipped(tokens, previous + 1, comma)
        if piece >= comma or comma - piece > 4 or not begins_with_group(text[tokens[piece].start : tokens[comma - 1].end]):
            break
        start = piece
    return start


def _skipped(tokens: list[Token], start: int, end: int) -> int:
    while start < end and (
        tokens[start].low
        in (role("lead") | role("told") | role("weak") | role("joining") | {"saya", "sebagai", "beberapa", "seperti"})
        - {"di", "dari"}
        or is_a(tokens[start].low, "quantifier")
    ):
        start += 1
    return start
