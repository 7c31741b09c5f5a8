"""Which kind a directive is: the model's probabilities, with what the words between cue and act say for sure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from arahan.types import Kind
from pipeline.vocabulary.gazetteers import find_cues, group_of

WORDS = 0.4  # what a cue of the lexicon adds to the probability of its kind, learned on held-out training articles
NEGATED = 0.6
TARGETED = 1.2
OWN_DUTY = 1.5
HOPED = 1.0
NEAR_CHARS = 70
_TARGET = re.compile(r"\b(?:men|di)?target\w*", re.IGNORECASE)  # 71 of 76 such acts of the training articles are targets


_NOT = r"(?<!paling )(?<!benar )(?:tidak|tak|nggak|enggak)(?! hanya| sekadar| sekedar| cuma| lupa| ada)"
_NEGATED_LEAD = re.compile(rf"\b{_NOT}\s+(?:\w+\s+){{0,2}}$", re.IGNORECASE)
_NEGATED_ACT = re.compile(rf"(?:sampai\s+|agar\s+)?{_NOT}\b", re.IGNORECASE)
_OWN_DUTY = re.compile(
    r"\b(?:kami|pihaknya)\s+(?:\w+\s+){0,2}(?:harus|wajib|perlu|mesti|punya (?:tanggung ?jawab|kewajiban))\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_HOPE = re.compile(r"\b(?:(?:ber|di)?harap(?:kan)?|harapan(?:nya)?|mudah-mudahan|semoga)\b", re.IGNORECASE)
_PARTY = re.compile(r"\bpihaknya\b")
_TOLD = ("instruction", "appeal")


def kind_of(marked: Mapping[Kind, float], cue: str, lead: str, before: str = "", act: str = "") -> Kind:
    """The likeliest kind; `cue` as marked, `lead` the text from the cue up to the act, `before` the sentence up to the act."""
    scores = dict(marked)
    found = [hit for _, hit in find_cues(cue)]
    for hit in found:
        scores[hit.kind] = scores.get(hit.kind, 0.0) + WORDS / len(found)
    if any(hit.type == "negation" and hit.kind == "prohibition" for _, hit in find_cues(lead)):
        scores["prohibition"] = scores.get("prohibition", 0.0) + NEGATED
    if _TARGET.search(before[-NEAR_CHARS:]):
        scores["target"] = scores.get("target", 0.0) + TARGETED
    if _OWN_DUTY.search(before[-NEAR_CHARS:]):
        scores["commitment"] = scores.get("commitment", 0.0) + OWN_DUTY
    if _HOPE.search(cue) and any(c.isdigit() for c in act) and not group_of(_PARTY.sub("", lead)):
        scores["target"] = scores.get("target", 0.0) + HOPED
    likeliest = max(scores, key=lambda kind: scores[kind])
    negated = likeliest in _TOLD and (_NEGATED_LEAD.search(before[-NEAR_CHARS:]) or _NEGATED_ACT.match(act))
    return "prohibition" if negated else likeliest
