"""One frozen encoder for all heads: Stanza asks for it by name and gets a memory in front of it.

The stored heads name their encoder ENCODER_NAME. Stanza passes every head the same foundation cache; the model in it answers
like a Hugging Face model (input_ids, attention_mask -> hidden_states) and remembers what it computed for a row of piece ids:
tagger, parser and entity recogniser share one pass over a sentence, and training computes each sentence once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol

import torch
from stanza.models.common import bert_embedding
from stanza.models.common.foundation_cache import BertRecord, FoundationCache
from torch import Tensor, nn

ENCODER_NAME = "models/encoder"
ENCODER_DIR = Path(__file__).resolve().parent.parent / "encoder"
PIECES_REMEMBERED = 60_000
PIECES_A_PASS = 4_096


class Backend(Protocol):
    """Computes hidden states; torch here, an onnxruntime session elsewhere."""

    hidden_size: int

    def hidden_states(self, input_ids: Tensor, attention_mask: Tensor) -> Sequence[Tensor]:
        """Return one (rows, pieces, hidden_size) tensor a layer, the embeddings first."""


class TorchBackend:
    """The encoder in torch, in evaluation mode; bf16 halves the time where the processor has it."""

    def __init__(self, model: nn.Module, bf16: bool = False) -> None:
        self.model = model.eval()
        self.bf16 = bf16
        self.hidden_size = int(model.config.hidden_size)  # type: ignore[union-attr,arg-type]

    def hidden_states(self, input_ids: Tensor, attention_mask: Tensor) -> Sequence[Tensor]:
        """Run the model without gradients."""
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            output = self.model(input_ids, attention_mask=attention_mask, output_hidden_states=True)
        return tuple(output.hidden_states)


class SharedEncoder(nn.Module):
    """A backend that remembers rows; half precision in memory, float32 out."""

    _hf_peft_config_loaded = False

    def __init__(self, backend: Backend, layers: int = 12, pieces_remembered: int = PIECES_REMEMBERED) -> None:
        super().__init__()
        self.backend = backend
        self.layers = layers
        self.pieces_remembered = pieces_remembered
        self.config = SimpleNamespace(hidden_size=backend.hidden_size)
        self._rows: OrderedDict[tuple[int, ...], Tensor] = OrderedDict()
        self._pieces = 0

    def forward(self, input_ids: Tensor, attention_mask: Tensor, output_hidden_states: bool = True) -> SimpleNamespace:
        """Return an object with hidden_states: the last layers, each (rows, pieces, hidden_size), zero in the padding."""
        rows = [tuple(ids[:length]) for ids, length in zip(input_ids.tolist(), attention_mask.sum(1).tolist(), strict=True)]
        found = self._look_up(rows)
        result = torch.zeros(self.layers, len(rows), input_ids.shape[1], self.config.hidden_size)
        for number, row in enumerate(rows):
            if row:
                result[:, number, : len(row)] = found[row]
        return SimpleNamespace(hidden_states=tuple(result) if output_hidden_states else ())

    def __len__(self) -> int:
        return len(self._rows)

    def remembered(self) -> dict[tuple[int, ...], Tensor]:
        """What is in memory: a (layers, pieces, hidden_size) half-precision tensor for each row of piece ids."""
        return dict(self._rows)

    def recall(self, rows: dict[tuple[int, ...], Tensor]) -> None:
        """Put rows computed earlier into memory."""
        self._remember(rows)

    def _look_up(self, rows: list[tuple[int, ...]]) -> dict[tuple[int, ...], Tensor]:
        wanted = dict.fromkeys(row for row in rows if row)
        found = {row: self._rows[row] for row in wanted if row in self._rows}
        for row in found:
            self._rows.move_to_end(row)
        for batch in _batches([row for row in wanted if row not in found]):
            fresh = self._compute(batch)
            found.update(fresh)
            self._remember(fresh)
        return found

    def _compute(self, batch: list[tuple[int, ...]]) -> dict[tuple[int, ...], Tensor]:
        width = max(map(len, batch))
        ids = torch.tensor([[*row, *[1] * (width - len(row))] for row in batch])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in batch])
        with torch.autocast("cpu", enabled=False):
            states = torch.stack([state.to(torch.float16) for state in self.backend.hidden_states(ids, mask)[-self.layers :]])
        return {row: states[:, number, : len(row)].clone() for number, row in enumerate(batch)}

    def _remember(self, fresh: dict[tuple[int, ...], Tensor]) -> None:
        self._rows.update(fresh)
        self._pieces += sum(map(len, fresh))
        while self._pieces > self.pieces_remembered and self._rows:
            row, _ = self._rows.popitem(last=False)
            self._pieces -= len(row)


def _batches(rows: list[tuple[int, ...]]) -> Iterator[list[tuple[int, ...]]]:
    batch: list[tuple[int, ...]] = []
    for row in sorted(rows, key=len):
        if batch and len(row) * (len(batch) + 1) > PIECES_A_PASS:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def load_record(folder: Path = ENCODER_DIR, backend: Backend | None = None, **memory: int) -> BertRecord:
    """Load tokenizer and encoder from a folder as Stanza's record; the backend replaces torch where given."""
    if backend is None:
        model, tokenizer = bert_embedding.load_bert(str(folder), local_files_only=True)
        backend = TorchBackend(model)
    else:
        tokenizer = bert_embedding.load_tokenizer(str(folder), local_files_only=True)
    return BertRecord(SharedEncoder(backend, **memory), tokenizer, {})


def foundation_cache(record: BertRecord | None = None) -> FoundationCache:
    """A cache for stanza.Pipeline(foundation_cache=...): every head that names ENCODER_NAME gets this encoder."""
    cache = FoundationCache(local_files_only=True)
    cache.bert[ENCODER_NAME] = record or load_record()
    return cache


@contextmanager
def trainers_use(record: BertRecord) -> Iterator[None]:
    """Let Stanza's trainers, which load encoders by name, get the given one."""
    original = bert_embedding.load_bert

    def load(model_name: str | None, *_args: object, **_options: object) -> tuple[Any, Any]:
        return (record.model, record.tokenizer) if model_name else (None, None)

    bert_embedding.load_bert = load
    try:
        yield
    finally:
        bert_embedding.load_bert = original
