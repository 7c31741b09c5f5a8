from __future__ import annotations

import random

import pytest
import torch
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from models.runtime.foundation import ENCODER_DIR
from models.runtime.shared_encoder import SharedEncoder, TorchBackend
from models.training import joint
from models.training.joint_data import Corpus, Item, drawn, named, tree, vocabularies
from models.training.joint_model import JointModel
from models.training.treebanks import Sentence, Word

CAMAT = Sentence(
    "s1",
    (
        Word("Camat", "camat", "NOUN", "NN", "_", 2, "nsubj"),
        Word("meminta", "minta", "VERB", "VB", "_", 0, "root"),
        Word("warga", "warga", "NOUN", "NN", "_", 2, "obj"),
        Word("waspada", "waspada", "ADJ", "JJ", "_", 2, "xcomp"),
    ),
)
NAMES = named(
    "names", ["Bupati", "Ratna", "Dewayani", "tiba", "di", "Lembah", "Gumai"], ["O", "B-P", "I-P", "O", "O", "B-R", "I-R"]
)
CORPORA = [Corpus([tree("ud", CAMAT, ("upos", "xpos"))], 2.5), Corpus([NAMES], 1.0)]


@pytest.fixture(scope="module")
def shared() -> SharedEncoder:
    torch.manual_seed(3)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(ENCODER_DIR)
    small = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=5, num_attention_heads=2, intermediate_size=32,
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, pad_token_id=1,
    )  # fmt: skip
    return SharedEncoder(TorchBackend(BertModel(small, add_pooling_layer=False)), tokenizer)


def test_a_corpus_is_drawn_by_its_share() -> None:
    several = Corpus([Item("g", ("a", str(n)), {}) for n in range(10)], 1.5)
    items = drawn([several], seed=4)
    assert len(items) == 15
    assert {item.words for item in items} == {item.words for item in several.items}


def test_batches_hold_one_group_and_every_item(shared: SharedEncoder) -> None:
    items = joint.coded(drawn(CORPORA, 0), shared)
    batches = list(joint.batches(items, random.Random(1)))
    assert sum(map(len, batches)) == len(items)
    assert all(len({c[0].group for c in batch}) == 1 for batch in batches)


def test_learns_tags_trees_and_names_of_two_sentences(shared: SharedEncoder) -> None:
    model = JointModel(shared.backend.model, vocabularies(CORPORA))
    optimiser = torch.optim.AdamW(model.parameters(), lr=5e-3)
    items = {group: joint.coded([c.items[0] for c in CORPORA if c.items[0].group == group], shared) for group in ("ud", "names")}
    model.train()
    for _ in range(60):
        optimiser.zero_grad()
        losses = [model.loss(g, [c[0] for c in batch], model.words(*joint.padded(batch))) for g, batch in items.items()]
        torch.stack(losses).sum().backward()
        optimiser.step()
    found = joint.evaluate(model, items)
    assert found == {"ud.upos": 1.0, "ud.xpos": 1.0, "ud.uas": 1.0, "ud.las": 1.0, "names.ner": 1.0}


def test_a_column_that_a_treebank_lacks_is_not_learned(shared: SharedEncoder) -> None:
    model = JointModel(shared.backend.model, vocabularies(CORPORA))
    [row] = joint.coded([tree("ud", CAMAT, ("upos",))], shared)
    model.loss("ud", [row[0]], model.words(*joint.padded([row]))).backward()
    assert model.tags["ud-xpos"].weight.grad is None
    assert model.tags["ud-upos"].weight.grad is not None
