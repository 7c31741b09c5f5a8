"""Whether a word is what somebody named just before does."""

from __future__ import annotations

import re

from pipeline.people.lexicon import speech_verbs
from pipeline.text.tokens import Token

VERB = re.compile(r"(?:me|ber)[a-z]{4,}")


def acts(token: Token) -> bool:
    """A verb of speech that follows its speaker, or an active verb, in small letters."""
    return token.shape == "low" and bool(VERB.fullmatch(token.low) or speech_verbs().get(token.low) == "after")
