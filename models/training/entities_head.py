"""Stanza's entity recogniser: its trainer on JSON files of sentences, and its predictions for sentences of words.

Three things around Stanza's trainer save time and noise on a CPU: a batch holds sentences of like length, its LSTM runs over
padded rows (same values as over packed ones, a fifth of the time), and the weights that are evaluated and saved are a running
average.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import torch
from stanza.models import ner_tagger
from stanza.models.common.doc import Document
from stanza.models.common.foundation_cache import BertRecord
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import Trainer
from torch import nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence

from models.runtime.foundation import ENCODER_NAME, foundation_cache, load_record, trainers_use
from models.runtime.shared_encoder import LAYERS
from models.training.averaging import Average
from models.training.cheap_steps import cheap_steps
from models.training.entities_text import Sentence

Batch = Any  # Stanza's untyped batch
Setting = Any  # what Stanza's trainer takes
Row = Any  # a sentence in Stanza's loader, its words first
SEED = "1234"
LSTM_WEIGHTS = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
ROWS_A_PASS = 256
ALL_WORDS = 10_000_000
WINDOW = 1200


def encoder_record(folder: Path, memory: Path | None = None) -> BertRecord:
    """The frozen encoder, computed in bf16; it remembers every sentence, those in the file `memory` from the start."""
    record = load_record(folder, words_remembered=ALL_WORDS)
    record.model.backend.bf16 = True
    if memory is not None and memory.exists():
        record.model.recall(torch.load(memory, mmap=True))
    return record


def remember(record: BertRecord, sentences: Iterable[Sequence[str]], memory: Path) -> None:
    """Run the encoder over the sentences it does not know, those of like length together, and keep all in the file."""
    known = len(record.model)
    rows = sorted({tuple(words) for words in sentences}, key=lambda words: (len(words), words))
    for start in range(0, len(rows), ROWS_A_PASS):
        record.model.words(rows[start : start + ROWS_A_PASS])
    if len(record.model) > known:
        fresh = memory.with_suffix(".part")  # the old file may be mapped into memory
        torch.save(record.model.remembered(), fresh)
        fresh.replace(memory)


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

    def __init__(self, *args: Setting, **options: Setting) -> None:
        super().__init__(*args, **options)
        lstm = self.model.taggerlstm
        lstm.forward = lambda packed, *_, **__: (padded_lstm(lstm.lstm, packed), None)

    def update(self, batch: Batch, eval: bool = False) -> float:
        """One step, then the average; it follows fast at first."""
        self._average = self._average or Average(self.model)
        loss = float(super().update(batch, eval))
        self._average.update(self.model)
        return loss

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
def _inside_stanza() -> Iterator[None]:
    original = ner_tagger.Trainer, ner_tagger.DataLoader
    ner_tagger.Trainer, ner_tagger.DataLoader = AveragedTrainer, LikeLengths
    try:
        yield
    finally:
        ner_tagger.Trainer, ner_tagger.DataLoader = original


def write_json(sentences: Sequence[Sentence], path: Path) -> None:
    """The trainer's input: a list of sentences, each a list of tokens with text and BIO tag."""
    rows = [
        [{"id": i, "text": word, "ner": tag} for i, (word, tag) in enumerate(zip(s.words, s.tags, strict=True), 1)]
        for s in sentences
    ]
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def arguments(train: Path, held_out: Path, out: Path, steps: int, interval: int) -> list[str]:
    """Stanza's options: no word vectors, a BiLSTM-CRF over a learned mix of the encoder's layers."""
    files = ["--train_file", str(train), "--eval_file", str(held_out), "--save_dir", str(out.parent), "--save_name", out.name]
    encoder = ["--bert_model", ENCODER_NAME, "--bert_hidden_layers", str(LAYERS), "--no_pretrain", "--word_emb_dim", "0"]
    sizes = ["--no_char", "--hidden_dim", "256", "--dropout", "0.5", "--word_dropout", "0.03"]
    optimiser = ["--optim", "adam", "--lr", "0.0015", "--lr_decay", "0.5", "--patience", "1", "--min_lr", "2e-5"]
    batches = ["--batch_size", "40", "--max_batch_words", "1000", "--max_steps", str(steps), "--eval_interval", str(interval)]
    return [*files, *encoder, *sizes, *optimiser, *batches, "--shorthand", "id_arahan", "--seed", SEED, "--cpu"]


def train(record: BertRecord, options: Sequence[str]) -> None:
    """Run Stanza's trainer with `arguments`; the best step on the held-out file is kept."""
    with trainers_use(record), cheap_steps(), _inside_stanza():
        ner_tagger.main(list(options))


def with_rate(trained: Path, rate: float, out: Path) -> Path:
    """A copy of a trained head whose training goes on at another learning rate: Stanza takes the rate from the file."""
    checkpoint = torch.load(trained, map_location="cpu", weights_only=True)
    checkpoint["config"]["lr"] = rate
    torch.save(checkpoint, out)
    return out


def load(path: Path, record: BertRecord) -> Trainer:
    """A trained recogniser over the given encoder."""
    options: dict[str, Any] = {"bert_model": ENCODER_NAME}
    return Trainer(args=options, model_file=str(path), device=torch.device("cpu"), foundation_cache=foundation_cache(record))


def predict(tagger: Trainer, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
    """BIOES tags of sentences of words, in order."""
    document = Document([[{"id": i, "text": word} for i, word in enumerate(words, 1)] for words in sentences])
    loader = DataLoader(
        document, 64, tagger.args, vocab=tagger.vocab, evaluation=True, preprocess_tags=False,
        bert_tokenizer=tagger.model.bert_tokenizer,
    )  # fmt: skip
    with torch.no_grad():
        return [tags for rows in loader for tags in tagger.predict(rows)]
