"""The table of pieces: what an encoder's export and its use at run time share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from arahan.errors import ModelNotFound
from models.runtime.session import OnnxEncoder, PieceTable
from models.training.adapt import load
from models.training.onnx_export import export_pieces


def test_rows_are_the_codes_times_their_scales_in_the_order_asked_for(tmp_path: Path) -> None:
    codes = np.array([[127, -127], [10, 20], [0, 1]], dtype=np.int8)
    save_file({"codes": codes, "scales": np.array([0.5, 2.0, 1.0], dtype=np.float16)}, tmp_path / "pieces.safetensors")
    rows = PieceTable.load(tmp_path / "pieces.safetensors").rows([1, 0, 1])
    assert rows.dtype == np.float32
    assert rows.tolist() == [[20.0, 40.0], [63.5, -63.5], [20.0, 40.0]]


def test_an_exported_table_is_the_encoder_s_to_a_hundredth_part(tmp_path: Path) -> None:
    encoder = load(Path(__file__).resolve().parents[2] / "models" / "encoder")
    table = encoder.embeddings.word_embeddings.weight.detach().numpy()
    export_pieces(encoder, tmp_path / "pieces.safetensors")
    ids = [0, 5, 1234, len(table) - 1]
    rows = PieceTable.load(tmp_path / "pieces.safetensors").rows(ids)
    assert np.abs(rows - table[ids]).max() < 0.01 * np.abs(table[ids]).max()


@pytest.mark.parametrize("opening", [PieceTable.load, OnnxEncoder])
def test_missing_weights_are_named(opening: object, tmp_path: Path) -> None:
    assert callable(opening)
    with pytest.raises(ModelNotFound, match=r"nowhere\.bin is missing"):
        opening(tmp_path / "nowhere.bin")
