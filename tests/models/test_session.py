"""The table of pieces: what an encoder's export and its use at run time share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from arahan.errors import ModelNotFound
from models.runtime.foundation import ENCODER_DIR
from models.runtime.session import OnnxEncoder, PieceTable
from models.training.adapt import load
from models.training.onnx_export import export

SENTENCES = (
    "Bupati Lembah Asri meminta seluruh camat mendata warga yang belum menerima bantuan beras sebelum akhir bulan ini.",
    "“Jangan ada lagi pungutan di sekolah,” kata Kepala Dinas Pendidikan saat apel pagi, Senin (4/3).",
    "Pemerintah kota menargetkan 1.200 rumah tidak layak huni selesai diperbaiki pada tahun 2024.",
)


def test_rows_come_in_the_order_asked_for(tmp_path: Path) -> None:
    table = np.array([[0.5, -2.0], [10.0, 20.0], [0.0, 1.0]], dtype=np.float16)
    save_file({PieceTable.NAME: table, "pooler.weight": table}, tmp_path / "model.safetensors")
    rows = PieceTable.load(tmp_path / "model.safetensors").rows([1, 0, 1])
    assert rows.dtype == np.float32
    assert rows.tolist() == [[10.0, 20.0], [0.5, -2.0], [10.0, 20.0]]


def test_the_table_is_that_of_the_shared_encoder() -> None:
    table = load(ENCODER_DIR).embeddings.word_embeddings.weight.detach().numpy()
    ids = [0, 5, 1234, len(table) - 1]
    assert np.array_equal(PieceTable.load(ENCODER_DIR / "model.safetensors").rows(ids), table[ids])


def test_an_encoder_in_8_bits_gives_the_states_of_the_one_in_float(tmp_path: Path) -> None:
    encoder = load(ENCODER_DIR)
    tokenizer = Tokenizer.from_file(str(ENCODER_DIR / "tokenizer.json"))
    typical = [tokenizer.encode(sentence).ids for sentence in SENTENCES]
    export(encoder, tmp_path / "encoder.onnx", typical[:2])
    small = OnnxEncoder(tmp_path / "encoder.onnx", 1, PieceTable.load(ENCODER_DIR / "model.safetensors"))
    with torch.inference_mode():
        exact = encoder(input_ids=torch.tensor([typical[2]])).last_hidden_state[0].numpy()
    (states,) = small.states([typical[2]])
    cosine = (states * exact).sum(1) / np.linalg.norm(states, axis=1) / np.linalg.norm(exact, axis=1)
    assert cosine.mean() > 0.99


@pytest.mark.parametrize("opening", [PieceTable.load, OnnxEncoder])
def test_missing_weights_are_named(opening: object, tmp_path: Path) -> None:
    assert callable(opening)
    with pytest.raises(ModelNotFound, match=r"nowhere\.bin is missing"):
        opening(tmp_path / "nowhere.bin")
