"""Write an encoder as ONNX, its matrices quantised to 8 bits (dynamic, per channel), and the table of pieces beside it."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import BertModel

OPSET = 17


class _States(nn.Module):
    """The encoder after its table of pieces, with plain tensors in and out: embeddings (batch, pieces, hidden) to states."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, embeddings: Tensor, attention_mask: Tensor) -> Tensor:
        mask = (1.0 - attention_mask[:, None, None, :].float()) * -1e9
        positions = torch.arange(embeddings.shape[1])[None]
        types = torch.zeros_like(attention_mask)
        states: Tensor = self.encoder.embeddings(inputs_embeds=embeddings, position_ids=positions, token_type_ids=types)
        for layer in self.encoder.encoder.layer:
            out = layer(states, mask)
            states = out[0] if isinstance(out, tuple) else out
        return states


def export(encoder: BertModel, path: Path) -> None:
    """Write `path`: inputs embeddings (batch, pieces, hidden) and attention_mask (batch, pieces), output states."""
    module = _States(encoder).float().eval()
    rows = encoder.embeddings.word_embeddings.weight.detach()[None, 4:13].repeat(2, 1, 1)
    axes = {0: "batch", 1: "pieces"}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            module, (rows, torch.ones(rows.shape[:2], dtype=torch.long)), str(plain), output_names=["states"],
            input_names=["embeddings", "attention_mask"], opset_version=OPSET, dynamo=False,
            dynamic_axes=dict.fromkeys(("embeddings", "attention_mask", "states"), axes),
        )  # fmt: skip
        quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"])


def export_pieces(encoder: BertModel, path: Path) -> None:
    """Write the table of pieces in 8 bits with a scale a row (models/runtime/session.py, PieceTable)."""
    table = encoder.embeddings.word_embeddings.weight.detach().float()
    scales = (table.abs().amax(1).clamp(min=1e-6) / 127).half()
    codes = torch.clamp(torch.round(table / scales.float()[:, None]), -127, 127).to(torch.int8)
    save_file({"codes": codes, "scales": scales}, path)
