"""Roles compared: short forms expanded, acting titles set aside, the fullest chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.people.lexicon import any_of, words
from pipeline.people.roles import Role
from pipeline.text.tokens import fold
from pipeline.vocabulary.datafile import numbered_rows

MOST_ROLES = 40
WORD = re.compile(r"[^\W_]+")


@cache
def _aliases() -> dict[str, str]:
    return {row["form"].lower(): row["role"] for _, row in numbered_rows("role_aliases.csv", ("form", "role"))}


@cache
def _acting() -> re.Pattern[str]:
    return re.compile(rf"^(?:{any_of('acting-title')}\b\.?\s*)+", re.IGNORECASE)


def long_head(role: Role) -> str:
    """The head of a role in its long form: "wabup" and "Wakil Bupati" give "wakil bupati"."""
    return _aliases().get(role.head, role.head)


def head_of(role: Role) -> str:
    """The kind of post: the first word of the head in long form, the second after "wakil": "menhub" gives "menteri"."""
    first, *others = long_head(role).split()
    return " ".join([first, *others[: first == "wakil"]])


def role_key(role: Role) -> frozenset[str]:
    """The words of a role in long form, without acting titles and "RI": what two mentions of one office share."""
    text = _acting().sub("", role.text)
    rest = text[len(role.head) :] if text.lower().startswith(role.head) else text
    return frozenset(fold(word) for word in WORD.findall(f"{long_head(role)} {rest}")) - words("country-word")


def is_public(roles: Sequence[Role]) -> bool:
    """Whether one of the roles is a public office held now."""
    return any(role.public and not role.former for role in roles)


def best_role(linked: Sequence[Role], bare: Sequence[Role]) -> Role | None:
    """The fullest public role held now that stands with the name, or a bare one that says the same office in more words."""
    held = [role for role in linked if role.public and not role.former] or list(linked)
    best = max(held, key=_fullness, default=None)
    if best is None:
        return None
    key = role_key(best)
    same = [role for role in bare if head_of(role) == head_of(best) and key <= role_key(role) and not _paraphrases(role)]
    return max([best, *same], key=_fullness)


def _paraphrases(role: Role) -> bool:
    """Whether a role is a longer word for another ("Kepala Negara" for "Presiden") rather than a short form."""
    return len(role.head.split()) > len(long_head(role).split())


def fullest_roles(roles: Sequence[Role]) -> dict[str, str]:
    """For a role without a name, by its text: the longest of the `roles` that names the same office in more words
    ("Mendag": "Menteri Perdagangan"). Of one kind of office the MOST_ROLES longest are looked at."""
    kinds: dict[str, dict[str, Role]] = {}
    for role in roles:
        if role.public and not role.former and not role.plural and role.kind in ("place", "closed", "open"):
            kinds.setdefault(head_of(role), {}).setdefault(role.text, role)
    found = {}
    for held in kinds.values():
        longest = sorted(held.values(), key=_fullness, reverse=True)[:MOST_ROLES]
        keys = [role_key(role) for role in longest]
        for text, role in held.items():
            key = role_key(role)
            found[text] = next((full.text for full, said in zip(longest, keys, strict=True) if key <= said), text)
    return found


def _fullness(role: Role) -> tuple[int, int]:
    return len(WORD.findall(role.text)), -role.start
