"""Write an encoder as ONNX, its matrices quantised to 8 bits (dynamic, per channel), and the table of pieces beside it."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import BertModel
from transformers.models.bert.modeling_bert import BertSelfAttention

OPSET = 17


class _States(nn.Module):
    """The encoder after its table of pieces: embeddings (1, pieces, hidden) to states (1, pieces, hidden).

    Written out for one input without padding: the library's own layers add a mask to every attention and work out shapes anew,
    which took an eighth of the time.
    """

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = encoder.config.num_attention_heads
        self.size = encoder.config.hidden_size // self.heads

    def forward(self, embeddings: Tensor) -> Tensor:
        parts: Any = self.encoder.embeddings
        states: Tensor = (
            embeddings + parts.position_embeddings.weight[: embeddings.shape[1]] + parts.token_type_embeddings.weight[0]
        )
        states = parts.LayerNorm(states)
        layers: Any = self.encoder.encoder.layer
        for layer in layers:
            seen = layer.attention.output
            states = seen.LayerNorm(seen.dense(self._attended(layer.attention.self, states)) + states)
            inner = nn.functional.gelu(layer.intermediate.dense(states))
            states = layer.output.LayerNorm(layer.output.dense(inner) + states)
        return states

    def _attended(self, attention: BertSelfAttention, states: Tensor) -> Tensor:
        query = self._by_head(attention.query(states) * self.size**-0.5)
        key, value = self._by_head(attention.key(states)), self._by_head(attention.value(states))
        weights = torch.softmax(query @ key.transpose(2, 3), dim=-1)
        return (weights @ value).transpose(1, 2).reshape(1, -1, self.heads * self.size)

    def _by_head(self, x: Tensor) -> Tensor:
        return x.reshape(1, -1, self.heads, self.size).transpose(1, 2)


def export(encoder: BertModel, path: Path) -> None:
    """Write `path`: input embeddings (1, pieces, hidden), output states (1, pieces, hidden)."""
    module = _States(encoder).float().eval()
    rows = encoder.embeddings.word_embeddings.weight.detach()[None, 4:13]
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            module, (rows,), str(plain), input_names=["embeddings"], output_names=["states"], opset_version=OPSET, dynamo=False,
            dynamic_axes={"embeddings": {1: "pieces"}, "states": {1: "pieces"}},
        )  # fmt: skip
        quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"])


def export_pieces(encoder: BertModel, path: Path) -> None:
    """Write the table of pieces in 8 bits with a scale a row (models/runtime/session.py, PieceTable)."""
    table = encoder.embeddings.word_embeddings.weight.detach().float()
    scales = (table.abs().amax(1).clamp(min=1e-6) / 127).half()
    codes = torch.clamp(torch.round(table / scales.float()[:, None]), -127, 127).to(torch.int8)
    save_file({"codes": codes, "scales": scales}, path)
