"""Write an encoder as ONNX, its matrices quantised to 8 bits (dynamic, per channel)."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import BertModel

OPSET = 17
EVENNESS = 0.8  # how much of the unevenness goes from the states into the matrices; 0.5 and 1 are worse


class _Even(nn.Module):
    """Linear layers of one input, whose channels are evened out before 8 bits: x / s meets W * s, and the result stays.

    A few channels of an encoder's states are twenty times as large as the others, and one scale holds for all of them.
    After Xiao et al., SmoothQuant, 2023.
    """

    def __init__(self, *layers: Any) -> None:  # noqa: ANN401 - torch's attributes of modules are untyped
        super().__init__()
        self.weights = nn.ParameterList(nn.Parameter(layer.weight.detach().clone()) for layer in layers)
        self.biases = nn.ParameterList(nn.Parameter(layer.bias.detach().clone()) for layer in layers)
        self.largest: Tensor
        self.shrink: Tensor
        self.register_buffer("largest", torch.zeros(self.weights[0].shape[1]))
        self.register_buffer("shrink", torch.ones(self.weights[0].shape[1]))
        self.seeing = False

    def forward(self, x: Tensor) -> list[Tensor]:
        """One (1, pieces, out) tensor a layer."""
        if self.seeing:
            self.largest = torch.maximum(self.largest, x.abs().amax((0, 1)))
        x = x * self.shrink
        return [nn.functional.linear(x, w, b) for w, b in zip(self.weights, self.biases, strict=True)]

    def settle(self) -> None:
        """Scale by what was seen."""
        weight = torch.cat(list(self.weights)).abs().amax(0)
        scale = self.largest.clamp(min=1e-3) ** EVENNESS / weight.clamp(min=1e-4) ** (1 - EVENNESS)
        self.shrink = 1 / scale
        for matrix in self.weights:
            matrix.data *= scale


class _Layer(nn.Module):
    """One layer, written out for one input without padding: the library's own adds a mask to every attention and works out
    shapes anew, which took an eighth of the time.
    """

    def __init__(self, layer: Any) -> None:  # noqa: ANN401 - as above
        super().__init__()
        attention: Any = layer.attention.self
        self.heads, self.size = attention.num_attention_heads, attention.attention_head_size
        self.attend = _Even(attention.query, attention.key, attention.value)
        self.gather, self.gathered = _Even(layer.attention.output.dense), layer.attention.output.LayerNorm
        self.widen, self.narrow = _Even(layer.intermediate.dense), _Even(layer.output.dense)
        self.narrowed = layer.output.LayerNorm

    def forward(self, states: Tensor) -> Tensor:
        """(1, pieces, hidden) to the same."""
        query, key, value = (self._by_head(x) for x in self.attend(states))
        weights = torch.softmax(query * self.size**-0.5 @ key.transpose(2, 3), dim=-1)
        seen = (weights @ value).transpose(1, 2).reshape(1, -1, self.heads * self.size)
        states = self.gathered(self.gather(seen)[0] + states)
        result: Tensor = self.narrowed(self.narrow(nn.functional.gelu(self.widen(states)[0]))[0] + states)
        return result

    def _by_head(self, x: Tensor) -> Tensor:
        return x.reshape(1, -1, self.heads, self.size).transpose(1, 2)


class _States(nn.Module):
    """The encoder after its table of pieces: embeddings (1, pieces, hidden) to states (1, pieces, hidden)."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.parts: Any = encoder.embeddings
        self.layers = nn.ModuleList(_Layer(layer) for layer in encoder.encoder.layer)

    def forward(self, embeddings: Tensor) -> Tensor:
        """All layers."""
        places = self.parts.position_embeddings.weight[: embeddings.shape[1]]
        states: Tensor = self.parts.LayerNorm(embeddings + places + self.parts.token_type_embeddings.weight[0])
        for layer in self.layers:
            states = layer(states)
        return states


def export(encoder: BertModel, path: Path, typical: Iterable[Sequence[int]]) -> None:
    """Write `path`: input embeddings (1, pieces, hidden), output states (1, pieces, hidden).

    `typical`: inputs as piece ids, by which the channels are evened out.
    """
    table = encoder.embeddings.word_embeddings.weight.detach().float()
    module = _States(encoder).float().eval()
    even = [part for part in module.modules() if isinstance(part, _Even)]
    with torch.inference_mode():
        for part in even:
            part.seeing = True
        for ids in typical:
            module(table[list(ids)][None])
    for part in even:
        part.seeing = False
        part.settle()
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            module, (table[None, 4:13],), str(plain), input_names=["embeddings"], output_names=["states"], opset_version=OPSET,
            dynamo=False, dynamic_axes={"embeddings": {1: "pieces"}, "states": {1: "pieces"}},
        )  # fmt: skip
        quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"])
