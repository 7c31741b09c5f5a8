"""The directive model as a function: an article's sentences in, candidates out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from arahan.types import Span
from models.runtime.decode import Candidate, Thresholds, candidates
from models.runtime.heads import Heads
from models.runtime.looks import Encoded, Glance, Look, glances, looks, name_marks
from models.runtime.names import NO_MARKS, Belief, NameMarks
from models.runtime.session import Encoder, OnnxEncoder, PieceTable, existing
from models.runtime.windows import Window, close_windows, windows

TOGETHER = 64  # windows encoded at a time


@dataclass(frozen=True, slots=True)
class Sentences:
    """What the model reads of one article; `sentences` are spans of `text` in order."""

    title: str
    text: str
    sentences: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model found in one article: candidates with their confidence, and where it sees names of officials."""

    candidates: list[tuple[Candidate, float]]
    names: NameMarks = NO_MARKS


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic regression from decode.FEATURES to the probability that a candidate is right."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, features: Sequence[float]) -> float:
        """In [0, 1]."""
        return float(1.0 / (1.0 + np.exp(-(np.dot(self.weights, features) + self.bias))))


@dataclass(frozen=True, slots=True)
class Model:
    """An encoder with its heads."""

    encoder: Encoder
    heads: Heads

    @classmethod
    def load(cls, folder: Path, table: PieceTable, threads: int = 0) -> Model:
        """What lies in `folder` (encoder.onnx, heads.safetensors) over the embeddings of `table`."""
        return cls(OnnxEncoder(folder / "encoder.onnx", threads, table), Heads.load(existing(folder / "heads.safetensors")))

    def encoded(self, cut: Sequence[Window]) -> Iterator[Encoded]:
        """Windows with their states, a few encoded at a time."""
        for at in range(0, len(cut), TOGETHER):
            part = cut[at : at + TOGETHER]
            yield from zip(part, self.encoder.states([w.ids for w in part]), strict=True)


class DirectiveReader:
    """Reads an article twice: all of it in wide windows, then closely each sentence that may hold a directive."""

    def __init__(
        self, wide: Model, close: Model, tokenizer: Tokenizer, thresholds: Thresholds, calibration: Calibration,
        belief: Belief = Belief(),  # noqa: B008 - immutable
    ) -> None:  # fmt: skip
        self.wide, self.close, self.tokenizer = wide, close, tokenizer
        self.thresholds, self.calibration, self.belief = thresholds, calibration, belief

    @classmethod
    def load(cls, folder: Path, encoder: Path, threads: int = 0) -> DirectiveReader:
        """The models in `folder` (wide/, close/, settings.json, officials.json) over the pieces of the `encoder` folder."""
        settings = json.loads(existing(folder / "settings.json").read_text(encoding="utf-8"))
        table = PieceTable.load(encoder / "model.safetensors")
        return cls(
            Model.load(folder / "wide", table, threads), Model.load(folder / "close", table, threads),
            Tokenizer.from_file(str(encoder / "tokenizer.json")), Thresholds(**settings["thresholds"]),
            Calibration(tuple(settings["calibration"]["weights"]), settings["calibration"]["bias"]), Belief.load(folder),
        )  # fmt: skip

    def read(self, articles: Sequence[Sentences]) -> list[Reading]:
        """One Reading an article."""
        return [self._reading(article, self.glance(article)) for article in articles]

    def _reading(self, article: Sentences, seen: Mapping[int, Glance]) -> Reading:
        found = self.candidates(self.look(article, seen))
        return Reading([(c, self.calibration.probability(c.features)) for c in found], name_marks(seen, self.belief))

    def glance(self, article: Sentences) -> dict[int, Glance]:
        """The wide reading of every sentence, by its index."""
        cut = windows(self.tokenizer, article.title, article.text, article.sentences)
        return glances(self.wide.encoded(cut), self.wide.heads)

    def look(self, article: Sentences, seen: Mapping[int, Glance] | None = None) -> Iterator[Look]:
        """The sentences that are worth a close look, in order; states are kept for no longer than the look is."""
        title, text, sentences = article.title, article.text, article.sentences
        seen = self.glance(article) if seen is None else seen
        doubtful = {s for s, glance in seen.items() if glance.kinds.max() >= self.thresholds.doubt}
        close = self.close.encoded(close_windows(self.tokenizer, title, text, sentences, doubtful))
        return looks(close, self.close.heads, seen)

    def candidates(self, looked: Iterable[Look], thresholds: Thresholds | None = None) -> list[Candidate]:
        """The candidates by `thresholds`, or by the model's own."""
        t = thresholds or self.thresholds
        return [c for look in looked for c in candidates(look, self.close.heads, t)]
