"""Tune an encoder on tags, trees and names together: what the directive model starts from.

    python -m models.training.joint --data ../shared/data --encoder models/encoder --out build/encoder-joint

Keeps the first `--layers` layers. A state is written after every epoch to `--work`; the command goes on from it. What is written
is the running average of the weights. Heads of the language package over it were no better than over the frozen one (see the
cards), so that one stays shared.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerFast

from models.runtime.shared_encoder import SharedEncoder, TorchBackend
from models.training.adapt import load
from models.training.encoder import save
from models.training.joint_data import Item, Material, drawn, material, vocabularies
from models.training.joint_model import JointModel
from models.training.progress import report

SEED = 29
PIECES = 2_400
HIDDEN_PIECES = 0.05
WARM_UP = 0.08
LONGEST_PIECES = 256
Coded = tuple[Item, list[int], list[int]]


def coded(items: Iterable[Item], shared: SharedEncoder) -> list[Coded]:
    """Each item with its piece ids and its words' last pieces, the start mark first; overlong ones are left out."""
    rows = list(items)
    pieces, places = shared.pieces([item.words for item in rows])
    return [(item, ids, last[:-1]) for item, ids, last in zip(rows, pieces, places, strict=True) if len(ids) <= LONGEST_PIECES]


def batches(items: list[Coded], rng: random.Random) -> Iterator[list[Coded]]:
    """Of one group each, of like length, at most PIECES padded pieces, in random order."""
    found: list[list[Coded]] = []
    for group in sorted({item.group for item, _, _ in items}):
        own = sorted((c for c in items if c[0].group == group), key=lambda c: len(c[1]) + rng.uniform(0, 8))
        found.append([])
        for row in own:
            if found[-1] and len(row[1]) * (len(found[-1]) + 1) > PIECES:
                found.append([])
            found[-1].append(row)
    rng.shuffle(found)
    yield from found


def padded(batch: list[Coded]) -> tuple[Tensor, Tensor]:
    """(ids, last pieces): (rows, pieces) and (rows, words + 1)."""
    ids = torch.ones(len(batch), max(len(c[1]) for c in batch), dtype=torch.long)
    last = torch.zeros(len(batch), max(len(c[2]) for c in batch), dtype=torch.long)
    for row, (_, pieces, places) in enumerate(batch):
        ids[row, : len(pieces)] = torch.tensor(pieces)
        last[row, : len(places)] = torch.tensor(places)
    return ids, last


def evaluate(model: JointModel, held_out: dict[str, list[Coded]]) -> dict[str, float]:
    """Share of words right for each held-out part and column."""
    found: dict[str, float] = {}
    model.eval()
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for name, items in held_out.items():
            counts: dict[str, list[int]] = {}
            for batch in batches(items, random.Random(0)):
                layers = model.words(*padded(batch))
                for column, (right, whole) in model.right(name, [c[0] for c in batch], layers).items():
                    counts.setdefault(column, [0, 0])
                    counts[column] = [counts[column][0] + right, counts[column][1] + whole]
            found |= {f"{name}.{column}": right / whole for column, (right, whole) in counts.items()}
    model.train()
    return found


def optimiser_for(model: JointModel, rate: float, head_rate: float, decay: float = 0.92) -> torch.optim.AdamW:
    """AdamW with a rate that falls by `decay` a layer towards the embeddings."""
    layers = len(model.encoder.encoder.layer)
    groups: dict[float, list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if "word_embeddings" in name:  # they stay those of the shared encoder
            parameter.requires_grad_(False)
            continue
        depth = int(name.split(".layer.")[1].split(".")[0]) if ".layer." in name else -1
        scale = rate * decay ** (layers - 1 - depth) if name.startswith("encoder.") else head_rate
        groups.setdefault(scale, []).append(parameter)
    return torch.optim.AdamW([{"params": p, "lr": r} for r, p in groups.items()], weight_decay=0.01)


class Training:
    """The model, its running average, optimiser and schedule; `state` is all of it."""

    def __init__(self, model: JointModel, o: argparse.Namespace, total: int) -> None:
        ema = torch.optim.swa_utils.get_ema_multi_avg_fn(0.99)  # type: ignore[no-untyped-call]
        self.model = model
        self.average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=ema)
        self.optimiser = optimiser_for(model, o.rate, o.head_rate)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimiser, lambda s: min((s + 1) / (WARM_UP * total), max(0.02, (total * 1.02 - s) / total))
        )
        self._parts: dict[str, Any] = {
            "model": model, "average": self.average, "optimiser": self.optimiser, "schedule": self.schedule
        }  # fmt: skip

    def step(self, batch: list[Coded], mask_id: int) -> float:
        """Learn from a batch; returns its loss."""
        ids, last = padded(batch)
        hidden = torch.where((torch.rand(ids.shape) < HIDDEN_PIECES) & (ids > 3), mask_id, ids)
        with torch.autocast("cpu", torch.bfloat16):
            loss = self.model.loss(batch[0][0].group, [c[0] for c in batch], self.model.words(hidden, last))
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.schedule.step()
        self.average.update_parameters(self.model)
        return float(loss.detach())

    def save(self, path: Path, epoch: int) -> None:
        """Write everything after an epoch."""
        torch.save({**{name: part.state_dict() for name, part in self._parts.items()}, "epoch": epoch}, path)

    def resume(self, path: Path) -> int:
        """The number of epochs that the state at `path` has behind it, 0 when there is none."""
        if not path.exists():
            return 0
        state = torch.load(path, weights_only=True)
        for name, part in self._parts.items():
            part.load_state_dict(state[name])
        return int(state["epoch"])


def train(model: JointModel, corpora: Material, o: argparse.Namespace, shared: SharedEncoder) -> JointModel:
    """All epochs; returns the running average."""
    held_out = {name: coded(items, shared) for name, items in corpora.held_out.items()}
    total = o.epochs * sum(1 for _ in batches(coded(drawn(corpora.train, o.seed), shared), random.Random(0)))
    training, mask_id = Training(model, o, total), int(shared.tokenizer.mask_token_id or 0)
    averaged: JointModel = training.average.module  # type: ignore[assignment]
    first = training.resume(o.work / "state.pt")
    step = first * (total // o.epochs)
    for epoch in range(first, o.epochs):
        torch.manual_seed(o.seed + epoch)
        for batch in batches(coded(drawn(corpora.train, o.seed + epoch), shared), random.Random(o.seed + epoch)):
            loss, step = training.step(batch, mask_id), step + 1
            if step % 25 == 0:
                report("joint", step, total, loss=loss)
        training.save(o.work / "state.pt", epoch + 1)
        print({name: round(value, 4) for name, value in evaluate(averaged, held_out).items()}, flush=True)
    return averaged


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--encoder", type=Path, default=Path("models/encoder"))
    p.add_argument("--silver", type=Path, default=Path("build/entities/first.train.json"), help="names by a first round")
    p.add_argument("--work", type=Path, default=Path("build/joint"))
    p.add_argument("--out", type=Path, default=Path("build/encoder-joint"))
    p.add_argument("--layers", type=int, default=10)
    p.add_argument("--epochs", type=int, default=7)
    p.add_argument("--rate", type=float, default=1.2e-4)
    p.add_argument("--head-rate", type=float, default=2e-3)
    p.add_argument("--seed", type=int, default=SEED)
    o = p.parse_args()
    o.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(o.seed)
    encoder = load(o.encoder)
    del encoder.encoder.layer[o.layers :]
    encoder.config.num_hidden_layers = o.layers
    tokenizer = PreTrainedTokenizerFast.from_pretrained(o.encoder)
    corpora = material(o.data, o.silver)
    shared = SharedEncoder(TorchBackend(encoder), tokenizer)
    averaged = train(JointModel(encoder, vocabularies(corpora.train)), corpora, o, shared)
    save(averaged.encoder, tokenizer, o.out)


if __name__ == "__main__":
    main()
