"""What may stand between a role and its name: "Menteri X saat itu, Nama", "Bupati periode 2025-2030, Nama", "Menteri (Nama)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.people.complement import past_brackets
from pipeline.people.lexicon import role_heads, role_words, speech_verbs, words
from pipeline.people.names import Name, parse_name
from pipeline.people.roles import Role, without_brackets
from pipeline.people.titles import after_degrees
from pipeline.text.tokens import Token

YEAR = re.compile(r"\b20\d\d\b")
LONGEST_CLAUSE = 10  # tokens of "yang berkuasa selama 37 tahun"
LONGEST_TAIL = 10
LONGEST_ORIGIN = 8  # tokens of "asal Dapil Jawa Timur IV"


def bracketed_name(text: str, tokens: Sequence[Token], i: int) -> Name | None:
    """The name of two words and more that alone fills the brackets opening at token `i`."""
    if i >= len(tokens) or tokens[i].text != "(":
        return None
    name = parse_name(text, tokens, i + 1)
    after = after_degrees(text, tokens, name.after) if name else len(tokens)
    if name is None or after >= len(tokens) or tokens[after].text != ")" or len(name.words) < 2:
        return None
    inside = range(name.first, name.after)
    return None if any(tokens[k].shape == "caps" or role_words().at(tokens, k)[0] for k in inside) else name


def past_modifiers(tokens: Sequence[Token], i: int) -> int:
    """The token after origin ("asal X") and words on the time in office ("saat itu", "periode 2025-2030"); `i` where none are."""
    at = i = _past_origin(tokens, i)
    if at + 1 < len(tokens) and tokens[at].low in words("term") and _runs(tokens, at + 1):
        return at + 2
    while at < len(tokens) and at - i < 3 and tokens[at].low in words("in-office"):
        at += 1
    return i if at > i and tokens[at - 1].low in words("in-office-open") else at


def _past_origin(tokens: Sequence[Token], i: int) -> int:
    """The token after where somebody was elected, up to a comma and a name: "Anggota DPD RI asal Papua Selatan, Nama"."""
    if i >= len(tokens) or tokens[i].low != "asal":
        return i
    for k in range(i + 1, min(i + LONGEST_ORIGIN, len(tokens) - 1)):
        if tokens[k].text == "," and k > i + 1:
            return k if tokens[k + 1].capital and not role_heads().at(tokens, k + 1)[0] else i
        if not (tokens[k].capital or tokens[k].shape == "num"):
            break
    return i


def _runs(tokens: Sequence[Token], i: int) -> bool:
    """Whether the years of a term ("2025-2030") end later than any other year the text names."""
    term = YEAR.findall(tokens[i].text)
    named = (year for k, token in enumerate(tokens) if k != i and token.shape == "num" for year in YEAR.findall(token.text))
    return len(term) == 2 and all(year < term[1] for year in named)


def past_clause(tokens: Sequence[Token], role: Role) -> int:
    """The token after the comma that ends "Presiden X yang berkuasa selama 37 tahun, "; `role.after` for other sentences."""
    i = role.after
    if role.kind not in ("place", "closed") or i >= len(tokens) or tokens[i].low != "yang":
        return i
    for k in range(i + 1, min(i + LONGEST_CLAUSE, len(tokens) - 1)):
        if tokens[k].text == ",":
            return k + 1 if tokens[k + 1].capital and not role_heads().at(tokens, k + 1)[0] else i
        if tokens[k].shape not in ("low", "num"):
            break
    return i


def stretched(text: str, tokens: Sequence[Token], role: Role) -> Role:
    """The role with the unknown words up to a comma where a name and a verb follow: "Kepala Pos Gunung Y, Nama mengatakan"."""
    bare_post = role.kind == "place" and role.text.lower() == role.head
    if role.kind not in ("open", "unit") and not bare_post:
        return role
    i = past_brackets(tokens, role.after)
    comma = _past_words(tokens, i)
    if comma == i or comma + 1 >= len(tokens) or tokens[comma].text != ",":
        return role
    first, name = parse_name(text, tokens, i), parse_name(text, tokens, comma + 1)
    whole = first is not None and first.after >= comma and not bare_post
    if name is None or whole or not _acts(text, tokens, name):
        return role
    end = tokens[comma - 1].end
    return role._replace(after=comma, end=end, text=without_brackets(text[role.start : end]))


def _past_words(tokens: Sequence[Token], i: int) -> int:
    """The token after the words from `i` on that may go on a role: capitals, numbers, and "dan" with what it joins."""
    at = i
    while at < min(i + LONGEST_TAIL, len(tokens)) and not role_heads().at(tokens, at)[0]:
        token = tokens[at]
        if not (token.capital or token.shape == "num" or "dan" in (token.low, tokens[at - 1].low)):
            break
        at += 1
    return at


def _acts(text: str, tokens: Sequence[Token], name: Name) -> bool:
    """Whether a verb of speech follows a name and its degrees."""
    at = after_degrees(text, tokens, name.after)
    at += at < len(tokens) and tokens[at].text == ","
    return at < len(tokens) and speech_verbs().get(tokens[at].low) == "after"
