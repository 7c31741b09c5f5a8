"""The encoder behind Stanza's heads, with a memory of the sentences it has seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any, Protocol

import torch
from stanza.models.common.bert_embedding import convert_to_position_list, fix_blank_tokens
from torch import Tensor, nn

LAYERS = 8
WORDS_REMEMBERED = 40_000
PIECES_A_PASS = 4_096
WINDOW = 512
OVERLAP = 20

Words = tuple[str, ...]


class Backend(Protocol):
    """Computes hidden states; torch here, an onnxruntime session elsewhere."""

    hidden_size: int

    def hidden_states(self, input_ids: Tensor, attention_mask: Tensor) -> Sequence[Tensor]:
        """Return one (rows, pieces, hidden_size) tensor a layer, at least the last LAYERS, the top one last."""


class TorchBackend:
    """The encoder in torch, in evaluation mode; bf16 takes a quarter of the time where the processor has it."""

    def __init__(self, model: Any, bf16: bool = False) -> None:  # noqa: ANN401 - a transformers model, which is untyped
        self.model = model.eval()
        self.bf16 = bf16
        self.hidden_size = int(model.config.hidden_size)

    def hidden_states(self, input_ids: Tensor, attention_mask: Tensor) -> Sequence[Tensor]:
        """Run the model without gradients."""
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            output = self.model(input_ids, attention_mask=attention_mask, output_hidden_states=True)
        return tuple(output.hidden_states)


class SharedEncoder(nn.Module):
    """Hidden states of words: half precision in memory, those unused for longest are forgotten first."""

    _hf_peft_config_loaded = False

    def __init__(
        self,
        backend: Backend,
        tokenizer: Any,  # noqa: ANN401 - a transformers tokenizer
        layers: int = LAYERS,
        words_remembered: int = WORDS_REMEMBERED,
    ) -> None:
        super().__init__()
        self.backend, self.tokenizer = backend, tokenizer
        self.layers, self.words_remembered = layers, words_remembered
        self.config = SimpleNamespace(hidden_size=backend.hidden_size)
        self._memory: OrderedDict[Words, Tensor] = OrderedDict()
        self._count = 0

    def __len__(self) -> int:
        return len(self._memory)

    def words(self, sentences: Iterable[Sequence[str]]) -> list[Tensor]:
        """Return for each sentence its (layers, words + 2, hidden_size) states at last pieces, the two end marks included."""
        rows = [tuple(sentence) for sentence in sentences]
        found = {row: self._memory[row] for row in rows if row in self._memory}
        for row in found:
            self._memory.move_to_end(row)
        fresh = self._compute([row for row in dict.fromkeys(rows) if row not in found])
        self.recall(fresh)
        return [found[row] if row in found else fresh[row] for row in rows]

    def remembered(self) -> dict[Words, Tensor]:
        """What is in memory."""
        return dict(self._memory)

    def recall(self, states: dict[Words, Tensor]) -> None:
        """Put states computed earlier into memory."""
        self._memory.update(states)
        self._count += sum(map(len, states))
        while self._count > self.words_remembered and self._memory:
            words, _ = self._memory.popitem(last=False)
            self._count -= len(words)

    def _compute(self, rows: list[Words]) -> dict[Words, Tensor]:
        if not rows:
            return {}
        pieces, offsets = self.pieces(rows)
        spans = [
            (row, start, ids[start : start + WINDOW]) for row, ids in enumerate(pieces) for start in _window_starts(len(ids))
        ]
        parts: dict[int, dict[int, Tensor]] = {}
        for batch in _batches(spans):
            for (row, start, _), states in zip(batch, self._run([ids for _, _, ids in batch]), strict=True):
                parts.setdefault(row, {})[start] = states if start == 0 else states[:, OVERLAP:]
        whole = [torch.cat([part for _, part in sorted(parts[row].items())], 1) for row in range(len(rows))]
        return {row: states[:, offset] for row, states, offset in zip(rows, whole, offsets, strict=True)}

    def pieces(self, rows: Sequence[Words]) -> tuple[list[list[int]], list[list[int]]]:
        """Piece ids of each sentence, and the positions of its words' last pieces with the two end marks."""
        coded = self.tokenizer([list(row) for row in rows], is_split_into_words=True)
        offsets = [convert_to_position_list(row, coded.word_ids(number)) for number, row in enumerate(rows)]
        if any(None in offset for offset in offsets):
            rows = [tuple(row) for row in fix_blank_tokens(self.tokenizer, [list(row) for row in rows])]
            coded = self.tokenizer([list(row) for row in rows], is_split_into_words=True)
            offsets = [convert_to_position_list(row, coded.word_ids(number)) for number, row in enumerate(rows)]
        return coded["input_ids"], offsets

    def _run(self, batch: list[list[int]]) -> Iterator[Tensor]:
        width = max(map(len, batch))
        ids = torch.tensor([[*row, *[1] * (width - len(row))] for row in batch])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in batch])
        with torch.autocast("cpu", enabled=False):
            states = torch.stack([state.to(torch.float16) for state in self.backend.hidden_states(ids, mask)[-self.layers :]])
        for number, row in enumerate(batch):
            yield states[:, number, : len(row)]


class AdaptedEncoder(SharedEncoder):
    """An encoder for one head alone, with the low-rank adapter (peft) that Stanza reads from the head's file."""

    def __init__(self, backend: TorchBackend, tokenizer: Any) -> None:  # noqa: ANN401 - a transformers tokenizer
        super().__init__(backend, tokenizer)
        self._adapted = backend.model
        self.config.num_hidden_layers = backend.model.config.num_hidden_layers

    def load_adapter(self, adapter_name: str, peft_config: object, adapter_state_dict: dict[str, Tensor]) -> None:
        """Put the adapter's matrices, named as in peft's own wrapper, into the encoder."""
        weights = {name.removeprefix("base_model.model."): weight.float() for name, weight in adapter_state_dict.items()}
        self._adapted.load_adapter(adapter_name=adapter_name, peft_config=peft_config, adapter_state_dict=weights)

    def set_adapter(self, adapter_name: str) -> None:
        """Use the adapter: added into the weights, it costs no time."""
        self._adapted.set_adapter(adapter_name)
        for layer in self._adapted.modules():
            if hasattr(layer, "merge"):
                layer.merge()
        self._adapted.eval()


def _window_starts(length: int) -> Iterator[int]:
    start = 0
    while True:
        yield start
        if length - start <= WINDOW:
            return
        start += WINDOW - OVERLAP


def _batches(spans: list[tuple[int, int, list[int]]]) -> Iterator[list[tuple[int, int, list[int]]]]:
    batch: list[tuple[int, int, list[int]]] = []
    for span in sorted(spans, key=lambda span: len(span[2])):
        if batch and len(span[2]) * (len(batch) + 1) > PIECES_A_PASS:
            yield batch
            batch = []
        batch.append(span)
    if batch:
        yield batch
