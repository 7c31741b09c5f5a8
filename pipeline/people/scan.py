"""Reads a text from left to right for roles, names and institutions, and links them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from arahan.types import Labelled
from pipeline.people.alias import add_short_roles, link_backwards, link_nicknames, with_alias
from pipeline.people.between import stretched
from pipeline.people.complement import complement
from pipeline.people.figures import figure_of
from pipeline.people.found import Body, Scan, name_at
from pipeline.people.inherit import inherit_bodies
from pipeline.people.lexicon import institutions, role_heads, speech_verbs, titles, words
from pipeline.people.link import names_after
from pipeline.people.marks import marks_of
from pipeline.people.names import parse_name
from pipeline.people.pieces import Marks, past_organisation
from pipeline.people.roles import Role, parse_role, without_brackets
from pipeline.people.titles import after_degrees, dotted_degree
from pipeline.text.tokens import Token, fold, tokenize

GLUED = re.compile(r"([A-Z][a-z]{2,}?)(me(?:ng|ny|n|m)[a-z]{4,}|ber[a-z]{4,})")


def scan(text: str, persons: Sequence[Labelled] = (), outlet: str = "") -> Scan:
    """Finds roles, names and their links in `text`, which `outlet` published.

    `persons` are PERSON spans of a tagger, whose bounds are trusted.
    """
    tokens = _split_pairs(tokenize(text))
    found = Scan(text, tokens, frozenset(token.low for token in tokens if token.shape == "low"))
    marks = marks_of(text, tokens, persons, outlet)
    found.tagged = frozenset(marks.persons)
    i = 0
    while i < len(found.tokens):
        i = _advance(found, i, marks)
    link_backwards(found)
    inherit_bodies(found)
    add_short_roles(found)
    link_nicknames(found)
    return found


def _split_pairs(tokens: Sequence[Token]) -> list[Token]:
    """Takes "Prabowo-Gibran", "Biden-Presiden" and a dateline's "SOLO-Wali" apart: figures, offices, a place in capitals."""
    split: list[Token] = []
    for token in tokens:
        left, dash, right = token.text.partition("-")
        dateline = len(left) > 2 and left.isupper() and not right.isupper()
        if dash and token.shape == "title" and right[:1].isupper() and (dateline or _stands_alone(left) or _stands_alone(right)):
            split += [
                piece._replace(start=token.start + piece.start, end=token.start + piece.end)
                for part in re.finditer(r"[^-]+|-", token.text)
                for piece in _piece(part)
            ]
        else:
            split += _without_verb(token)
    return split


def _without_verb(token: Token) -> list[Token]:
    """A name and the verb of speech that a lost space glued to it ("Lubismengatakan"), apart."""
    glued = GLUED.fullmatch(token.text) if token.shape == "title" else None
    if not glued or glued[2] not in speech_verbs():
        return [token]
    cut = token.start + len(glued[1])
    return [Token(token.start, cut, glued[1], glued[1].lower(), "title"), Token(cut, token.end, glued[2], glued[2], "low")]


def _piece(part: re.Match[str]) -> list[Token]:
    return [piece._replace(start=part.start() + piece.start, end=part.start() + piece.end) for piece in tokenize(part[0])]


def _stands_alone(part: str) -> bool:
    return figure_of((fold(part),)) is not None or part in role_heads()


def _opens_sentence(tokens: Sequence[Token], i: int) -> bool:
    return i == 0 or tokens[i - 1].text in '\n."“:?!'


def _advance(found: Scan, i: int, marks: Marks) -> int:
    """Reads what stands at token `i`; the token to go on with."""
    token = found.tokens[i]
    if token.shape in ("sign", "line", "num"):
        return i + 1
    role = parse_role(found.text, found.tokens, i, marks)
    if role:
        role = stretched(found.text, found.tokens, role)
        found.roles.append(role)
        return max(names_after(found, role, marks), role.after)
    body = _body_at(found, i, marks)
    if body:
        found.bodies.append(body)
        return _commander(found, body) or body.after
    if not token.capital:
        return i + 1
    if i in marks.regions and i not in marks.persons:
        return marks.regions[i]
    if i not in marks.persons and token.low in found.common and _opens_sentence(found.tokens, i):
        return i + 1
    if token.low in words("place-before"):
        return i + 1
    if i and found.tokens[i - 1].low in words("place-before") and i not in marks.persons:
        place = parse_name(found.text, found.tokens, i)
        return place.after if place else i + 1
    beyond = past_organisation(found.tokens, i)
    if beyond > i:
        return beyond
    degree = dotted_degree(found.text, found.tokens, i)
    if degree > i:
        return degree
    name = name_at(found, i)
    return after_degrees(found.text, found.tokens, with_alias(found, name)) if name else i + 1


def _commander(found: Scan, body: Body) -> int:
    """ "Kodim 0303/X Letkol Inf. Nama": an officer with rank right behind a public body speaks for it; 0 elsewhere."""
    kind = titles().at(found.tokens, body.after)[1]
    if kind != "rank" or not body.public or not found.tokens[body.after].capital:
        return 0
    name = name_at(found, body.after)
    if name is None:
        return 0
    head = found.tokens[body.first].low
    found.roles.append(
        Role(body.first, body.after, body.start, body.end, body.text, head, "unit", public=True, former=False, plural=False)
    )
    found.links.append((len(found.roles) - 1, len(found.names) - 1))
    return name.after


def _body_at(found: Scan, i: int, marks: Marks) -> Body | None:
    tokens = found.tokens
    length, kind = institutions().at(tokens, i)
    if not length or (tokens[i].shape == "low" and kind != "common"):
        return None
    head = " ".join(t.low for t in tokens[i : i + length])
    after = complement(tokens, i + length, "open", head, marks).after
    start, end = tokens[i].start, tokens[after - 1].end
    return Body(i, after, start, end, without_brackets(found.text[start:end]), kind != "private")
