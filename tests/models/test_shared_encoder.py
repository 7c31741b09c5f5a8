from __future__ import annotations

import pytest
import torch
from stanza.models.common import bert_embedding
from torch import nn

from models.runtime.foundation import ENCODER_DIR, load_record, word_embeddings
from models.runtime.shared_encoder import LAYERS, SharedEncoder

HALF_PRECISION = 5e-3
SHORT = ["Camat", "Muara", "Dua", "meminta", "warga", "nya", "menjaga", "kebersihan", "."]
STRANGE = ["\u200e", "Rp", "2,3", "miliar", "😀"]
LONG = SHORT * 70


@pytest.fixture(scope="module")
def shared() -> SharedEncoder:
    model = load_record(words_remembered=800).model
    assert isinstance(model, SharedEncoder)
    return model


@pytest.fixture(scope="module")
def mix() -> nn.Linear:
    torch.manual_seed(5)
    return nn.Linear(LAYERS, 1, bias=False)


@pytest.mark.filterwarnings("ignore:Token indices sequence length")
@pytest.mark.parametrize("sentence", [SHORT, STRANGE, LONG], ids=["short", "unknown characters", "longer than the window"])
@pytest.mark.parametrize("keep_endpoints", [True, False])
def test_same_embeddings_as_stanzas_own_way(
    shared: SharedEncoder, mix: nn.Linear, sentence: list[str], keep_endpoints: bool
) -> None:
    plain = bert_embedding.load_bert(str(ENCODER_DIR), local_files_only=True)
    [theirs] = bert_embedding.extract_bert_embeddings("x", plain[1], plain[0], [sentence], "cpu", keep_endpoints, True, mix)
    [ours] = word_embeddings("x", shared.tokenizer, shared, [sentence], "cpu", keep_endpoints, True, mix)
    assert ours.shape == theirs.shape
    assert float((ours - theirs).detach().abs().max()) < HALF_PRECISION


def test_batching_does_not_change_a_sentence(shared: SharedEncoder) -> None:
    alone = shared.words([SHORT])[0]
    together = load_record().model.words([SHORT, STRANGE, LONG])[0]
    assert float((alone.float() - together.float()).abs().max()) < HALF_PRECISION


def test_memory_is_bounded_and_forgets_the_oldest(shared: SharedEncoder) -> None:
    shared.words([[f"kata{number}", "lain"] for number in range(600)])
    kept = shared.remembered()
    assert sum(map(len, kept)) <= 800
    assert ("kata599", "lain") in kept
    assert ("kata0", "lain") not in kept


def test_gradients_reach_the_layer_mix(shared: SharedEncoder, mix: nn.Linear) -> None:
    mix.zero_grad()
    word_embeddings("x", shared.tokenizer, shared, [SHORT], "cpu", True, True, mix)[0].sum().backward()
    assert mix.weight.grad is not None
    assert float(mix.weight.grad.abs().sum()) > 0
