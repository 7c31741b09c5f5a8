"""An encoder under light heads for tags, trees and names; the heads are thrown away after the training."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from models.training.joint_data import Item

PAIR_SIZE = 128
LAYERS = 4
IGNORED = -100
Labels = dict[str, dict[str, list[str]]]


class Mix(nn.Module):
    """A learned mean of the last LAYERS layers."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.zeros(LAYERS))

    def forward(self, layers: Tensor) -> Tensor:
        """(layers, ...) → (...)."""
        mixed: Tensor = torch.einsum("l,l...->...", torch.softmax(self.weights, 0), layers)
        return mixed


class Trees(nn.Module):
    """Heads and relations: a bilinear score of every pair, and a label for each gold pair."""

    def __init__(self, hidden: int, relations: int) -> None:
        super().__init__()
        self.mix = Mix()
        self.child, self.head = nn.Linear(hidden, PAIR_SIZE), nn.Linear(hidden, PAIR_SIZE)
        self.between = nn.Parameter(torch.eye(PAIR_SIZE) / PAIR_SIZE**0.5)
        self.relation = nn.Sequential(nn.Linear(2 * hidden, PAIR_SIZE), nn.GELU(), nn.Linear(PAIR_SIZE, relations))

    def scores(self, states: Tensor, inside: Tensor) -> Tensor:
        """(rows, words, words + 1): for each word (column 0 is the root) how likely it is the head."""
        child = functional.gelu(self.child(states[:, 1:]))
        head = functional.gelu(self.head(states))
        scores: Tensor = torch.einsum("rcd,de,rhe->rch", child, self.between, head)
        return scores.masked_fill(~inside[:, None], -1e4)


class JointModel(nn.Module):
    """Encoder and heads; `words` gives (LAYERS, rows, words + 1, hidden), the start mark first."""

    def __init__(self, encoder: BertModel, labels: Labels) -> None:
        super().__init__()
        hidden = encoder.config.hidden_size
        self.encoder, self.labels = encoder, labels
        self.tags, self.mixes, self.trees = nn.ModuleDict(), nn.ModuleDict(), nn.ModuleDict()
        for group, columns in labels.items():
            self.mixes[group] = Mix()
            for column, names in columns.items():
                if column != "deprel":
                    self.tags[f"{group}-{column}"] = nn.Linear(hidden, len(names))
            if "deprel" in columns:
                self.trees[group] = Trees(hidden, len(columns["deprel"]))

    def words(self, ids: Tensor, last: Tensor) -> Tensor:
        """`ids` (rows, pieces), padded with 1; `last` (rows, words + 1): each word's last piece."""
        states = self.encoder(input_ids=ids, attention_mask=(ids != 1).long(), output_hidden_states=True).hidden_states
        layers = torch.stack(states[-LAYERS:])
        rows = torch.arange(len(ids))[:, None]
        return layers[:, rows, last]

    def loss(self, group: str, items: Sequence[Item], layers: Tensor) -> Tensor:
        """Sum over the columns of the mean cross-entropies of one group's batch."""
        states = functional.dropout(self.mixes[group](layers)[:, 1:], 0.1, self.training)
        total = states.sum() * 0
        for column in self.labels[group]:
            target = self._target(group, column, items, states.shape[1])
            if column == "deprel" or bool((target == IGNORED).all()):
                continue
            logits = self.tags[f"{group}-{column}"](states).float()
            total = total + functional.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=IGNORED)
        if group in self.trees:
            total = total + self._tree_loss(group, items, layers)
        return total

    def _target(self, group: str, column: str, items: Sequence[Item], width: int) -> Tensor:
        index = {name: number for number, name in enumerate(self.labels[group][column])}
        target = torch.full((len(items), width), IGNORED)
        for row, item in enumerate(items):
            if labels := item.tags.get(column):
                target[row, : len(labels)] = torch.tensor([index.get(label, IGNORED) for label in labels])
        return target

    def _tree_loss(self, group: str, items: Sequence[Item], layers: Tensor) -> Tensor:
        trees: Trees = self.trees[group]  # type: ignore[assignment]
        states = functional.dropout(trees.mix(layers), 0.1, self.training)
        inside, heads = _frame(items, states.shape[1])
        scores = trees.scores(states, inside).float()
        arcs = functional.cross_entropy(scores.flatten(0, 1), heads.flatten(), ignore_index=IGNORED)
        logits = trees.relation(_pairs(states, heads.clamp(min=0))).float()
        target = self._target(group, "deprel", items, states.shape[1] - 1)
        return arcs + functional.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=IGNORED)

    def right(self, group: str, items: Sequence[Item], layers: Tensor) -> dict[str, tuple[int, int]]:
        """(right, all) words for each column, and "uas" and "las" for trees."""
        states, found = self.mixes[group](layers)[:, 1:], {}
        for column in self.labels[group]:
            target = self._target(group, column, items, states.shape[1])
            if column != "deprel":
                same = self.tags[f"{group}-{column}"](states).argmax(-1) == target
                found[column] = int(same.sum()), int((target != IGNORED).sum())
        if group in self.trees:
            trees: Trees = self.trees[group]  # type: ignore[assignment]
            mixed = trees.mix(layers)
            inside, heads = _frame(items, mixed.shape[1])
            guess = trees.scores(mixed, inside).argmax(-1)
            labels = trees.relation(_pairs(mixed, guess)).argmax(-1)
            attached, known = guess == heads, heads != IGNORED
            target = self._target(group, "deprel", items, mixed.shape[1] - 1)
            found["uas"] = int((attached & known).sum()), int(known.sum())
            found["las"] = int((attached & known & (labels == target)).sum()), int(known.sum())
        return found


def _frame(items: Sequence[Item], width: int) -> tuple[Tensor, Tensor]:
    inside = torch.zeros(len(items), width, dtype=torch.bool)
    heads = torch.full((len(items), width - 1), IGNORED)
    for row, item in enumerate(items):
        inside[row, : len(item.words) + 1] = True
        heads[row, : len(item.words)] = torch.tensor(item.heads)
    return inside, heads


def _pairs(states: Tensor, heads: Tensor) -> Tensor:
    """(rows, words, 2 hidden): each word beside its head."""
    above = states.gather(1, heads[:, :, None].expand(-1, -1, states.shape[-1]))
    return torch.cat([states[:, 1:], above], -1)
