"""Names and roles told apart from their place: by-names ("Nama (Alias)"), short forms of roles, roles behind names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.people.found import Scan
from pipeline.people.lexicon import institutions, role_words, speech_verbs, words
from pipeline.people.names import Name, parse_name
from pipeline.people.pieces import NO_MARKS
from pipeline.people.roles import Role, parse_role
from pipeline.people.titles import after_degrees
from pipeline.text.tokens import Token

LONGEST_BRIDGE = 8  # tokens of ", yang pada saat itu masih menjabat sebagai"


def with_alias(found: Scan, name: Name) -> int:
    """Records the other name that follows in brackets or after "akrab disapa"; the token after it."""
    tokens, i = found.tokens, name.after
    owner = len(found.names) - 1
    k = i
    while k < len(tokens) and k - i < 7 and (tokens[k].low in words("alias") or tokens[k].text == ","):
        k += 1
    bracket = k == i and k + 1 < len(tokens) and tokens[k].text == "("
    if bracket:
        k += 1
    elif not any(t.low in words("alias-sign") for t in tokens[i:k]):
        return i
    if k < len(tokens) and tokens[k].capital and not parse_role(found.text, tokens, k, NO_MARKS):
        other = parse_name(found.text, tokens, k)
        if other and (not bracket or (other.after < len(tokens) and tokens[other.after].text == ")")):
            found.names.append(other)
            found.aliases.append((owner, owner + 1))
            return other.after + bracket
    return i


def link_nicknames(found: Scan) -> None:
    """ "Yuli, sapaan akrabnya" and "pria yang akrab disapa Yuli" are other names of the person with a role who was named last."""
    linked = found.linked_names()
    known = {name for _, name in found.aliases}
    held: dict[tuple[str, ...], int] = {}  # a name with a role, and each of its words, by what it was last
    owner: int | None = None
    for index, name in enumerate(found.names):
        if index in linked:
            held |= dict.fromkeys([name.words, *((word,) for word in name.words)], index)
        elif index not in known and (_called_after(found.tokens, name.after) or _called_before(found.tokens, name.first)):
            if owner is not None:
                found.aliases.append((owner, index))
            continue
        owner = held.get(name.words, owner)


def _called_after(tokens: Sequence[Token], i: int) -> bool:
    """Whether ", sapaan akrabnya" stands at `i`; the comma may be missing before "sapaan"."""
    following = [token.low for token in tokens[i : i + 4]]
    set_off = following[:1] and following[0] in ",-–—("
    return following[:1] == ["sapaan"] or bool(set_off and not {"sapaan", "panggilan"}.isdisjoint(following))


def _called_before(tokens: Sequence[Token], i: int) -> bool:
    """Whether "yang akrab disapa" ends at `i`."""
    start = i
    while start > 0 and tokens[start - 1].low in words("alias"):
        start -= 1
    before = [token.low for token in tokens[start:i]]
    return "yang" in before and any(word in words("alias-sign") for word in before)


def add_short_roles(found: Scan) -> None:
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
    return (
        i + 2 < len(tokens)
        and tokens[i].text == "("
        and tokens[i + 2].text == ")"
        and tokens[i + 1].capital
        and not institutions().at(tokens, i + 1)[0]
        and not role_words().at(tokens, i + 1)[0]
    )


def _introduced(found: Scan, index: int, role: Role) -> bool:
    """Whether a lone word is a name by its place: "ujar Nama, Sekda X" or "Nama, Lurah X, ..." at the head of a sentence."""
    first = found.names[index].first
    before = found.tokens[first - 1] if first else None
    if before and speech_verbs().get(before.low) == "before":
        return True
    held = any(token.low in words("holding") for token in found.tokens[found.names[index].after : role.first])
    if role.public and held:
        return True
    closed = role.after < len(found.tokens) and found.tokens[role.after].text == ","
    return role.public and closed and (before is None or before.text in "\n.")


def _carries(between: Sequence[Token]) -> bool:
    """Whether weak words between a name and a role ("yang pada saat itu") come with one that joins the two ("menjabat")."""
    weak = any(token.low in words("weak-bridge") for token in between)
    return not weak or any(token.low in words("holding") for token in between)


def _bridges(token: Token) -> bool:
    return any(token.low in words(use) for use in ("bridge", "weak-bridge", "holding")) or token.text in ",(-–—"


def link_backwards(found: Scan) -> None:
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
        while k > 0 and role.first - k < LONGEST_BRIDGE and _bridges(found.tokens[k - 1]) and k not in ends:
            k -= 1
        if not _carries(found.tokens[k : role.first]):
            continue
        if k == role.first or k not in ends or (ends[k] in named and found.tokens[k].text == ","):
            continue
        called = found.names[ends[k]].words
        if role.text == "".join(word[0] for word in called).upper():
            continue  # "Particulate Matter (PM)": an abbreviation of what stands before it
        if len(called) > 1 or seen[called[0]] > 1 or found.tokens[k].text == "(" or _introduced(found, ends[k], role):
            found.links.append((index, ends[k]))
