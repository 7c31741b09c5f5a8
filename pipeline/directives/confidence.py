"""How sure a record is: the model's calibrated probability, lowered where the text gives the speaker no public office."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

from arahan.errors import ModelNotFound
from arahan.types import Article, Deadline, Kind, Span
from models.runtime.decode import Candidate
from pipeline.speech.issuers import Issuer

FILE = "confidence.json"


@dataclass(frozen=True, slots=True)
class Finding:
    """What attribution and normalisation found out about a candidate; `probability` is the model's."""

    article: Article
    candidate: Candidate
    probability: float
    action: Span
    evidence: Span
    kind: Kind
    cue: str
    issuer: Issuer
    deadline: Deadline | None
    in_quote: bool


@dataclass(frozen=True, slots=True)
class Confidence:
    """`not_in_office` is what is left of the probability without a public office; `slope` and `shift` map the log-odds of the
    result to those of being right; records below `keep` are dropped."""

    not_in_office: float
    keep: float
    slope: float = 1.0
    shift: float = 0.0

    @classmethod
    def load(cls, folder: Path) -> Confidence:
        """The settings beside the directive model; ModelNotFound when they are missing."""
        if not (folder / FILE).exists():
            raise ModelNotFound(f"{folder / FILE} is missing: it ships with the project; fetch all of it or run make train")
        stored = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return cls(*(stored[name] for name in ("not_in_office", "keep", "slope", "shift")))

    def probability(self, found: Finding) -> float:
        """Probability in [0, 1] that the record is right."""
        p = found.probability * (1.0 if found.issuer.public else self.not_in_office)
        return 1.0 / (1.0 + math.exp(-(self.slope * log_odds(p) + self.shift)))


def log_odds(p: float) -> float:
    """Of a probability, which is kept from 0 and 1."""
    p = min(max(p, 1e-6), 1.0 - 1e-6)
    return math.log(p / (1.0 - p))
