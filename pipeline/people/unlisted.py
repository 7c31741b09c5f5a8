"""Places that no gazetteer knows, misspelt ones too: what a text shows to be a region's name, wherever it stands again in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.people.figures import figure_of
from pipeline.people.lexicon import role_heads, role_words, titles, words
from pipeline.people.misspelt import misspelt_region
from pipeline.people.names import parse_name
from pipeline.people.verbs import acts
from pipeline.text.tokens import Token, tokenize
from pipeline.vocabulary.regions import find_regions

LONGEST = 3  # words of a place that is in no list
Words = tuple[str, ...]


def unlisted_places(text: str, tokens: Sequence[Token], regions: Mapping[int, int], outlet: str = "") -> dict[int, int]:
    """Every mention of an unlisted place, by its tokens: of what once follows a word for a region ("Kabupaten X"), here or in
    the name of the `outlet`, or follows an office as only a region does. A longer one goes before a region of the gazetteer.
    """
    places = _without_holders(
        {*_after_region_words(tokens, regions), *_in_outlet(outlet), *_after_offices(text, tokens, regions)}
    )
    openings, longest = {place[0] for place in places}, max(map(len, places), default=0)
    found: dict[int, int] = {}
    for i, token in enumerate(tokens):
        if token.low in openings and token.capital:
            lengths = range(min(longest, len(tokens) - i), regions.get(i, i) - i, -1)
            length = next((n for n in lengths if tuple(t.low for t in tokens[i : i + n]) in places), 0)
            if length:
                found[i] = i + length
            if i < regions.get(i - 1, i) < i + length:  # "Kabupaten Lampung | Selatn"
                found[i - 1] = i + length
    return found


def _without_holders(places: set[Words]) -> set[Words]:
    """Without what goes on from a shorter one by two words, as names do: "Kabupaten X | Nama Lengkap"."""
    begun = {place for place in places if any(place[:n] in places for n in range(1, len(place) - 1))}
    return places - begun - {()}


def _after_region_words(tokens: Sequence[Token], regions: Mapping[int, int]) -> Iterator[Words]:
    for i, token in enumerate(tokens):
        if token.low in words("region-word"):
            yield misspelt_region(tokens, i + 1)
            if i not in regions and i + 1 not in regions:
                office = i > 0 and (tokens[i - 1].low == "wali" or role_words().at(tokens, i - 1)[0] > 0)
                yield _of_office(tokens, i) if office else _run(tokens, i + 1)


def _in_outlet(outlet: str) -> Iterator[Words]:
    """ "Humas Kabupaten X" publishes for X; a region of the gazetteer is none, the beginning of a longer name aside."""
    known, tokens = {span.end for span, _ in find_regions(outlet)}, tokenize(outlet)
    for i, token in enumerate(tokens):
        length, kind = role_words().at(tokens, i)
        opens = token.low in words("region-word") or kind == "gov"
        place = _run(tokens, i + max(length, 1)) if opens else ()
        if place and tokens[i + max(length, 1) + len(place) - 1].end not in known:
            yield place


def _after_offices(text: str, tokens: Sequence[Token], regions: Mapping[int, int]) -> Iterator[Words]:
    for i in range(len(tokens)):
        length, kind = role_heads().at(tokens, i)
        office = kind == "place"
        if not length:
            length, kind = role_words().at(tokens, i)
        at = i + length
        if (office or kind == "gov") and at < len(tokens) and tokens[at].capital:
            yield misspelt_region(tokens, at)
            if at not in regions and tokens[at].shape == "title":
                yield _by_its_words(tokens, at)
                yield _before_holder(text, tokens, at, regions) if office else ()


def _by_its_words(tokens: Sequence[Token], i: int) -> Words:
    """The place at `i` that a word of its own shows to be one: "Teluk X", "X Selatan"."""
    length = 2 if tokens[i].low in words("place-opening") else 0
    for k in range(i + 1, min(i + LONGEST, len(tokens))):
        length = k + 1 - i if tokens[k].low in words("compass") else length
    place = tokens[i : i + length]
    if _opens_person(tokens, i):
        return ()
    stops = any(_stops_place(tokens, i + k) if k < 2 else _is_office(tokens, i + k) for k in range(len(place)))
    fits = len(place) == length and all(t.shape == "title" for t in place) and not stops
    return tuple(t.low for t in place) if fits else ()


def _before_holder(text: str, tokens: Sequence[Token], i: int, regions: Mapping[int, int]) -> Words:
    """The place at `i` before the holder of the office, who acts: "Gubernur X, Nama Lengkap membuka"."""
    place = _run(tokens, i)
    comma = i + len(place)
    if not place or figure_of(place) or comma + 1 >= len(tokens) or tokens[comma].text != "," or comma + 1 in regions:
        return ()
    holder = parse_name(text, tokens, comma + 1) if tokens[comma + 1].capital else None
    if holder is None or len(holder.words) < 2 or holder.after >= len(tokens) or role_heads().at(tokens, comma + 1)[0]:
        return ()
    return place if acts(tokens[holder.after]) else ()


def _of_office(tokens: Sequence[Token], i: int) -> Words:
    """The place after the region word of an office, without its holder's one or two names: "Wali Kota X | Nama Lengkap"."""
    run = _capitals(tokens, i + 1, LONGEST + 2)
    after = i + 1 + len(run)
    comma = len(run) == LONGEST and after < len(tokens) and tokens[after].text == ","
    lower = after < len(tokens) and tokens[after].shape == "low"
    if len(run) < 2 or not (comma or lower) or _is_followed_by_holder(tokens, after):
        return run if len(run) <= LONGEST else ()
    opened = run[0] in words("place-opening") or run[1] in words("compass")
    length = 2 if opened or len(run) > LONGEST else 1
    named = len(run) - length in ((1, 2) if acts(tokens[after]) else (2,))
    return run[:length] if named else run if len(run) <= LONGEST else ()


def _is_followed_by_holder(tokens: Sequence[Token], i: int) -> bool:
    return titles().at(tokens, i)[1] in ("rank", "honorific", "address") or tokens[i].low in words("name-abbreviation")


def _run(tokens: Sequence[Token], i: int) -> Words:
    """The run of words in capitals from `i` on, where it is short and neither an office nor the start of a longer name."""
    return _capitals(tokens, i, LONGEST)


def _capitals(tokens: Sequence[Token], i: int, longest: int) -> Words:
    k = i
    while k < len(tokens) and tokens[k].shape in ("title", "caps") and k - i <= longest and not _opens_person(tokens, k):
        if _stops_place(tokens, k):
            return ()
        k += 1
    titled = k < len(tokens) and tokens[k].capital and _is_followed_by_holder(tokens, k)
    ends = k >= len(tokens) or not tokens[k].capital or titled
    return tuple(t.low for t in tokens[i:k]) if 0 < k - i <= longest and ends else ()


def _opens_person(tokens: Sequence[Token], i: int) -> bool:
    return titles().at(tokens, i)[0] > 0 or tokens[i].low in words("name-abbreviation")


def _stops_place(tokens: Sequence[Token], i: int) -> bool:
    return _is_office(tokens, i) and tokens[i].low not in words("place-opening") | words("compass")


def _is_office(tokens: Sequence[Token], i: int) -> bool:
    return bool(role_words().at(tokens, i)[0] or role_heads().at(tokens, i)[0])
