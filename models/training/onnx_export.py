"""Write an encoder as ONNX, its matrices quantised to 8 bits (dynamic, per channel)."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import BertModel

OPSET = 17


class _States(nn.Module):
    """The encoder with plain tensors in and out; the last `layers` hidden states stacked, or only the last one."""

    def __init__(self, encoder: BertModel, layers: int) -> None:
        super().__init__()
        self.encoder, self.layers = encoder, layers

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        mask = (1.0 - attention_mask[:, None, None, :].float()) * -1e9
        positions = torch.arange(input_ids.shape[1])[None]
        states = self.encoder.embeddings(input_ids=input_ids, position_ids=positions, token_type_ids=torch.zeros_like(input_ids))
        kept = [states]
        for layer in self.encoder.encoder.layer:
            out = layer(states, mask)
            states = out[0] if isinstance(out, tuple) else out
            kept.append(states)
        return states if self.layers == 1 else torch.stack(kept[-self.layers :])


def export(encoder: BertModel, path: Path, layers: int = 1, quantised: bool = True) -> None:
    """Write `path`; inputs input_ids and attention_mask (batch, pieces), output states ([layers,] batch, pieces, hidden)."""
    module = _States(encoder, layers).float().eval()
    ids = torch.randint(4, 1000, (2, 9))
    axes = {0: "batch", 1: "pieces"}
    out_axes = axes if layers == 1 else {1: "batch", 2: "pieces"}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = path if not quantised else Path(folder) / "plain.onnx"
        torch.onnx.export(
            module, (ids, torch.ones_like(ids)), str(plain), input_names=["input_ids", "attention_mask"], output_names=["states"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "states": out_axes}, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        if quantised:
            quantize_dynamic(
                plain, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
            )
