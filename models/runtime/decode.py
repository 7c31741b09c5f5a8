"""From the heads' probabilities to records: action spans first, then what belongs to each."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from arahan.types import KINDS, Kind, Span
from models.runtime import labels
from models.runtime.heads import Heads
from models.runtime.looks import Glance, Look, core_pieces
from models.runtime.spans import best_span, best_spans, join, runs
from models.runtime.windows import NO_SENTENCE, Window

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Decoding settings, learned on held-out training articles (models/directive/settings.json).

    Sentences whose every kind is less likely than `doubt` in the wide reading are not read closely.
    """

    inside_bias: float = 0.0
    gate: float = 0.1
    argument: float = 0.5
    addressee: float = 0.4
    addressee_token: float = 0.8
    join: int = 2
    doubt: float = 0.05


@dataclass(frozen=True, slots=True)
class Mention:
    """A run of pieces that a head marked: characters and the mean probability."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A directive as the model sees it. `arguments`: cue, addressee, issuer, quantity, deadline mentions.

    `features` are what the confidence is computed from: see `FEATURES`.
    """

    kind: Kind
    sentence: int
    action: Span
    arguments: dict[str, list[Mention]]
    features: tuple[float, ...]
    kinds: dict[Kind, float] = field(default_factory=dict)


FEATURES = ("sentence", "inside", "begin", "solid", "length", "cue", "issuer", "kind", "wide sentence", "wide inside")


def _characters(window: Window, start: int, end: int) -> Span:
    return Span(window.starts[start], window.ends[end - 1])


def _mentions(window: Window, p: Array, threshold: float) -> list[Mention]:
    body = np.array([s != NO_SENTENCE for s in window.sentence])
    found = []
    for start, end in runs(list((p >= threshold) & body), window.words):
        if body[start:end].all():
            found.append(Mention(_characters(window, start, end), float(p[start:end].mean())))
    return found


def candidates(look: Look, heads: Heads, t: Thresholds) -> list[Candidate]:
    """Every action span of the sentence looked at, also doubtful ones; `features` tell which to keep."""
    return _Decoder(look.window, look.states, look.tokens, look.glance, heads, t).found()


@dataclass(frozen=True, slots=True)
class _Decoder:
    window: Window
    states: Array
    tokens: dict[str, Array]
    glance: Glance
    heads: Heads
    t: Thresholds

    def found(self) -> list[Candidate]:
        ((sentence, pieces),) = core_pieces(self.window).items()
        gate = self.heads.sentence(self.states[pieces])
        log_p = self.tokens["action"][pieces]
        words = [self.window.words[i] for i in pieces]
        spans = best_spans(log_p, words, self.t.inside_bias)
        if not spans and gate.max() >= self.t.gate:
            spans = [best_span(log_p, words, self.t.inside_bias)]
        joined = join(spans, self.t.join)
        return [self._candidate(sentence, pieces, slice(start, end), gate) for start, end in joined]

    def _candidate(self, sentence: int, pieces: list[int], run: slice, gate: Array) -> Candidate:
        chosen = pieces[run]
        action = np.concatenate([self.states[chosen].mean(0), self.states[pieces].mean(0)])
        p = np.exp(self.tokens["action"][chosen])
        by_kind = p[:, 1::2].sum(0) + p[:, 2::2].sum(0)
        kinds = (self.heads.kinds(action) + by_kind / max(1e-6, by_kind.sum()) + gate / max(1e-6, gate.sum())) / 3
        pairs = self._pairs(action, pieces)
        inside = 1 - p[:, 0]
        features = (
            float(gate.max()), float(inside.mean()), float(p[0, 1::2].sum()), float((inside > 0.5).mean()),
            float(np.log(1 + len(chosen))), float(pairs["cue"][pieces].max()), float(pairs["issuer"].max()), float(kinds.max()),
            float(self.glance.kinds.max()), float(1 - np.exp(self.glance.action[run, 0]).mean()),
        )  # fmt: skip
        least = {role: self.t.addressee if role == "addressee" else self.t.argument for role in labels.ROLES}
        return Candidate(
            KINDS[int(kinds.argmax())], sentence, _characters(self.window, chosen[0], chosen[-1] + 1),
            {role: _mentions(self.window, p, least[role]) for role, p in pairs.items()},
            features, dict(zip(KINDS, map(float, kinds), strict=True)),
        )  # fmt: skip

    def _pairs(self, action: Array, pieces: list[int]) -> dict[str, Array]:
        """Probabilities (pieces,) of each argument; in the sentence itself the addressee's token head is heard as well."""
        pairs = dict(zip(labels.ROLES, self.heads.pairs(action, self.states), strict=True))
        addressed = np.exp(self.tokens["addressee"][pieces])[:, 1:].sum(1)
        pairs["addressee"][pieces] = np.maximum(pairs["addressee"][pieces], self.t.addressee_token * addressed)
        return pairs
