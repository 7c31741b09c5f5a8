"""Puts roles and names together: "Bupati X, Nama", "anggota Z: A, B dan C", "Bupati dan Wakil Bupati X A dan B"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.people.alias import with_alias
from pipeline.people.between import bracketed_name, past_clause, past_modifiers
from pipeline.people.complement import complement, past_brackets
from pipeline.people.figures import figure_of
from pipeline.people.found import Scan, name_at
from pipeline.people.lexicon import role_heads, role_words, words
from pipeline.people.names import Name, is_name_word, parse_name
from pipeline.people.pieces import Marks
from pipeline.people.roles import Role
from pipeline.people.titles import after_degrees, skip_titles
from pipeline.people.verbs import acts
from pipeline.text.tokens import Token

LISTING = ("member", "unit")  # roles that several names may follow


def names_after(found: Scan, role: Role, marks: Marks) -> int:
    """Links the name or names that follow a role; the token after them."""
    tokens = found.tokens
    inside = bracketed_name(found.text, tokens, role.after)
    if inside:
        return _link_inside(found, inside)
    at = past_modifiers(tokens, past_clause(tokens, role))
    at = past_modifiers(tokens, past_brackets(tokens, at))
    at = before = _past_copula(tokens, role, at)
    while at < len(tokens) and at - before < 3 and (tokens[at].low in words("introduction") or tokens[at].text in ",:"):
        at += 1
    at += _signature(tokens, role, at)
    if at >= len(tokens) or not may_open(tokens[at]):
        return role.after
    if at not in marks.persons and _only_region(tokens, at, at > before, marks.regions):
        return role.after
    name = None if _only_told(found, role, at) else name_at(found, at)
    if not name:
        return role.after
    if at == role.after:
        role, name = _unswallowed(found, role, name, marks)
    found.links.append((len(found.roles) - 1, len(found.names) - 1))
    _link_joined(found, role)
    after = _second_of_pair(found, role, with_alias(found, name))
    listed = role.plural or role.kind in ("unit", "member") or any(t.low in ("yakni", "yaitu", ":") for t in tokens[before:at])
    return _list_on(found, after) if listed else after


def _only_told(found: Scan, role: Role, at: int) -> bool:
    """Whether the one name after "para kades, " is of who speaks to them: a list of those who hold the post goes on."""
    if not role.plural or role.kind in LISTING or found.tokens[at - 1].text != ",":
        return False
    name = parse_name(found.text, found.tokens, at)
    after = after_degrees(found.text, found.tokens, name.after) if name else len(found.tokens)
    return after < len(found.tokens) and found.tokens[after].low not in (",", "dan", "serta", "&")


def _link_inside(found: Scan, name: Name) -> int:
    found.names.append(name)
    found.links.append((len(found.roles) - 1, len(found.names) - 1))
    return name.after + 1


def _link_joined(found: Scan, role: Role) -> None:
    """ "Sekda X sekaligus Ketua Y, Nama": the name holds the first post as well."""
    first = found.roles[-2] if len(found.roles) > 1 else None
    between = {t.low for t in found.tokens[first.after : role.first]} if first else set()
    taken = any(r == len(found.roles) - 2 for r, _ in found.links[-3:])
    if between and not taken and between <= words("joint"):
        found.links.append((len(found.roles) - 2, len(found.names) - 1))


def may_open(token: Token) -> bool:
    """Whether a name can start here: at a capital or at a title in lower case ("dr")."""
    return token.capital or token.low in words("small-title")


def _past_copula(tokens: Sequence[Token], role: Role, at: int) -> int:
    """The token where the names start in "anggota X yang hadir adalah A, B dan C"; `at` for other sentences."""
    if role.head.startswith(("anggota", "pimpinan")):
        for k in range(at, min(at + 8, len(tokens))):
            if tokens[k].low in ("adalah", "yakni", "yaitu"):
                return k + 1
            if tokens[k].low in ("atas", "dari") and tokens[k - 1].low == "terdiri":
                return k + 1
            if tokens[k].shape != "low":
                break
    return at


def _second_of_pair(found: Scan, role: Role, at: int) -> int:
    """ "Bupati dan Wakil Bupati X A dan B": A, linked to the second office, holds the first; B the second."""
    tokens, roles = found.tokens, found.roles
    first = roles[-2] if len(roles) > 1 else None
    paired = first and first.after == role.first - 1 and tokens[first.after].low == "dan"
    if not paired or any(r == len(roles) - 2 for r, _ in found.links):
        return at
    if at + 1 >= len(tokens) or tokens[at].low not in ("dan", "-") or role_heads().at(tokens, at + 1)[0]:
        return at
    owner = found.links[-1][1]
    name = name_at(found, at + 1)
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
    if not alone or at + 2 >= len(tokens) or tokens[at].shape != "line" or any(t.shape == "low" for t in tokens[at + 1 : at + 4]):
        return 0
    return int("line" in {t.shape for t in tokens[at + 2 : at + 9]})


def _unswallowed(found: Scan, role: Role, name: Name, marks: Marks) -> tuple[Role, Name]:
    """What was read as a name belongs to the role when office words go on after it, or when it holds one and a comma
    and another name follow."""
    tokens = found.tokens
    placed = role.kind in ("place", "closed")
    apposed = not role.plural and role.kind not in LISTING and _apposed(found, name, marks, placed)
    apposed = apposed or _names_hospital(found, role, name)
    if name.first in found.tagged or (placed and not apposed):
        return role, name
    more = name.after if placed else complement(tokens, name.after, role.kind, role.head, marks).after
    office = any(role_words().at(tokens, k)[0] for k in range(name.first, name.after))
    at = past_brackets(tokens, more)
    bracketed = at > more
    if at < len(tokens) and tokens[at].text == ",":
        at += 1
    elif more == name.after:
        return role, name
    if more == name.after and not office and not bracketed and not apposed:
        return role, name
    opens = at < len(tokens) and may_open(tokens[at]) and not role_heads().at(tokens, at)[0]
    other = parse_name(found.text, tokens, at) if opens else None
    if not other:
        return role, name
    end = tokens[more - 1].end
    kinds = {role_words().at(tokens, k)[1] for k in range(role.after, more)}
    public = (role.public or (role.kind == "member" and "gov" in kinds)) and "private" not in kinds
    full = f"{role.text} {found.text[tokens[role.after].start : end]}".strip()
    longer = role._replace(after=more, end=end, public=public, text=full)
    found.roles[-1], found.names[-1] = longer, other
    return longer, other


def _apposed(found: Scan, name: Name, marks: Marks, placed: bool) -> bool:
    """Whether the holder is named after a comma, and acts or is set off by one more: "Kepala Desa X, | Nama, mengatakan".
    After an office that only a place follows, two names that end the list are enough: "Camat X, | Nama Lengkap."."""
    tokens, at = found.tokens, name.after + 1
    if after_degrees(found.text, tokens, name.after) > name.after:
        return False  # "Nama, SH, mengatakan"
    opens = at < len(tokens) and tokens[name.after].text == "," and tokens[at].capital and at not in marks.regions
    if not opens or figure_of(name.words) or role_heads().at(tokens, at)[0]:
        return False
    holder = parse_name(found.text, tokens, at)
    after = after_degrees(found.text, tokens, holder.after) if holder else len(tokens)
    if holder is None or after >= len(tokens) or set(holder.words) & set(name.words):
        return False
    following = tokens[after]
    set_off = following.text == "," and after + 1 < len(tokens) and tokens[after + 1].shape == "low"
    ends = placed and following.shape != "title" and following.text != "," and following.low not in words("joint-list")
    return set_off or after > holder.after or (len(holder.words) > 1 and (ends or acts(following)))


def _names_hospital(found: Scan, role: Role, name: Name) -> bool:
    """Whether a hospital is called after the person named first: "Direktur RSUD dr. Nama, | dr. Nama Lain, mengatakan"."""
    tokens, at = found.tokens, name.after + 1
    called = tokens[role.after - 1].low in words("eponym") and name.first > role.after
    return called and at < len(tokens) and tokens[name.after].text == "," and may_open(tokens[at]) and skip_titles(tokens, at)[1]


def _list_on(found: Scan, at: int) -> int:
    """Links further names of an enumeration ("A, B, dan C") to the role read last."""
    while True:
        at = after_degrees(found.text, found.tokens, at)
        k = at
        while k < len(found.tokens) and k - at < 2 and found.tokens[k].low in (",", "dan", "serta"):
            k += 1
        first = skip_titles(found.tokens, k)[0]
        if k == at or first >= len(found.tokens) or not is_name_word(found.tokens, first, True):
            return at
        name = name_at(found, k)
        if not name:
            return at
        found.links.append((len(found.roles) - 1, len(found.names) - 1))
        at = name.after
