"""What is marked in a text before its roles are read: regions, places that no gazetteer knows, and tagged persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from arahan.types import Labelled
from pipeline.people.pieces import Marks
from pipeline.people.titles import skip_titles
from pipeline.people.unlisted import unlisted_places
from pipeline.text.tokens import Token
from pipeline.vocabulary.regions import find_regions


def marks_of(text: str, tokens: Sequence[Token], persons: Sequence[Labelled], outlet: str = "") -> Marks:
    """The regions in `text`, which `outlet` published, and the tagged `persons`, by their tokens."""
    starts = {token.start: i for i, token in enumerate(tokens)}
    return Marks(_regions(text, tokens, starts, outlet), _persons(tokens, starts, persons))


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


def _regions(text: str, tokens: Sequence[Token], starts: Mapping[int, int], outlet: str) -> dict[int, int]:
    """Regions by their tokens; a short form that the text itself explains ("Padang Lawas Utara (Paluta)") is one as well."""
    ends = {token.end: i + 1 for i, token in enumerate(tokens)}
    spans = (span for span, _ in find_regions(text))
    regions = {starts[s.start]: ends[s.end] for s in spans if s.start in starts and s.end in ends}
    short = {tokens[i + 1].text for i in regions.values() if "".join(t.text for t in tokens[i : i + 3 : 2]) == "()"}
    for i, token in enumerate(tokens):
        if token.text in short and token.capital:
            regions.setdefault(i, i + 1)
    return regions | unlisted_places(text, tokens, regions, outlet)
