"""Places that no gazetteer knows, from how a text names them: "Kabupaten X", "Pemkot Y"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.people_lexicon import role_heads, role_words, titles, words
from pipeline.people_text import Token

LONGEST = 3  # words


def unlisted_places(tokens: Sequence[Token], regions: Mapping[int, int]) -> dict[int, int]:
    """Where the places stand, first token to the token after: all mentions of what once follows a word for a region."""
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
