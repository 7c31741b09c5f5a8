"""Adapt the encoder to Indonesian news and releases with masked words.

    python -m models.training.adapt --encoder models/encoder --data ../shared/data --out build/encoder-adapted

A fresh language-model head (dense, GELU, LayerNorm, the tied word embeddings) is trained with it and thrown away.
A checkpoint is written every few minutes; the command goes on from it.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import torch
from torch import nn
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from models.training.directive_data import read
from models.training.encoder import save
from models.training.progress import report

LENGTH = 192
MASKED_SHARE = 0.2
SEED = 20
HELD_OUT = 64


def load(folder: Path, attention: str = "eager") -> BertModel:
    """The encoder ready for training on a CPU: no dropout, whose random numbers cost as much there as the rest."""
    config = BertConfig.from_pretrained(folder, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    return BertModel.from_pretrained(
        folder, config=config, add_pooling_layer=False, attn_implementation=attention, dtype=torch.float32
    )


class MaskedWords(nn.Module):
    """The encoder with a language-model head over its own word embeddings."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        hidden = encoder.config.hidden_size
        self.head = nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.LayerNorm(hidden))
        self.bias = nn.Parameter(torch.zeros(encoder.config.vocab_size))

    def forward(self, ids: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        """Mean cross-entropy of the masked pieces; `targets` is -100 elsewhere. Both are (batch, LENGTH)."""
        states = self.encoder(input_ids=ids).last_hidden_state
        chosen = targets != -100
        logits = self.head(states[chosen]) @ self.encoder.embeddings.word_embeddings.weight.T + self.bias
        return nn.functional.cross_entropy(logits.float(), targets[chosen])


def documents(data: Path) -> list[str]:
    """Unlabelled text: the news, and the annotated training articles without their labels. The dev part stays out."""
    found = []
    for path in (data / "text/news.jsonl", data.parent / "bench/train.jsonl"):
        found += [row["title"] + "\n" + row["text"] for row in read(path)]
    found += (data / "text/panl_bppt_id.txt").read_text(encoding="utf-8").splitlines()
    return list(dict.fromkeys(found))


def blocks(texts: list[str], tokenizer: PreTrainedTokenizerFast) -> torch.Tensor:
    """All texts as one stream of pieces cut into blocks, (n, LENGTH)."""
    stream: list[int] = []
    for encoding in tokenizer(texts, add_special_tokens=False)["input_ids"]:
        stream += [0, *encoding, 2]
    count = len(stream) // LENGTH
    return torch.tensor(stream[: count * LENGTH]).view(count, LENGTH)


def mask_words(
    ids: torch.Tensor, starts: torch.Tensor, mask_id: int, generator: torch.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Whole-word masking: (inputs, targets); 80 % masked, 10 % another piece, 10 % left."""
    word = starts[ids].long().cumsum(1)
    drawn = torch.rand(ids.shape[0], int(word.max()) + 1, generator=generator) < MASKED_SHARE
    chosen = drawn.gather(1, word) & (ids > 3)
    how = torch.rand(ids.shape, generator=generator)
    other = torch.randint(4, len(starts) - 1, ids.shape, generator=generator)
    inputs = torch.where(chosen & (how < 0.8), mask_id, ids)
    inputs = torch.where(chosen & (how >= 0.9), other, inputs)
    return inputs, torch.where(chosen, ids, -100)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, default=Path("models/encoder"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("build/encoder-adapted"))
    parser.add_argument("--epochs", type=float, default=2.0)
    parser.add_argument("--batch", type=int, default=16, help="blocks a step")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--checkpoint-s", type=float, default=300)
    o = parser.parse_args()
    torch.manual_seed(SEED)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(o.encoder)
    model = MaskedWords(load(o.encoder))
    data = blocks(documents(o.data), tokenizer)
    order = torch.randperm(len(data), generator=torch.Generator().manual_seed(SEED))
    held, data = data[order[:HELD_OUT]], data[order[HELD_OUT:]]
    starts = torch.tensor(
        [p.startswith("▁") or i < 4 for i, p in enumerate(tokenizer.convert_ids_to_tokens(list(range(len(tokenizer)))))]
    )
    steps = int(len(data) / o.batch * o.epochs)
    optimiser = torch.optim.AdamW(model.parameters(), lr=o.rate, weight_decay=0.01, betas=(0.9, 0.98))
    warm = max(1, steps // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / (steps - warm))))
    saved = o.out.with_suffix(".checkpoint.pt")
    first = 0
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        first = state["step"]

    def held_out_loss() -> float:
        model.eval()
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            loss = model(*mask_words(held, starts, tokenizer.mask_token_id, torch.Generator().manual_seed(SEED)))
        model.train()
        return float(loss)

    last_saved = time.monotonic()
    model.train()
    o.out.parent.mkdir(parents=True, exist_ok=True)
    for step in range(first, steps):
        generator = torch.Generator().manual_seed(SEED + step)
        epoch = int(step * o.batch / len(data))
        rng = random.Random(epoch)
        rows = rng.sample(range(len(data)), len(data))[(step * o.batch) % len(data) :][: o.batch]
        with torch.autocast("cpu", torch.bfloat16):
            loss = model(*mask_words(data[rows], starts, tokenizer.mask_token_id, generator))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 50 == 0:
            report("adapt", step, steps, loss=float(loss.detach()), held_out=held_out_loss() if step % 500 == 0 else None)
        if time.monotonic() - last_saved > o.checkpoint_s:
            torch.save(
                {
                    "model": model.state_dict(),
                    "optimiser": optimiser.state_dict(),
                    "schedule": schedule.state_dict(),
                    "step": step + 1,
                },
                saved,
            )
            last_saved = time.monotonic()
    report("adapt", steps, steps, held_out=held_out_loss())
    save(model.encoder, tokenizer, o.out)
    saved.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
