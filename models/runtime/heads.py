"""The directive model's heads in numpy, over the encoder's states; tensor names as in models/training/directive_model.py."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from models.runtime import labels

Array = NDArray[np.float32]
PAIR_SIZE = 64


def gelu(x: Array) -> Array:
    """The exact GELU that torch trains with."""
    import torch  # a second to load, which the process that only hands out the work is spared

    return np.asarray(torch.nn.functional.gelu(torch.from_numpy(np.ascontiguousarray(x))).numpy(), dtype=np.float32)


def softmax(x: Array, axis: int = -1) -> Array:
    """Probabilities along `axis`."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.asarray(e / e.sum(axis=axis, keepdims=True), dtype=np.float32)


def sigmoid(x: Array) -> Array:
    """Element-wise logistic function."""
    return np.asarray(1.0 / (1.0 + np.exp(-x)), dtype=np.float32)


class Heads:
    """Token, sentence and argument heads; every method takes and gives float32 arrays."""

    def __init__(self, weights: dict[str, Array]) -> None:
        self.w = {name: np.asarray(value, dtype=np.float32) for name, value in weights.items()}

    @classmethod
    def load(cls, path: Path) -> Heads:
        """The heads in a safetensors file."""
        return cls(load_file(path))

    def _linear(self, name: str, x: Array) -> Array:
        return np.asarray(x @ self.w[f"{name}.weight"].T + self.w[f"{name}.bias"], dtype=np.float32)

    def tokens(self, states: Array) -> dict[str, Array]:
        """Log-probabilities (pieces, labels) of each token head."""
        logits = self._linear("token_out", gelu(self._linear("token_hidden", states)))
        found, at = {}, 0
        for head, names in labels.TOKEN_HEADS.items():
            found[head] = np.log(softmax(logits[:, at : at + len(names)]) + 1e-9)
            at += len(names)
        return found

    def sentence(self, states: Array) -> Array:
        """Probabilities (kinds,) that the sentence of these pieces holds a directive of the kind."""
        weights = softmax(self._linear("pool", states), axis=0)
        return sigmoid((weights * self._linear("sentence_out", states)).sum(0))

    def pairs(self, action: Array, states: Array) -> Array:
        """Probabilities (roles, pieces) that a piece belongs to the action's cue, addressee, issuer, quantity, deadline."""
        q = self._linear("query", action).reshape(len(labels.ROLES), PAIR_SIZE)
        k = self._linear("key", states).reshape(-1, len(labels.ROLES), PAIR_SIZE)
        logits = np.einsum("rd,prd->rp", q, k) / PAIR_SIZE**0.5 + self.w["pair_bias"][:, None]
        return sigmoid(logits.astype(np.float32))

    def kinds(self, action: Array) -> Array:
        """Probabilities (kinds,) of an action that is a directive."""
        return softmax(self._linear("kind_out", action))
