"""Run an encoder exported to ONNX over windows of pieces."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from safetensors import safe_open

from arahan.errors import ModelNotFound


class Encoder(Protocol):
    """Anything that turns piece ids into states."""

    def states(self, ids: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        """One (pieces, hidden) array for each list of ids."""


class PieceTable:
    """The shared encoder's embeddings of all pieces, (pieces, hidden); encoders that begin after it differ in their layers."""

    NAME = "embeddings.word_embeddings.weight"

    def __init__(self, table: NDArray[np.float16]) -> None:
        self._table = table

    @classmethod
    def load(cls, path: Path) -> PieceTable:
        """From the encoder's model.safetensors, of which nothing else is read."""
        with safe_open(existing(path), "numpy") as stored:
            return cls(stored.get_tensor(cls.NAME))

    def rows(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """(ids, hidden)."""
        return self._table[list(ids)].astype(np.float32)


def existing(path: Path) -> Path:
    """`path`; ModelNotFound where there is no such file."""
    if not path.exists():
        raise ModelNotFound(f"{path} is missing: the weights ship with the project; fetch all of it or run make train")
    return path


class OnnxEncoder:
    """The encoder in onnxruntime, one input at a time on each thread; with `table`, what lies in the file begins after it.

    Inputs are not batched: 8-bit activations are scaled over the whole input, and an article must give the same result in
    any company. `threads` 0 takes every core.
    """

    def __init__(self, path: Path, threads: int = 0, table: PieceTable | None = None) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._table = table
        self._threads = threads or os.cpu_count() or 1
        self._session = onnxruntime.InferenceSession(str(existing(path)), options, providers=["CPUExecutionProvider"])

    def states(self, ids: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        """One (pieces, hidden) array for each list of ids, in order."""
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(self._run, ids))

    def _run(self, ids: Sequence[int]) -> NDArray[np.float32]:
        states: NDArray[np.float32] = self._session.run(None, self._inputs(ids))[0][0]
        return states

    def _inputs(self, ids: Sequence[int]) -> dict[str, NDArray[np.float32] | NDArray[np.int64]]:
        if self._table is not None:
            return {"embeddings": self._table.rows(ids)[None]}
        row = np.asarray([ids], dtype=np.int64)
        return {"input_ids": row, "attention_mask": np.ones_like(row)}
