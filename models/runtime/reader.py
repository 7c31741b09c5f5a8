"""The directive model as a function: an article's sentences in, candidates out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from arahan.types import Span
from models.runtime import decode
from models.runtime.decode import Candidate, Thresholds
from models.runtime.heads import Heads
from models.runtime.session import Encoder, OnnxEncoder
from models.runtime.windows import Window, windows


@dataclass(frozen=True, slots=True)
class Sentences:
    """What the model reads of one article; `sentences` are spans of `text` in order."""

    title: str
    text: str
    sentences: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model found in one article: candidates with their confidence."""

    candidates: list[tuple[Candidate, float]]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic regression from decode.FEATURES to the probability that a candidate is right."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, features: Sequence[float]) -> float:
        """In [0, 1]."""
        return float(1.0 / (1.0 + np.exp(-(np.dot(self.weights, features) + self.bias))))


class DirectiveReader:
    """Encoder, heads, thresholds and calibration of one directive model."""

    def __init__(
        self, encoder: Encoder, heads: Heads, tokenizer: Tokenizer, thresholds: Thresholds, calibration: Calibration
    ) -> None:
        self.encoder, self.heads, self.tokenizer = encoder, heads, tokenizer
        self.thresholds, self.calibration = thresholds, calibration

    @classmethod
    def load(cls, folder: Path, tokenizer: Path, threads: int = 0) -> DirectiveReader:
        """The model in `folder` (encoder.onnx, heads.safetensors, settings.json)."""
        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        return cls(
            OnnxEncoder(folder / "encoder.onnx", threads), Heads.load(folder / "heads.safetensors"),
            Tokenizer.from_file(str(tokenizer)), Thresholds(**settings["thresholds"]),
            Calibration(tuple(settings["calibration"]["weights"]), settings["calibration"]["bias"]),
        )  # fmt: skip

    def read(self, articles: Sequence[Sentences]) -> list[Reading]:
        """One Reading an article, encoded together."""
        cut = [windows(self.tokenizer, a.title, a.text, a.sentences) for a in articles]
        states = iter(self.encoder.states([w.ids for article in cut for w in article]))
        return [self._reading([(w, next(states)) for w in article]) for article in cut]

    def _reading(self, encoded: list[tuple[Window, decode.Array]]) -> Reading:
        found = Reading([])
        for window, states in encoded:
            tokens = self.heads.tokens(states)
            for candidate in decode.candidates(window, states, tokens, self.heads, self.thresholds):
                found.candidates.append((candidate, self.calibration.probability(candidate.features)))
        return found
