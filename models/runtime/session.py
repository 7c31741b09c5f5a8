"""Run an encoder exported to ONNX over windows of pieces."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from arahan.errors import ModelNotFound

PAD = 1
MAX_PADDED_PIECES = 4096


class Encoder(Protocol):
    """Anything that turns piece ids into states."""

    def states(self, ids: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        """One (pieces, hidden) array for each list of ids."""


class OnnxEncoder:
    """The encoder in onnxruntime; batches inputs of like length."""

    def __init__(self, path: Path, threads: int = 0) -> None:
        if not path.exists():
            raise ModelNotFound(
                f"{path} is missing: the weights ship with the project; fetch the whole repository or run make train"
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def states(self, ids: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        """One (pieces, hidden) array for each list of ids, in order."""
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        found: list[NDArray[np.float32]] = [np.empty((0, 0), dtype=np.float32)] * len(ids)
        batch: list[int] = []
        for i in order:
            if batch and len(ids[i]) * (len(batch) + 1) > MAX_PADDED_PIECES:
                self._run(ids, batch, found)
                batch = []
            batch.append(i)
        if batch:
            self._run(ids, batch, found)
        return found

    def _run(self, ids: Sequence[Sequence[int]], batch: list[int], found: list[NDArray[np.float32]]) -> None:
        size = max(len(ids[i]) for i in batch)
        padded = np.full((len(batch), size), PAD, dtype=np.int64)
        for row, i in enumerate(batch):
            padded[row, : len(ids[i])] = ids[i]
        states = self._session.run(None, {"input_ids": padded, "attention_mask": (padded != PAD).astype(np.int64)})[0]
        for row, i in enumerate(batch):
            found[i] = states[row, : len(ids[i])]
