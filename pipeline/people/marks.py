"""What is marked in a text before its roles are read: regions, places that no gazetteer knows, and tagged persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from arahan.types import Labelled
from pipeline.people.lexicon import role_heads, role_words, titles, words
from pipeline.people.pieces import Marks
from pipeline.people.titles import skip_titles
from pipeline.text.tokens import Token
from pipeline.vocabulary.regions import find_regions

LONGEST = 3  # words


def marks_of(text: str, tokens: Sequence[Token], persons: Sequence[Labelled]) -> Marks:
    """The regions in `text` and the tagged `persons`, by their tokens."""
    starts = {token.start: i for i, token in enumerate(tokens)}
    return Marks(_regions(text, tokens, starts), _persons(tokens, starts, persons))


def _persons(tokens: Sequence[Token], starts: Mapping[int, int], spans: Sequence[Labelled]) -> dict[int, int]:
    """Tagged persons by their tokens, from the first word that is no title."""
    ends = {token.end: i + 1 for i, token in enumerate(tokens)}
    persons = {}
    for span in spans:
        if span.start in starts and span.end in ends:
            first, _ = skip_titles(tokens, starts[span.start])
            if first < ends[span.end]:
                persons[first] = ends[span.end]
    return persons


def _regions(text: str, tokens: Sequence[Token], starts: Mapping[int, int]) -> dict[int, int]:
    """Regions by their tokens; a short form that the text itself explains ("Padang Lawas Utara (Paluta)") is one as well."""
    ends = {token.end: i + 1 for i, token in enumerate(tokens)}
    spans = (span for span, _ in find_regions(text))
    regions = {starts[s.start]: ends[s.end] for s in spans if s.start in starts and s.end in ends}
    short = {tokens[i + 1].text for i in regions.values() if "".join(t.text for t in tokens[i : i + 3 : 2]) == "()"}
    for i, token in enumerate(tokens):
        if token.text in short and token.capital:
            regions.setdefault(i, i + 1)
    return regions | _unlisted_places(tokens, regions)


def _unlisted_places(tokens: Sequence[Token], regions: Mapping[int, int]) -> dict[int, int]:
    """Places that no gazetteer knows ("Kabupaten X"), by their tokens: all mentions of what once follows a word for a region."""
    named = {_words(tokens, i + 1) for i, t in enumerate(tokens) if t.low in words("region-word") and i + 1 not in regions}
    places = {name for name in named if name}
    openings = {name[0] for name in places}
    found: dict[int, int] = {}
    for i, token in enumerate(tokens):
        if token.low not in openings or not token.capital or i in regions:
            continue
        for length in range(min(LONGEST, len(tokens) - i), 0, -1):
            if tuple(t.low for t in tokens[i : i + length]) in places:
                found[i] = i + length
                break
    return found


def _words(tokens: Sequence[Token], i: int) -> tuple[str, ...]:
    """The run of words in capitals from `i` on, where it is short and neither an office nor the start of a longer name."""
    k = i
    while k < len(tokens) and tokens[k].shape in ("title", "caps") and k - i <= LONGEST and not titles().at(tokens, k)[0]:
        if role_words().at(tokens, k)[0] or role_heads().at(tokens, k)[0]:
            return ()
        k += 1
    titled = k < len(tokens) and tokens[k].capital and titles().at(tokens, k)[1] in ("rank", "honorific")
    ends = k >= len(tokens) or not tokens[k].capital or titled
    return tuple(t.low for t in tokens[i:k]) if 0 < k - i <= LONGEST and ends else ()
