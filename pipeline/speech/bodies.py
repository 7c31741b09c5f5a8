"""Institutions and countries that speak or act."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.people.lexicon import countries, institution_aliases, order_verbs, speech_verbs, words
from pipeline.people.officials import People
from pipeline.speech.voices import Mention, Speaker
from pipeline.text.tokens import Token


def bodies_of(people: People) -> list[Mention]:
    """Institutions and countries that act; a short form that the text explains ("Kementerian X (Kem-X)") is given in full."""
    tokens, bodies = people.scan.tokens, people.scan.bodies
    full = {
        tokens[b.after + 1].text: b.text
        for b in bodies
        if b.after + 2 < len(tokens) and tokens[b.after].text == "(" and tokens[b.after + 2].text == ")"
    }
    written = {b.text.lower() for b in bodies}
    for short, name in institution_aliases().items():
        if name.lower() in written:
            full.setdefault(short, name)
    speaking = [Speaker("", full.get(body.text, body.text), "", body.public, human=False) for body in bodies]
    named = [Mention(b.first, b.after, b.start, b.end, "body", who) for b, who in zip(bodies, speaking, strict=True)]
    return named + _countries(people)


def _countries(people: People) -> list[Mention]:
    """A country that undertakes or orders something: "Inggris mewajibkan", "Israel juga akan"."""
    tokens, found = people.scan.tokens, []
    for i, token in enumerate(tokens):
        length = countries().at(tokens, i)[0] if token.capital else 0
        if length and _acts_soon(tokens, i + length):
            who = Speaker("", people.scan.text[token.start : tokens[i + length - 1].end], "", True, human=False)
            found.append(Mention(i, i + length, token.start, tokens[i + length - 1].end, "body", who))
    return found


def _acts_soon(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word of undertaking or of ordering comes next, an adverb aside."""
    while i < len(tokens) and tokens[i].low in words("adverb") and tokens[i].low not in words("undertaking"):
        i += 1
    if i >= len(tokens):
        return False
    return tokens[i].low in words("undertaking") or (
        tokens[i].low in order_verbs() and speech_verbs().get(tokens[i].low) == "after"
    )
