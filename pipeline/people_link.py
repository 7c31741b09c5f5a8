"""Puts roles and names together: "Bupati X, Nama", "Nama, Bupati X", "Nama selaku Kepala Y", "anggota Z: A, B dan C", "Nama (Alias)"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from arahan.types import Labelled
from pipeline.people_figures import figure_of
from pipeline.people_lexicon import institutions, role_heads, role_words
from pipeline.people_names import LOWER_TITLES, Name, after_degrees, dotted_degree, is_name_word, parse_name, skip_titles
from pipeline.people_roles import NO_MARKS, Marks, Role, complement, parse_role, without_brackets
from pipeline.people_text import Token, fold, tokenize
from pipeline.regions import find_regions

MAX_ABBREVIATION = 5
INTRODUCTIONS = frozenset(["yakni", "yaitu", "bernama", ",", ":", "adalah", "ialah"])
BRIDGES = frozenset([",", "(", "-", "–", "—", "selaku", "sebagai", "menjabat", "yang", "juga", "adalah", "merupakan", "kini", "saat", "ini", "selaku", "seorang"])
ALIAS_WORDS = frozenset(["atau", "alias", "yang", "akrab", "biasa", "kerap", "karib", "lebih", "sering", "disapa", "dipanggil", "dikenal", "dengan", "sebutan", "sapaan", "panggilan", "juga", "sebagai", ","])
ALIAS_SIGNS = frozenset(["atau", "alias", "disapa", "dipanggil", "dikenal", "sapaan", "sebutan"])


class Body(NamedTuple):
    """An institution: tokens [first, after), characters [start, end); `public` when it speaks for government."""

    first: int
    after: int
    start: int
    end: int
    text: str
    public: bool


@dataclass(slots=True)
class Scan:
    """What a text holds: its tokens, the roles and names in reading order, and which belong together (indices)."""

    text: str
    tokens: list[Token]
    common: frozenset[str]  # words that stand in small letters somewhere
    roles: list[Role] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    initials: list[Name] = field(default_factory=list)  # lone words in capitals: agencies, or somebody's initials
    tagged: frozenset[int] = frozenset()  # first tokens of the persons that a tagger found
    bodies: list[Body] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)  # role, name
    aliases: list[tuple[int, int]] = field(default_factory=list)  # name, its other name


def scan(text: str, persons: Sequence[Labelled] = ()) -> Scan:
    """Finds roles, names and their links in `text`; `persons` are PERSON spans of a tagger, whose bounds are trusted."""
    tokens = _split_pairs(tokenize(text))
    found = Scan(text, tokens, frozenset(token.low for token in tokens if token.shape == "low"))
    starts = {token.start: i for i, token in enumerate(found.tokens)}
    marks = Marks(_regions(found, starts), _persons(found, starts, persons))
    found.tagged = frozenset(marks.persons)
    i = 0
    while i < len(found.tokens):
        i = _advance(found, i, marks)
    _link_backwards(found)
    _add_short_roles(found)
    _link_nicknames(found)
    return found


def _link_nicknames(found: Scan) -> None:
    """"Yuli, sapaan akrabnya" is another name of the person with a role who was named last."""
    linked = sorted({name for _, name in found.links})
    for index, name in enumerate(found.names):
        words = [t.low for t in found.tokens[name.after : name.after + 4]]
        if words[:1] == [","] and {"sapaan", "panggilan"} & set(words):
            owner = max((n for n in linked if found.names[n].start < name.start and n != index), default=None)
            if owner is not None:
                found.aliases.append((owner, index))


def _split_pairs(tokens: Sequence[Token]) -> list[Token]:
    """Takes "Prabowo-Gibran" and "Biden-Presiden" apart, where a part is a public figure or an office."""
    split: list[Token] = []
    for token in tokens:
        left, dash, right = token.text.partition("-")
        if dash and token.shape == "title" and right[:1].isupper() and any(_stands_alone(part) for part in (left, right)):
            split += [piece._replace(start=token.start + piece.start, end=token.start + piece.end)
                      for part in re.finditer(r"[^-]+|-", token.text) for piece in _piece(part)]
        else:
            split.append(token)
    return split


def _piece(part: re.Match[str]) -> list[Token]:
    return [piece._replace(start=part.start() + piece.start, end=part.start() + piece.end) for piece in tokenize(part[0])]


def _stands_alone(part: str) -> bool:
    return figure_of((fold(part),)) is not None or part in role_heads()


def _add_short_roles(found: Scan) -> None:
    """A short form that the text explains after a role ("Kepala Badan X (Kabax)") is a bare role wherever it stands again."""
    tokens = found.tokens
    shorts = {tokens[r.after + 1].text: r for r in found.roles if _bracketed_word(tokens, r.after)}
    taken = {k for r in found.roles for k in range(r.first, r.after)} | {k for n in found.names for k in range(n.first, n.after)}
    for i, token in enumerate(tokens):
        role = shorts.get(token.text)
        if role and i not in taken and not (0 < i < len(tokens) - 1 and tokens[i - 1].text == "(" and tokens[i + 1].text == ")"):
            found.roles.append(role._replace(first=i, after=i + 1, start=token.start, end=token.end))


def _bracketed_word(tokens: Sequence[Token], i: int) -> bool:
    """Whether a single coined word in brackets stands at `i`: one that is no agency of its own."""
    return (i + 2 < len(tokens) and tokens[i].text == "(" and tokens[i + 2].text == ")" and tokens[i + 1].capital
            and not institutions().at(tokens, i + 1)[0] and not role_words().at(tokens, i + 1)[0])


def _persons(found: Scan, starts: dict[int, int], spans: Sequence[Labelled]) -> dict[int, int]:
    """Tagged persons by their tokens, from the first word that is no title."""
    ends = {token.end: i + 1 for i, token in enumerate(found.tokens)}
    persons = {}
    for span in spans:
        if span.start in starts and span.end in ends:
            first, _ = skip_titles(found.tokens, starts[span.start])
            if first < ends[span.end]:
                persons[first] = ends[span.end]
    return persons


def opens_sentence(tokens: Sequence[Token], i: int) -> bool:
    return i == 0 or tokens[i - 1].text in "\n.\"“:?!"


def _regions(found: Scan, starts: dict[int, int]) -> dict[int, int]:
    """Regions by their tokens; a short form that the text itself explains ("Padang Lawas Utara (Paluta)") is one as well."""
    tokens = found.tokens
    ends = {token.end: i + 1 for i, token in enumerate(tokens)}
    spans = (span for span, _ in find_regions(found.text))
    regions = {starts[s.start]: ends[s.end] for s in spans if s.start in starts and s.end in ends}
    short = {tokens[i + 1].text for i in regions.values() if i + 2 < len(tokens) and tokens[i].text == "(" and tokens[i + 2].text == ")"}
    for i, token in enumerate(tokens):
        if token.text in short and token.capital:
            regions.setdefault(i, i + 1)
    return regions


def _advance(found: Scan, i: int, marks: Marks) -> int:
    """Reads what stands at token `i`; the token to go on with."""
    token = found.tokens[i]
    if token.shape in ("sign", "line", "num"):
        return i + 1
    role = parse_role(found.text, found.tokens, i, marks)
    if role:
        found.roles.append(role)
        return max(_names_after(found, role, marks), role.after)
    body = _body_at(found, i, marks)
    if body:
        found.bodies.append(body)
        return body.after
    if not token.capital:
        return i + 1
    if i in marks.regions and i not in marks.persons:
        return marks.regions[i]
    if i not in marks.persons and token.low in found.common and opens_sentence(found.tokens, i):
        return i + 1
    degree = dotted_degree(found.text, found.tokens, i)
    if degree > i:
        return degree
    name = _name_at(found, i)
    return after_degrees(found.text, found.tokens, _with_alias(found, name)) if name else i + 1


def _body_at(found: Scan, i: int, marks: Marks) -> Body | None:
    tokens = found.tokens
    length, kind = institutions().at(tokens, i)
    if not length or (tokens[i].shape == "low" and kind != "common"):
        return None
    head = " ".join(t.low for t in tokens[i : i + length])
    after = complement(tokens, i + length, "open", head, marks).after
    start, end = tokens[i].start, tokens[after - 1].end
    return Body(i, after, start, end, without_brackets(found.text[start:end]), kind != "private")


def _name_at(found: Scan, i: int) -> Name | None:
    name = parse_name(found.text, found.tokens, i)
    if name is None:
        return None
    if _abbreviation(found.tokens, name):
        found.initials.append(name)
        return None
    found.names.append(name)
    return name


def _abbreviation(tokens: Sequence[Token], name: Name) -> bool:
    """Whether a lone word in capitals is rather an agency than somebody known by initials."""
    token = tokens[name.first]
    return len(name.words) == 1 and token.shape == "caps" and len(token.text) <= MAX_ABBREVIATION and figure_of(name.words) is None


def _names_after(found: Scan, role: Role, marks: Marks) -> int:
    """Links the name or names that follow a role; the token after them."""
    tokens = found.tokens
    at = _past_parenthesis(tokens, role.after)
    at = before = _past_copula(tokens, role, at)
    while at < len(tokens) and at - before < 2 and tokens[at].low in INTRODUCTIONS:
        at += 1
    at += _signature(tokens, role, at)
    if at >= len(tokens) or not may_open(tokens[at]) or at not in marks.persons and _only_region(tokens, at, at > before, marks.regions):
        return role.after
    name = _name_at(found, at)
    if not name:
        return role.after
    if at == role.after:
        role, name = _unswallowed(found, role, name, marks)
    found.links.append((len(found.roles) - 1, len(found.names) - 1))
    after = _second_of_pair(found, role, _with_alias(found, name))
    listed = role.plural or role.kind in ("unit", "member") or any(t.low in ("yakni", "yaitu", ":") for t in tokens[before:at])
    return _list_on(found, after) if listed else after


def may_open(token: Token) -> bool:
    """Whether a name can start here: at a capital or at a title in lower case ("dr")."""
    return token.capital or token.low in LOWER_TITLES


def _past_copula(tokens: Sequence[Token], role: Role, at: int) -> int:
    """The token where the names start in "anggota X yang hadir adalah A, B dan C"; `at` for other sentences."""
    if role.head.startswith(("anggota", "pimpinan")):
        for k in range(at, min(at + 8, len(tokens))):
            if tokens[k].low in ("adalah", "yakni", "yaitu"):
                return k + 1
            if tokens[k].shape != "low":
                break
    return at


def _second_of_pair(found: Scan, role: Role, at: int) -> int:
    """"Bupati dan Wakil Bupati X A dan B": A, linked to the second office, holds the first; B the second."""
    tokens, roles = found.tokens, found.roles
    first = roles[-2] if len(roles) > 1 else None
    paired = first and first.after == role.first - 1 and tokens[first.after].low == "dan" and not any(r == len(roles) - 2 for r, _ in found.links)
    if not paired or at + 1 >= len(tokens) or tokens[at].low not in ("dan", "-") or role_heads().at(tokens, at + 1)[0]:
        return at
    owner = found.links[-1][1]
    name = _name_at(found, at + 1)
    if name is None:
        return at
    found.links[-1] = (len(roles) - 2, owner)
    found.links.append((len(roles) - 1, len(found.names) - 1))
    roles[-2] = roles[-2]._replace(text=f"{roles[-2].text}{role.text[len(role.head) :]}")
    return name.after


def _only_region(tokens: Sequence[Token], at: int, separated: bool, regions: Mapping[int, int]) -> bool:
    """Whether a place stands where a name might: always after a comma, else when nothing in capitals follows it."""
    if at not in regions:
        return False
    return separated or regions[at] >= len(tokens) or not tokens[regions[at]].capital


def _signature(tokens: Sequence[Token], role: Role, at: int) -> int:
    """1 where a role on a line of its own stands above a name on a line of its own, else 0."""
    alone = role.first == 0 or tokens[role.first - 1].shape == "line"
    return int(alone and at + 2 < len(tokens) and tokens[at].shape == "line" and "line" in {t.shape for t in tokens[at + 2 : at + 9]}
               and not any(t.shape == "low" for t in tokens[at + 1 : at + 4]))


def _unswallowed(found: Scan, role: Role, name: Name, marks: Marks) -> tuple[Role, Name]:
    """What was read as a name belongs to the role when office words go on after it, or when it holds one and a comma
    and another name follow."""
    tokens = found.tokens
    if role.kind in ("place", "closed") or name.first in found.tagged:
        return role, name
    more = complement(tokens, name.after, role.kind, role.head, marks).after
    office = any(role_words().at(tokens, k)[0] for k in range(name.first, name.after))
    at = _past_parenthesis(tokens, more)
    bracketed = at > more
    if at < len(tokens) and tokens[at].text == ",":
        at += 1
    elif more == name.after:
        return role, name
    if more == name.after and not office and not bracketed:
        return role, name
    other = parse_name(found.text, tokens, at) if at < len(tokens) and may_open(tokens[at]) and not role_heads().at(tokens, at)[0] else None
    if not other:
        return role, name
    end = tokens[more - 1].end
    private = any(role_words().at(tokens, k)[1] == "private" for k in range(role.after, more))
    longer = role._replace(after=more, end=end, public=role.public and not private, text=f"{role.text} {found.text[tokens[role.after].start : end]}".strip())
    found.roles[-1], found.names[-1] = longer, other
    return longer, other


def _list_on(found: Scan, at: int) -> int:
    """Links further names of an enumeration ("A, B, dan C") to the role read last."""
    while True:
        at = after_degrees(found.text, found.tokens, at)
        k = at
        while k < len(found.tokens) and k - at < 2 and found.tokens[k].low in (",", "dan", "serta"):
            k += 1
        if k == at or k >= len(found.tokens) or not is_name_word(found.tokens, skip_titles(found.tokens, k)[0] if k < len(found.tokens) - 1 else k, True):
            return at
        name = _name_at(found, k)
        if not name:
            return at
        found.links.append((len(found.roles) - 1, len(found.names) - 1))
        at = name.after


def _past_parenthesis(tokens: Sequence[Token], i: int) -> int:
    if i < len(tokens) and tokens[i].text == "(":
        close = next((k for k in range(i + 1, min(i + 10, len(tokens))) if tokens[k].text == ")"), None)
        return i if close is None else close + 1
    return i


def _with_alias(found: Scan, name: Name) -> int:
    """Records the other name that follows in brackets or after "akrab disapa"; the token after it."""
    tokens, i = found.tokens, name.after
    owner = len(found.names) - 1
    k = i
    while k < len(tokens) and k - i < 7 and tokens[k].low in ALIAS_WORDS:
        k += 1
    bracket = k == i and k + 1 < len(tokens) and tokens[k].text == "("
    if bracket:
        k += 1
    elif not any(t.low in ALIAS_SIGNS for t in tokens[i:k]):
        return i
    if k < len(tokens) and tokens[k].capital and not parse_role(found.text, tokens, k, NO_MARKS):
        other = parse_name(found.text, tokens, k)
        if other and (not bracket or (other.after < len(tokens) and tokens[other.after].text == ")")):
            found.names.append(other)
            found.aliases.append((owner, owner + 1))
            return other.after + bracket
    return i


def _link_backwards(found: Scan) -> None:
    """Links a role without a name after it to the name right before it: "Nama, S.Sos, Kepala Y", "Nama (Kepala Y)"."""
    linked = {role for role, _ in found.links}
    ends: dict[int, int] = {}
    for index, name in enumerate(found.names):
        ends[name.after] = ends[after_degrees(found.text, found.tokens, name.after)] = index
    named = {name for _, name in found.links}
    seen = Counter(word for name in found.names for word in name.words)
    for index, role in enumerate(found.roles):
        if index in linked:
            continue
        k = role.first
        while k > 0 and role.first - k < 6 and found.tokens[k - 1].low in BRIDGES and k not in ends:
            k -= 1
        if k == role.first or k not in ends or (ends[k] in named and found.tokens[k].text == ","):
            continue
        words = found.names[ends[k]].words
        if len(words) > 1 or seen[words[0]] > 1:
            found.links.append((index, ends[k]))
