"""Which kind a directive is: the model's probabilities, with what the words between cue and act say for sure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from arahan.types import Kind
from pipeline.gazetteers import find_cues

WORDS = 0.6  # what a cue of the lexicon adds to the probability of its kind, learned on held-out training articles
NEGATED = 0.6
TARGETED = 1.2
NEAR_CHARS = 70
_TARGET = re.compile(r"\b(?:men|di)?target\w*", re.IGNORECASE)  # 71 of 76 such acts of the training articles are targets


def kind_of(marked: Mapping[Kind, float], cue: str, lead: str, before: str = "") -> Kind:
    """The likeliest kind; `cue` as marked, `lead` the text from the cue up to the act, `before` the sentence up to the act."""
    scores = dict(marked)
    found = [hit for _, hit in find_cues(cue)]
    for hit in found:
        scores[hit.kind] = scores.get(hit.kind, 0.0) + WORDS / len(found)
    if any(hit.type == "negation" and hit.kind == "prohibition" for _, hit in find_cues(lead)):
        scores["prohibition"] = scores.get("prohibition", 0.0) + NEGATED
    if _TARGET.search(before[-NEAR_CHARS:]):
        scores["target"] = scores.get("target", 0.0) + TARGETED
    return max(scores, key=lambda kind: scores[kind])
