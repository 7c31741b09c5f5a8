"""Who is told to act, by the words of the clause: between the cue and the act, in the act, or before the cue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from arahan.types import Span
from pipeline.addressees.between import between
from pipeline.addressees.lexicon import pronouns, role
from pipeline.addressees.places import act_subject, agent_of, fronted, giver_of, own_order
from pipeline.addressees.subject import subject
from pipeline.addressees.words import TOKEN, active, passive, tokens_of, unquantified
from pipeline.vocabulary.gazetteers import begins_with_group, find_cues


class Frame(NamedTuple):
    """The words that name who is to act, quantifiers included, and how they do."""

    span: Span
    how: str


def told(text: str, evidence: Span, cue: Span, action: Span) -> Frame | None:
    """The form in which the clause names who is to act; None where it does not say or the form is unknown."""
    return next((Frame(span, how) for how, span in _frames(text, evidence, cue, action) if span), None)


def _frames(text: str, evidence: Span, cue: Span, action: Span) -> Iterator[tuple[str, Span | None]]:
    """The forms that can hold, the first that does being the one."""
    if cue.end > action.start:
        if cue.start == action.start:
            yield "called", _called(text, evidence, action)
        return
    yield "between", between(text, cue, action)
    if passive().match(text, action.start):
        yield "agent", agent_of(text, evidence, action)
        yield "fronted", fronted(text, evidence, cue)
        return
    yield "fronted", fronted(text, evidence, cue)
    yield "in act", act_subject(text, cue, action)
    yield "giver", giver_of(text, evidence, action)
    if any(token.low in pronouns() for token in tokens_of(text, cue.end, action.start)):
        return
    own = own_order(text, evidence, cue)
    if own is not None or not _speaks(cue.of(text)):
        yield "subject" if own is None else "own order", subject(text, evidence, cue if own is None else Span(own, cue.end))


def _called(text: str, evidence: Span, action: Span) -> Span | None:
    """A known group right before a bare imperative: "Distributor | kirim 40 ton", "Kapolres, | cek HP anggota"."""
    verb = TOKEN.match(text, action.start)
    if not verb or passive().match(verb[0]) or active().match(verb[0].lower()):
        return None
    named = subject(text, evidence, Span(action.start, action.start))
    if named is None or not begins_with_group(unquantified(named.of(text))):
        return None
    inside = {token.low for token in tokens_of(text, named.start, named.end)}
    conditional = any(token.low in role("condition") for token in tokens_of(text, evidence.start, named.start))
    return None if conditional or inside & role("end") else named


def _speaks(cue: str) -> bool:
    """Whether the grammatical subject of the cue is the one who gives the directive: "Bupati meminta", "pesan Bupati agar"."""
    words = [token.low for token in tokens_of(cue, 0, len(cue))]
    if not words or words[0].startswith("di") or words[0] in role("weak"):
        return False
    saying = any(hit.type == "speech" for _, hit in find_cues(cue))
    return saying or bool(active().match(words[0])) or bool(role("order") & set(words))
