"""Stanza's entity recogniser: its options, its trainer on JSON files of sentences, and its predictions for sentences of words.

The encoder stays frozen under the first head; with the later ones it learns, through low-rank matrices beside its own
(peft).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from stanza.models import ner_tagger
from stanza.models.common.bert_embedding import load_bert
from stanza.models.common.doc import Document
from stanza.models.common.foundation_cache import BertRecord
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import Trainer

from models.runtime.foundation import ENCODER_NAME, foundation_cache, trainers_use
from models.runtime.shared_encoder import LAYERS
from models.training.cheap_steps import cheap_steps
from models.training.entities_text import Sentence
from models.training.entities_trainer import inside_stanza

SEED = "1234"
FALLING = ["--lr_decay", "0.5", "--patience", "1", "--min_lr", "2e-5"]  # fmt: skip
"""For a frozen encoder: the rate halves where nothing is gained."""
ADAPTER = ["--use_peft", "--lora_rank", "16", "--lora_alpha", "32", "--lora_target_modules", "query,key,value,dense",
           "--lora_dropout", "0", "--bert_learning_rate", "0.5", "--lr_decay", "0", "--min_lr", "0"]  # fmt: skip


def trainable(folder: Path) -> BertRecord:
    """The encoder as Stanza itself loads it, to learn with a head."""
    return BertRecord(*load_bert(str(folder), local_files_only=True), {})


def write_json(sentences: Sequence[Sentence], path: Path) -> None:
    """The trainer's input: a list of sentences, each a list of tokens with text and BIO tag."""
    rows = [
        [{"id": i, "text": word, "ner": tag} for i, (word, tag) in enumerate(zip(s.words, s.tags, strict=True), 1)]
        for s in sentences
    ]
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def arguments(train: Path, held_out: Path, out: Path, steps: int, interval: int, adapted: bool) -> list[str]:
    """Stanza's options: no word vectors, a BiLSTM-CRF over a learned mix of the encoder's layers, frozen or `adapted`."""
    files = ["--train_file", str(train), "--eval_file", str(held_out), "--save_dir", str(out.parent), "--save_name", out.name]
    encoder = ["--bert_model", ENCODER_NAME, "--bert_hidden_layers", str(LAYERS), "--no_pretrain", "--word_emb_dim", "0"]
    sizes = ["--no_char", "--hidden_dim", "256", "--dropout", "0.5", "--word_dropout", "0.03"]
    optimiser = ["--optim", "adam", "--lr", "0.0015", *(ADAPTER if adapted else FALLING)]
    batches = ["--batch_size", "40", "--max_batch_words", "1000", "--max_steps", str(steps), "--eval_interval", str(interval)]
    return [*files, *encoder, *sizes, *optimiser, *batches, "--shorthand", "id_arahan", "--seed", SEED, "--cpu"]


def train(record: BertRecord, options: Sequence[str]) -> None:
    """Run Stanza's trainer with `arguments` over an encoder; the best step on the held-out file is kept."""
    with trainers_use(record), cheap_steps(), inside_stanza():
        ner_tagger.main(list(options))


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
