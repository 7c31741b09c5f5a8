"""One frozen encoder for all heads: Stanza asks for it by name and gets a memory in front of it.

The stored heads name their encoder ENCODER_NAME. Stanza passes every head the same foundation cache; the model in it remembers
the hidden states of a sentence's words: tagger, parser and entity recogniser share one pass over a sentence, and training
computes each sentence once. Figures are those of Stanza's own path through `transformers`, which also works, more slowly.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

import torch
from stanza.models.common import bert_embedding, utils
from stanza.models.common.foundation_cache import BertRecord, FoundationCache
from stanza.models.depparse import model as depparse_model
from stanza.models.ner import model as ner_model
from stanza.models.ner import trainer as ner_trainer
from stanza.models.pos import model as pos_model
from torch import Tensor, nn

from models.runtime.shared_encoder import AdaptedEncoder, Backend, SharedEncoder, TorchBackend

ENCODER_NAME = "models/encoder"
ENCODER_DIR = Path(__file__).resolve().parent.parent / "encoder"
HEADS: tuple[ModuleType, ...] = (pos_model, depparse_model, ner_model)


def word_embeddings(
    model_name: str,
    tokenizer: object,
    model: nn.Module,
    data: list[list[str]],
    device: object,
    keep_endpoints: bool,
    detach: bool = True,
    bert_layer_mix: nn.Linear | None = None,
    peft_name: str | None = None,
) -> list[Tensor]:
    """Stanza's extract_bert_embeddings for a SharedEncoder; any other model takes Stanza's own way, in bfloat16 while it learns.

    Returns for each sentence (words, hidden_size), or (words + 2, hidden_size) with its two end marks: Stanza's mean of the last
    layers plus their learned mix, taken at each word's last piece.
    """
    if not isinstance(model, SharedEncoder) or bert_layer_mix is None:
        with torch.autocast("cpu", torch.bfloat16, enabled=model is not None and model.training):
            found = _extract(model_name, tokenizer, model, data, device, keep_endpoints, detach, bert_layer_mix, peft_name)
        return [states.float() for states in found]
    states = model.words([list(words) for words in data])
    if not keep_endpoints:
        states = [state[:, 1:-1] for state in states]
    count = bert_layer_mix.in_features
    joined = torch.cat([state[-count:].float() for state in states], 1)
    weights = bert_layer_mix.weight[0] + 1 / count
    mixed = torch.einsum("l,lwh->wh", weights, joined)
    return list(torch.split(mixed, [state.shape[1] for state in states]))


_extract = bert_embedding.extract_bert_embeddings


def load_to_adapt(*asked: object, **options: object) -> tuple[Any, Any, str | None]:
    """Stanza's load_bert_with_peft, with a copy of a SharedEncoder, since the adapter changes it."""
    model, tokenizer, name = _load_to_adapt(*asked, **options)
    if isinstance(model, SharedEncoder) and isinstance(model.backend, TorchBackend):
        model = AdaptedEncoder(TorchBackend(deepcopy(model.backend.model), model.backend.bf16), tokenizer)
    return model, tokenizer, name


_load_to_adapt = ner_trainer.load_bert_with_peft


def install() -> None:
    """Let Stanza's tagger, parser and entity recogniser take words from a SharedEncoder; others are served as before."""
    for module in HEADS:
        vars(module)["extract_bert_embeddings"] = word_embeddings
    ner_trainer.load_bert_with_peft = load_to_adapt


def bf16_is_native() -> bool:
    """Whether the processor multiplies bfloat16 matrices itself: three times as fast as float32, states equal to four digits."""
    found: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    return bool(found.get("avx512_bf16") or found.get("amx_bf16"))


def load_record(folder: Path = ENCODER_DIR, backend: Backend | None = None, bf16: bool = False, **memory: int) -> BertRecord:
    """Load tokenizer and encoder from a folder as Stanza's record; the backend replaces torch where given."""
    if backend is None:
        model, tokenizer = bert_embedding.load_bert(str(folder), local_files_only=True)
        backend = TorchBackend(model, bf16)
    else:
        tokenizer = bert_embedding.load_tokenizer(str(folder), local_files_only=True)
    return BertRecord(SharedEncoder(backend, tokenizer, **memory), tokenizer, {})


def foundation_cache(record: BertRecord | None = None) -> FoundationCache:
    """A cache for stanza.Pipeline(foundation_cache=...): every head that names ENCODER_NAME gets this encoder."""
    install()
    cache = FoundationCache(local_files_only=True)
    cache.bert[ENCODER_NAME] = record or load_record()
    return cache


@contextmanager
def without_optimizers() -> Iterator[None]:
    """Load models that are only read: Stanza gives its tokenizer an optimizer, which loads torch's compiler, two seconds."""
    original = utils.get_optimizer
    utils.get_optimizer = lambda *_given, **_named: None
    try:
        yield
    finally:
        utils.get_optimizer = original


@contextmanager
def trainers_use(record: BertRecord) -> Iterator[None]:
    """Let Stanza's trainers, which load encoders by name, get the given one."""
    original = bert_embedding.load_bert

    def load(model_name: str | None, *_args: object, **_options: object) -> tuple[Any, Any]:
        return (record.model, record.tokenizer) if model_name else (None, None)

    install()
    bert_embedding.load_bert = load
    try:
        yield
    finally:
        bert_embedding.load_bert = original
