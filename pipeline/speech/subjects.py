"""The subject of a sentence: who may be acting or undertaking there, and whether it is rather told to act."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import takewhile

from arahan.types import Span
from pipeline.people.lexicon import words
from pipeline.people.officials import LOCAL
from pipeline.people.verbs import acts
from pipeline.speech.attribution import Speech
from pipeline.speech.voices import Mention
from pipeline.vocabulary.gazetteers import office_of

OBJECT = re.compile(r"(?!membuat)me[lrwynm][a-z]{3,}")  # a verb right before what it governs; "membuat" makes it act
SUBJECT_TOKENS = 14
COMMON_WORDS = 2  # at most, of a role that many hold; a longer one says where
HEADS = LOCAL | {"presiden", "wakil-presiden", "menteri", "wakil-menteri"}


def subject_of(speech: Speech, sentence: Span) -> Mention | None:
    """The first mention near the start of the sentence that no preposition governs."""
    first = bisect_left(speech.tokens, sentence.start, key=lambda token: token.start)
    undertaking = _undertaking(speech, sentence)
    if undertaking:
        return undertaking
    for mention in speech.mentions_in(sentence.start, sentence.end):
        if mention.first - first > SUBJECT_TOKENS:
            return None
        before = speech.tokens[mention.first - 1] if mention.first > first else None
        if before is None or not (before.low in words("preposition") or OBJECT.fullmatch(before.low)):
            return mention
    return None


def _undertaking(speech: Speech, sentence: Span) -> Mention | None:
    """The first official or institution that "akan" or another word of undertaking follows."""
    for mention in speech.mentions_in(sentence.start, sentence.end):
        following = speech.tokens[mention.after].low if mention.after < len(speech.tokens) else ""
        before = speech.tokens[mention.first - 1].low if mention.first else ""
        if mention.who and mention.who.public and following in words("undertaking") and before not in words("preposition"):
            return mention
    return None


def is_addressed(speech: Speech, subject: Mention, sentence: Span) -> bool:
    """Whether the subject is told to act ("gubernur wajib ...") rather than acting."""
    following = [token for token in speech.tokens[subject.after : subject.after + 5] if token.start < sentence.end]
    if following and following[0].low in words("bidding"):
        return True
    return any(token.low in words("duty") for token in takewhile(lambda token: not acts(token), following))


def is_common(subject: Mention) -> bool:
    """Whether many hold the role ("lurah", "penyuluh"): what they will do is then what somebody else says of them."""
    role = subject.who.role if subject.who else ""
    return len(role.split()) <= COMMON_WORDS and office_of(role) not in HEADS
