"""The words of a clause as addressees are looked for in it: tokens, their roles (data/addressee_frames.csv), who can act."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.vocabulary.datafile import mapping, rows
from pipeline.vocabulary.gazetteers import begins_with_group

TOKEN = re.compile(r"[^\W_]+(?:[-/'’][^\W_]+)*|[^\w\s]")
STRONG = re.compile(r"[.!?:;\"“”()\[\]\n]")
HUMAN = re.compile(
    r"(?:pe(?!\w+an$)[a-z]{4,}|[a-z]+wan|[a-z]+wati|anak[a-z-]*|orang|kaum|insan|jajaran\w*|pihak|unsur|lembaga\S*|instansi|institusi|kader"
    r"|teman-teman|saudara-saudara|rekan-rekan|anggota\w*|pimpinan|calon|siapa|kepala|ketua|direktur|sekretaris)$"
)
PASSIVE = re.compile(
    r"(?:(?:terus|segera|tetap|lebih|dapat|bisa|selalu|juga)\s+)*di(?!\s|alog|am\b|siplin|skusi)[a-z]{3,}", re.IGNORECASE
)
ACTIVE = re.compile(r"(?:me(?!sti$|reka$|dia$|nteri)[a-z]{4,}|ber(?!sama|bagai)[a-z]{4,})(?:kan|i)?$")
NOBODY = re.compile(
    r"(?:peraturan|aturan|undang-undang|uu|perpres|permen|perda|pergub|perbup|apbn|apbd|anggaran|program|rakyat|orang lain"
    r"|tadi|per|ktp|kk|nik|sppt|pbb|pad|sipd|spj|blt|bbm|bansos|dana|apbdes|rpjmd|rkpd|sop|spm)\b",
    re.IGNORECASE,
)
THING = re.compile(
    r"(?:pe\w+an|ke\w+an|cara|langkah|upaya|bantuan|dukungan|tadi|periode|sambutan|khusus|kantor|solusi|hal|adanya|agar|semangat)$",
    re.IGNORECASE,
)
COUNT = re.compile(r"\d[\d.]*\s+(?=[^\W\d])")
MAX_TOKENS = 16  # of an addressee
MAX_INQUIT = 7  # tokens of "| , kata Eko Wibowo, |"
CONDITIONS = frozenset({"bila", "jika", "kalau", "apabila", "ketika", "saat", "begitu", "selama", "sebelum", "setelah"})
JOINING = frozenset(
    {"dan", "serta", "maupun", "hingga", "atau", "juga", "kemudian", "baik", "termasuk", "khususnya", "para", "seluruh"}
)


class Token(NamedTuple):
    """A word or sign in lower case, at characters [start, end)."""

    low: str
    start: int
    end: int


@cache
def role(name: str) -> frozenset[str]:
    """The words of one role."""
    return frozenset(row["word"] for row in rows("addressee_frames.csv", ("word", "role")) if row["role"] == name)


@cache
def pronouns() -> frozenset[str]:
    """Words that stand for persons and name none."""
    return frozenset(word for word, kind in mapping("addressee_words.csv", ("word", "type")).items() if kind == "pronoun")


def is_a(word: str, kind: str) -> bool:
    """Whether a word alone is a pronoun or quantifier of data/addressee_words.csv."""
    return mapping("addressee_words.csv", ("word", "type")).get(word) == kind


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """Words and signs of text[start:end], with the positions in `text`."""
    return [Token(m[0].lower(), m.start(), m.end()) for m in TOKEN.finditer(text, start, max(start, end))]


def without_inquits(tokens: list[Token]) -> list[Token]:
    """Without who is quoted, between commas ("camat, | kata bupati, | agar"); a comma stays where a condition ends with it."""
    found: list[Token] = []
    at, conditional = 0, False
    while at < len(tokens):
        close = _inquit_end(tokens, at)
        conditional = tokens[at].low in CONDITIONS or (conditional and not STRONG.match(tokens[at].low))
        if conditional or not close:
            found.append(tokens[at])
            close = at + 1
        at = close
    return found


def _inquit_end(tokens: list[Token], at: int) -> int:
    if tokens[at].low != "," or at + 1 >= len(tokens) or tokens[at + 1].low not in _inquits():
        return 0
    return next((k + 1 for k in range(at + 2, min(len(tokens), at + MAX_INQUIT)) if tokens[k].low == ","), 0)


@cache
def _inquits() -> frozenset[str]:
    forms = [
        r["form"] for r in rows("speech_verbs.csv", ("form", "kind", "orders")) if r["kind"] == "before" and " " not in r["form"]
    ]
    return frozenset(forms) | {form + "nya" for form in forms}


def with_quantifiers(tokens: list[Token], start: int) -> int:
    """The character where the phrase at token `start` begins, quantifiers before it included."""
    while start and tokens[start - 1].low not in role("told") | role("lead") and is_a(tokens[start - 1].low, "quantifier"):
        start -= 1
    return tokens[start].start


def acts(phrase: str, opens_sentence: bool) -> bool:
    """Whether a phrase names somebody who can act: a known group, a person noun, a name (not merely a sentence's first word)."""
    phrase = COUNT.sub("", phrase) or phrase
    first, *others = phrase.split()
    if NOBODY.match(phrase):
        return False
    if begins_with_group(phrase) or HUMAN.match(first.strip(",").lower()):
        return True
    return first[0].isupper() and (not opens_sentence or first[1:2].isupper() or bool(others and others[0][0].isupper()))
