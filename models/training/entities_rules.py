"""Silver labels by pattern: roles, dates, money, goals, sectors, agencies and areas in sentences already cut into words.

A rule yields (start, end, tag) over word indices, end exclusive; `overlay` puts spans on a sentence in order of trust.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from models.training.entities_lexicon import lexicon
from models.training.entities_text import OUTSIDE

Span = tuple[int, int, str]
_LINKS = frozenset({"dan", "&", "/", "-", "serta"})
_AREA_WORDS = frozenset({"kabupaten", "kota", "provinsi", "desa", "kecamatan", "kelurahan", "daerah"})
_ALSO_BODIES = frozenset({"tni", "pol", "r"})  # honorifics that occur inside the names of offices


def matched(pattern: re.Pattern[str], words: Sequence[str], tag: str) -> Iterator[Span]:
    """Matches of `pattern` in the words joined by spaces, as word spans."""
    starts, at = {}, 0
    ends = {}
    for index, word in enumerate(words):
        starts[at], ends[at + len(word)] = index, index + 1
        at += len(word) + 1
    for match in pattern.finditer(" ".join(words)):
        if match.start() in starts and match.end() in ends:
            yield starts[match.start()], ends[match.end()], tag


def form_at(words: Sequence[str], start: int, forms: Collection[str], longest: int, dotted: bool = False) -> int:
    """Length in words of the longest of `forms` that begins at `start`, 0 for none; `dotted` lets "Plt ." count as "plt"."""
    for length in range(min(longest, len(words) - start), 0, -1):
        text = " ".join(words[start : start + length]).lower()
        if text in forms or (dotted and text.endswith(".") and text.rstrip(" .") in forms):
            return length
    return 0


def _capitalised(word: str) -> bool:
    return word[:1].isupper() or bool(re.fullmatch(r"\d{3,4}/?\w*", word))


def complement(words: Sequence[str], start: int, stop: Collection[int], area_only: bool) -> int:
    """End of the run of capitalised words from `start` that completes a role or an agency's name.

    It goes over links ("dan", "/") and area words between capitalised words, and ends before a word in `stop`.
    """
    end, at = start, start
    while at < len(words) and at not in stop and not _honorific(words[at]):
        following = words[at + 1] if at + 1 < len(words) and at + 1 not in stop else ""
        if _capitalised(words[at]):
            end = at + 1
        elif words[at].lower() in _LINKS:
            if end != at or at == start or area_only or not _capitalised(following) or _opens_role(words, at + 1):
                break
        elif words[at].lower() not in _AREA_WORDS or not _capitalised(following):
            break
        at += 1
    return end


def _honorific(word: str) -> bool:
    low = word.lower().rstrip(".")
    return low in lexicon().forms("honorific") and low not in _ALSO_BODIES


def _opens_role(words: Sequence[str], at: int) -> bool:
    lex = lexicon()
    return form_at(words, at, lex.forms("role.alone") | lex.forms("role.complement"), lex.longest) > 0


def roles(words: Sequence[str], people: Collection[int]) -> Iterator[Span]:
    """Offices with their area or body; `people` are the indices of words that belong to a person's name."""
    lex, at = lexicon(), 0
    alone, needing = lex.forms("role.alone"), lex.forms("role.complement")
    while at < len(words):
        if at in people:
            at += 1
            continue
        prefix = form_at(words, at, lex.forms("role.prefix"), lex.longest, dotted=True)
        length = form_at(words, at + prefix, alone | needing, lex.longest)
        if not length:
            at += 1
            continue
        head_end = at + prefix + length
        head = " ".join(words[at + prefix : head_end]).lower()
        end = complement(words, head_end, people, head in lex.forms("role.area_only"))
        named = end in people or (end < len(words) and words[end] == "," and end + 1 in people)
        own = (head in alone or prefix > 0) and (_capitalised(words[at]) or named)
        if end > head_end or own or (head in needing and named and at):
            yield at, end, "ROLE"
        at = max(end, at + 1)


def agencies(words: Sequence[str], people: Collection[int]) -> Iterator[Span]:
    """Agencies, councils and units by the word that opens their name, and names that stand alone."""
    lex, at = lexicon(), 0
    while at < len(words):
        length = form_at(words, at, lex.forms("org.head"), lex.longest)
        alone = form_at(words, at, lex.forms("org.alone"), lex.longest)
        end = at
        if length and _capitalised(words[at]):
            end = complement(words, at + length, people, area_only=length == 1 and words[at].isupper())
            end = end if end > at + length or words[at].isupper() or alone else at
        if end == at and alone and (words[at].isupper() or words[at].istitle()):
            end = at + alone
        if end > at and at not in people:
            yield at, end, "ORG"
        at = max(end, at + 1)


def areas(words: Sequence[str], known: Collection[str], longest: int = 4) -> Iterator[Span]:
    """Areas: a word such as "Kabupaten" with the capitalised name after it, or a name in `known` (lower case)."""
    lex, at = lexicon(), 0
    while at < len(words):
        opened = form_at(words, at, lex.forms("region.word"), 2, dotted=True)
        length = form_at(words, at + opened, known, longest)
        name = words[at + opened : at + opened + length]
        if length and all(map(_capitalised, name)) and (opened or at or length > 1):
            start = at if opened and _capitalised(words[at]) else at + opened
            yield start, at + opened + length, "REGION"
            at += opened + length
        else:
            at += 1


def overlay(tags: Sequence[str], spans: Iterable[Span]) -> list[str]:
    """`tags` with every span that touches no tagged word, in the order given."""
    result = list(tags)
    for start, end, tag in spans:
        if start < end and all(result[i] == OUTSIDE for i in range(start, end)):
            result[start:end] = [f"B-{tag}", *[f"I-{tag}"] * (end - start - 1)]
    return result


def spans_of(tags: Sequence[str]) -> list[Span]:
    """The spans of a BIO or BIOES sequence; a stray I opens one, as in conlleval."""
    found: list[Span] = []
    for i, tag in enumerate(tags):
        if tag == OUTSIDE:
            continue
        follows = tag[0] in "IE" and found and found[-1][1] == i and found[-1][2] == tag[2:]
        if follows and tags[i - 1][0] not in "SE":
            found[-1] = (found[-1][0], i + 1, tag[2:])
        else:
            found.append((i, i + 1, tag[2:]))
    return found
