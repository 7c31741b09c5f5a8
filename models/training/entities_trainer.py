"""Stanza's trainer of entity recognisers, with less time and noise on a CPU.

A batch holds sentences of like length, the LSTM runs over padded rows (same values as over packed ones, a fifth of the time), the
weights that are evaluated and saved are a running average, and while the encoder learns, the rates rise and fall in straight
lines.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import torch
from stanza.models import ner_tagger
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import Trainer
from torch import nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence
from transformers.models.bert.modeling_bert import BertSelfAttention

from models.training.averaging import Average

Batch = Any  # Stanza's untyped batch
Setting = Any  # what Stanza's trainer takes
Row = Any  # a sentence in Stanza's loader, its words first
LSTM_WEIGHTS = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
WINDOW = 1200
WARM_UP, LEAST_RATE = 0.08, 0.02  # shares of the steps, and of the rate


def padded_lstm(lstm: nn.LSTM, packed: PackedSequence) -> PackedSequence:
    """What a one-layer bidirectional `lstm` gives for `packed`: a call a direction over padded rows, the second reversed."""
    rows, lengths = pad_packed_sequence(packed, batch_first=True)
    steps = torch.arange(rows.shape[1])
    turned = torch.where(steps < lengths[:, None], lengths[:, None] - 1 - steps, steps)[:, :, None]
    start = rows.new_zeros(1, len(rows), lstm.hidden_size)
    found = []
    for suffix, order in (("", None), ("_reverse", turned)):
        weights = [getattr(lstm, name + suffix) for name in LSTM_WEIGHTS]
        given = rows if order is None else rows.gather(1, order.expand_as(rows))
        states = torch._VF.lstm(given, (start, start), weights, True, 1, 0.0, lstm.training, False, True)[0]
        found.append(states if order is None else states.gather(1, order.expand_as(states)))
    return pack_padded_sequence(torch.cat(found, 2), lengths, batch_first=True)


class AveragedTrainer(Trainer):  # type: ignore[misc]
    """Stanza's trainer, whose predictions and files use the running average of the trained weights."""

    _average: Average | None = None
    _steps = 0

    def __init__(self, *args: Setting, **options: Setting) -> None:
        super().__init__(*args, **options)
        lstm = self.model.taggerlstm
        lstm.forward = lambda packed, *_, **__: (padded_lstm(lstm.lstm, packed), None)
        for layer in self.model.bert_model.modules():
            if isinstance(layer, BertSelfAttention):
                layer.dropout.p = 0.0  # or a CPU takes a slower way through attention

    def update(self, batch: Batch, eval: bool = False) -> float:
        """One step, then the average; it follows fast at first."""
        self._average = self._average or Average(self.model)
        if self.args["use_peft"]:
            self._set_rates()
        loss = float(super().update(batch, eval))
        self._average.update(self.model)
        return loss

    def _set_rates(self) -> None:
        """Up in a straight line, then down, by Stanza's number of steps."""
        total, step = int(self.args["max_steps"]), self._steps
        share = min((step + 1) / (WARM_UP * total), max(LEAST_RATE, (total - step) / total))
        for group in self.optimizer.param_groups:
            group["lr"] = share * group.setdefault("full_rate", group["lr"])
        self._steps += 1

    def averaged(self) -> AbstractContextManager[None]:
        """The averaged weights in place of the current ones."""
        return self._average.inside(self.model) if self._average else nullcontext()

    def predict(self, batch: Batch, unsort: bool = True) -> list[list[str]]:
        """Tags under the averaged weights."""
        with self.averaged(), torch.no_grad():
            return list(super().predict(batch, unsort))

    def save(self, filename: str, skip_modules: bool = True) -> None:
        """The averaged weights as Stanza's file."""
        with self.averaged():
            super().save(filename, skip_modules)


class LikeLengths(DataLoader):  # type: ignore[misc]
    """Stanza's loader with training batches of like length, which a packed LSTM takes four times as fast."""

    def chunk_batches(self, data: list[Row]) -> list[list[Row]]:
        """Sort inside windows, cut, shuffle the batches; evaluation keeps its order."""
        if self.eval:
            return list(super().chunk_batches(data))
        windows = [data[start : start + WINDOW] for start in range(0, len(data), WINDOW)]
        batches = super().chunk_batches([row for window in windows for row in sorted(window, key=lambda row: len(row[0]))])
        random.shuffle(batches)
        return list(batches)


@contextmanager
def inside_stanza() -> Iterator[None]:
    """Let Stanza's command for entity recognisers use this trainer and this loader."""
    original = ner_tagger.Trainer, ner_tagger.DataLoader
    ner_tagger.Trainer, ner_tagger.DataLoader = AveragedTrainer, LikeLengths
    try:
        yield
    finally:
        ner_tagger.Trainer, ner_tagger.DataLoader = original
