"""The frozen encoder as trainings use it: it remembers every sentence, and a file keeps what it remembers for the next one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import torch
from stanza.models.common.foundation_cache import BertRecord

from models.runtime.foundation import load_record

ALL_WORDS = 10_000_000


def encoder_record(folder: Path, memory: Path | None = None) -> BertRecord:
    """The encoder in `folder`, computed in bf16; it remembers every sentence, those in the file `memory` from the start."""
    record = load_record(folder, words_remembered=ALL_WORDS)
    record.model.backend.bf16 = True
    if memory is not None and memory.exists():
        record.model.recall(torch.load(memory, mmap=True))
    return record


def remember(record: BertRecord, sentences: Iterable[Sequence[str]], memory: Path, rows_a_pass: int) -> None:
    """Run the encoder over the sentences (of words) that it does not know, those of like length together, and keep all in the
    file. What is computed together bears on the last bits of the states: `rows_a_pass` belongs to a training."""
    known = len(record.model)
    rows = sorted({tuple(words) for words in sentences}, key=lambda words: (len(words), words))
    for start in range(0, len(rows), rows_a_pass):
        record.model.words(rows[start : start + rows_a_pass])
    if len(record.model) > known:
        fresh = memory.with_suffix(".part")  # the old file may be mapped into memory
        torch.save(record.model.remembered(), fresh)
        fresh.replace(memory)
