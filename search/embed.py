"""Texts to vectors: mean of the encoder's last states, of length 1; e5 wants "query: " or "passage: " in front.

The folder of the model holds `encoder.onnx` (fast, 8 bits) or `model.safetensors`; its tokenizer lies beside it or in the
sibling folder `encoder/`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from arahan.errors import ModelNotFound

Vectors = NDArray[np.float32]
WIDTH = 384
MAX_PIECES = 96
PIECES_A_PASS = 2_048
SCALE = 4.0  # a component of a vector of length 1 and width 384 is hardly ever above 127 / 127 / SCALE


class Embedder(Protocol):
    """Anything that turns texts into vectors of length 1, (texts, WIDTH)."""

    name: str

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched."""

    def query(self, text: str) -> Vectors:
        """The vector of what is asked, (WIDTH,)."""


class Encoder:
    """The project's encoder in a folder; `name` tells it from others."""

    def __init__(self, folder: Path, threads: int = 0) -> None:
        weights = next((p for p in (folder / "encoder.onnx", folder / "model.safetensors") if p.exists()), None)
        vocabulary = next(
            (p for p in (folder / "tokenizer.json", folder.parent / "encoder" / "tokenizer.json") if p.exists()), None
        )
        if weights is None or vocabulary is None:
            raise ModelNotFound(f"{folder} holds no encoder (encoder.onnx or model.safetensors, and tokenizer.json)")
        self.name = _digest(weights)
        self._tokenizer = Tokenizer.from_file(str(vocabulary))
        self._tokenizer.enable_truncation(MAX_PIECES)
        self._states = _onnx(weights, threads) if weights.suffix == ".onnx" else _torch(folder)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """(texts, WIDTH)."""
        return self._embed([f"passage: {text}" for text in texts])

    def query(self, text: str) -> Vectors:
        """(WIDTH,)."""
        return np.asarray(self._embed([f"query: {text}"])[0], dtype=np.float32)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        ids = [coding.ids for coding in self._tokenizer.encode_batch(list(texts))]
        means = np.stack([states.mean(0) for states in self._states(ids)])
        return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), dtype=np.float32)


def to_int8(vectors: Vectors) -> NDArray[np.int8]:
    """Vectors in 8 bits, for the second look."""
    return np.asarray(np.clip(np.rint(vectors * 127 * SCALE), -127, 127), dtype=np.int8)


def similarities(codes: NDArray[np.int8], query: Vectors) -> Vectors:
    """Cosines of 8-bit vectors (n, WIDTH) with a vector of length 1."""
    plain = codes.astype(np.float32)
    lengths = np.maximum(np.linalg.norm(plain, axis=1), 1e-6)
    return np.asarray((plain @ query) / lengths, dtype=np.float32)


def to_bits(vectors: Vectors) -> NDArray[np.uint8]:
    """The signs of vectors, 8 a byte: (n, WIDTH // 8)."""
    return np.packbits(vectors > 0, axis=1, bitorder="little")


@lru_cache(maxsize=2)
def load(folder: Path, threads: int = 0) -> Encoder:
    """The encoder of a folder, kept for the next query."""
    return Encoder(folder, threads)


def _onnx(path: Path, threads: int) -> Callable[[Sequence[Sequence[int]]], Sequence[Vectors]]:
    from models.runtime.session import OnnxEncoder

    return OnnxEncoder(path, threads).states


def _torch(folder: Path) -> Callable[[Sequence[Sequence[int]]], Sequence[Vectors]]:
    """States by torch, in bfloat16 where the processor has it. Texts of one length go together, so that nothing is padded."""
    import torch
    from transformers import AutoModel
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    model: Any = AutoModel.from_pretrained(str(folder), local_files_only=True, dtype=torch.float32).eval()
    can: Mapping[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    fast = bool(can.get("avx512_bf16") or can.get("amx_bf16"))

    def states(ids: Sequence[Sequence[int]]) -> list[Vectors]:
        found: dict[int, Vectors] = {}
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=fast):
            for some in batches(ids):
                last = model(torch.tensor([ids[number] for number in some])).last_hidden_state.float().numpy()
                found.update(zip(some, last, strict=True))
        return [found[number] for number in range(len(ids))]

    return states


def batches(ids: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Numbers of texts of one length, at most PIECES_A_PASS pieces together."""
    by_length: dict[int, list[int]] = {}
    for number, pieces in enumerate(ids):
        by_length.setdefault(len(pieces), []).append(number)
    for length, numbers in sorted(by_length.items()):
        most = max(1, PIECES_A_PASS // length)
        yield from (numbers[start : start + most] for start in range(0, len(numbers), most))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
