"""Addressees as the guideline writes them, and their groups."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.vocabulary.gazetteers import group_of

TOLD_KINDS = ("instruction", "appeal", "prohibition")


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """The names in order; of those that differ in case alone the first."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return tuple(found.values())


def groups(names: Iterable[str]) -> tuple[str, ...]:
    """Normalised groups of the addressees, each once; those of no known group are left out."""
    return tuple(dict.fromkeys(group for name in names if (group := group_of(name))))
