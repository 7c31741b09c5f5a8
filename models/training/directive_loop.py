"""The training loop of the directive model: batches, loss, rates, and weights that outlive an interruption.

Under torch.distributed each process takes its share of the batches.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import distributed

from models.training.directive_data import Example
from models.training.directive_model import DirectiveModel
from models.training.progress import report

MASKED_PIECES = 0.1
WEIGHTS = {"tokens": 5.0, "sentences": 1.0, "kinds": 0.3, "arguments": 0.1, "sectors": 0.1}


def batches(items: list[Example], pieces: int, rng: random.Random) -> Iterator[list[Example]]:
    """Examples of like length together, at most `pieces` padded pieces a batch, in random order."""
    order = sorted(items, key=lambda e: len(e.window.ids) + rng.uniform(0, 40))
    found: list[list[Example]] = [[]]
    for item in order:
        if found[-1] and len(item.window.ids) * (len(found[-1]) + 1) > pieces:
            found.append([])
        found[-1].append(item)
    rng.shuffle(found)
    yield from found


@dataclass(frozen=True, slots=True)
class Pool:
    """Examples of one kind; in each epoch all that hold a directive and a random share of those that hold none."""

    items: list[Example]
    empty_share: float

    def drawn(self, rng: random.Random) -> list[Example]:
        """One epoch's examples."""
        return [e for e in self.items if e.queries or rng.random() < self.empty_share]


def epoch(pools: list[Pool], pieces: int, seed: int) -> list[list[Example]]:
    """One epoch's batches for this process, in random order."""
    rng = random.Random(seed)
    found = list(batches([item for pool in pools for item in pool.drawn(rng)], pieces, rng))
    rank, size = place()
    return found[rank : len(found) - len(found) % size : size]


def place() -> tuple[int, int]:
    """(rank, number) of the training processes."""
    return (distributed.get_rank(), distributed.get_world_size()) if distributed.is_initialized() else (0, 1)


def share_gradients(model: DirectiveModel) -> None:
    """The mean of all processes' gradients in each of them."""
    learned = [p for p in model.parameters() if p.requires_grad]
    flat = torch.cat([(torch.zeros_like(p) if p.grad is None else p.grad).flatten() for p in learned])
    distributed.all_reduce(flat)
    for p, part in zip(learned, torch.split(flat / place()[1], [p.numel() for p in learned]), strict=True):
        p.grad = part.view_as(p)


def padded(batch: list[Example]) -> tuple[torch.Tensor, torch.Tensor]:
    """(ids, mask), both (batch, longest)."""
    size = max(len(e.window.ids) for e in batch)
    ids = torch.ones(len(batch), size, dtype=torch.long)
    for row, item in enumerate(batch):
        ids[row, : len(item.window.ids)] = torch.tensor(item.window.ids)
    return ids, (ids != 1).long()


def hide_pieces(ids: torch.Tensor, mask_id: int) -> torch.Tensor:
    """Ids with a share of the pieces replaced by the mask: the regulariser that costs nothing on a CPU."""
    return torch.where((torch.rand(ids.shape) < MASKED_PIECES) & (ids > 3), mask_id, ids)


def step_loss(model: DirectiveModel, batch: list[Example], mask_id: int) -> torch.Tensor:
    """Weighted mean loss of a batch."""
    ids, mask = padded(batch)
    with torch.autocast("cpu", torch.bfloat16):
        states = model.states(hide_pieces(ids, mask_id), mask).float()
    parts = model.losses(batch, states)
    core = max(1, sum(sum(e.window.core) for e in batch))
    sentences = max(1, sum(len(e.kinds) for e in batch))
    queries = max(4, sum(len(e.queries) for e in batch))
    counts = {"tokens": core, "sentences": sentences, "kinds": queries, "arguments": queries, "sectors": queries}
    return torch.stack([WEIGHTS[name] * value / counts[name] for name, value in parts.items()]).sum()


def optimiser_for(model: DirectiveModel, rate: float, head_rate: float, decay: float = 0.9) -> torch.optim.AdamW:
    """AdamW with a rate that falls by `decay` a layer towards the embeddings."""
    layers = model.encoder.config.num_hidden_layers
    groups: dict[float, list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if not name.startswith("encoder."):
            scale = head_rate
        elif "embeddings" in name:  # they stay those of the shared encoder
            parameter.requires_grad_(False)
            continue
        else:
            scale = rate * decay ** (layers - 1 - int(name.split(".layer.")[1].split(".")[0]))
        groups.setdefault(scale, []).append(parameter)
    return torch.optim.AdamW([{"params": p, "lr": r} for r, p in groups.items()], weight_decay=0.01, fused=True)


def train(model: DirectiveModel, pools: list[Pool], o: argparse.Namespace, mask_id: int) -> None:
    """All epochs, with warm-up, linear decay and an average of the weights over the last third."""
    total = o.epochs * len(epoch(pools, o.pieces, 0))
    optimiser = optimiser_for(model, o.rate, o.head_rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / (0.08 * total), max(0.02, (total * 1.02 - s) / total))
    )
    ema = torch.optim.swa_utils.get_ema_multi_avg_fn(0.995)  # type: ignore[no-untyped-call]
    average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=ema)
    saved, first = o.out / "state.pt", 0
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        for part, name in ((model, "model"), (average, "average"), (optimiser, "optimiser"), (schedule, "schedule")):
            part.load_state_dict(state[name])
        first = state["epoch"]
    step = first * (total // o.epochs)
    rank, processes = place()
    for number in range(first, o.epochs):
        torch.manual_seed(o.seed + number + 1000 * rank)
        model.train()
        for batch in epoch(pools, o.pieces, o.seed + number):
            loss = step_loss(model, batch, mask_id)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            if processes > 1:
                share_gradients(model)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            average.update_parameters(model)
            step += 1
            if step % 25 == 0 and rank == 0:
                report("directive", step, total, loss=float(loss.detach()))
        if rank > 0:
            continue
        state = {"model": model.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict()}
        save(average.module.state_dict(), o.out / "model.pt")
        save({**state, "schedule": schedule.state_dict(), "epoch": number + 1}, saved)


def save(state: dict[str, Any], path: Path) -> None:
    """Write in one step, so that a kill leaves the file before."""
    aside = path.with_suffix(".new")
    torch.save(state, aside)
    aside.replace(path)
