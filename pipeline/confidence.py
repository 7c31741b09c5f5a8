"""How sure a record is: the model's probability weighed with what attribution and normalisation found out about it.

A logistic regression over named features; weights are in models/directive/confidence.json, learned by pipeline/calibrate.py on
articles that were held out of the model's training.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from arahan.errors import ModelNotFound
from arahan.types import Article, Deadline, Kind, Span
from models.runtime.decode import FEATURES, Candidate
from pipeline.gazetteers import office_of
from pipeline.issuers import Issuer
from pipeline.speech import Attribution

FILE = "confidence.json"
_PAST = re.compile(r"\b(?:telah|sudah|pernah|lalu|kemarin)\b", re.IGNORECASE)
_ROUTINE = re.compile(r"\W*(?:\w+\W+){0,2}?(?:terus|selalu|tetap)\b", re.IGNORECASE)
_SCHEDULE = re.compile(
    r"\W*(?:\w+\W+){0,3}?(?:digelar|berlangsung|dimulai|dijadwalkan|diselenggarakan|dilaksanakan)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of a candidate when its confidence is asked for. `others`: the sum of the article's other probabilities."""

    article: Article
    candidate: Candidate
    probability: float
    others: float
    action: Span
    evidence: Span
    kind: Kind
    cue: str
    issuer: Issuer
    said: Attribution
    deadline: Deadline | None
    in_quote: bool


def features(f: Finding) -> dict[str, float]:
    """Features by name; yes is 1."""
    text = f.article.text
    action, evidence = f.action.of(text), f.evidence.of(text)
    p = min(max(f.probability, 1e-4), 1 - 1e-4)
    model = {f"model {name}": value for name, value in zip(FEATURES, f.candidate.features, strict=True)}
    told = {
        "issuer public": f.issuer.public, "issuer named": bool(f.issuer.name), "issuer in office": bool(office_of(f.issuer.role)),
        "issuer without role": not f.issuer.role, "speaker score": f.said.score, "speaker by clause": f.said.how == "clause",
        "speaker by quote": "quote" in f.said.how, "in quote": f.in_quote,
    }  # fmt: skip
    form = {
        "words of action": math.log1p(len(action.split())), "short action": len(action.split()) < 3,
        "words of evidence": math.log1p(len(evidence.split())), "no cue": not f.cue, "number": bool(re.search(r"\d", action)),
        "deadline": f.deadline is not None, "past": bool(_PAST.search(evidence)), "routine": bool(_ROUTINE.match(action)),
        "schedule": bool(_SCHEDULE.match(action)), "question": "?" in evidence,
        "addressed": bool(f.candidate.arguments["addressee"]),
    }  # fmt: skip
    place = {
        "logit": math.log(p / (1 - p)), "others": min(f.others, 12.0), "position": f.action.start / max(1, len(text)),
        "lead": f.action.start < 250, f"kind {f.kind}": True,
    }  # fmt: skip
    return {name: float(value) for name, value in {**model, **told, **form, **place}.items()}


@dataclass(frozen=True, slots=True)
class Confidence:
    """Weights by feature; a feature without a weight counts nothing."""

    weights: Mapping[str, float]
    bias: float
    keep: float

    @classmethod
    def load(cls, folder: Path) -> Confidence:
        """The weights beside the directive model; ModelNotFound when they are missing."""
        if not (folder / FILE).exists():
            raise ModelNotFound(f"{folder / FILE} is missing: it ships with the project; fetch all of it or run make train")
        stored = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return cls(stored["weights"], stored["bias"], stored["keep"])

    def probability(self, found: Mapping[str, float]) -> float:
        """Probability in [0, 1] that the record is right."""
        score = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in found.items())
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, score))))
