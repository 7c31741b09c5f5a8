"""The directive model for training: the encoder with token, sentence and argument heads.

At run time the encoder runs in onnxruntime and the heads in numpy (models/runtime/heads.py); the names of the heads'
tensors are shared between the two.
"""

from __future__ import annotations

import torch
from torch import nn
from transformers import BertModel

from arahan.types import KINDS
from models.runtime import labels
from models.runtime.heads import PAIR_SIZE
from models.runtime.looks import core_pieces
from models.training.directive_data import IGNORED, Example

TOKEN_LABELS = sum(len(names) for names in labels.TOKEN_HEADS.values())


class DirectiveModel(nn.Module):
    """Heads over the encoder's last states; see `losses` for what each learns."""

    def __init__(self, encoder: BertModel, dropout: float = 0.1) -> None:
        super().__init__()
        h = encoder.config.hidden_size
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.token_hidden = nn.Linear(h, h)
        self.token_out = nn.Linear(h, TOKEN_LABELS)
        self.pool = nn.Linear(h, len(KINDS))
        self.sentence_out = nn.Linear(h, len(KINDS))
        self.query = nn.Linear(2 * h, len(labels.ROLES) * PAIR_SIZE)
        self.key = nn.Linear(h, len(labels.ROLES) * PAIR_SIZE)
        self.pair_bias = nn.Parameter(torch.full((len(labels.ROLES),), -3.0))
        self.kind_out = nn.Linear(2 * h, len(KINDS))
        # a further task of the training; not exported, since vocabulary tells sectors better (pipeline/directives/sectors.py)
        self.sector_hidden = nn.Linear(3 * h, h)
        self.sector_out = nn.Linear(h, len(labels.SECTORS))

    def states(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """(batch, pieces, hidden)."""
        states: torch.Tensor = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return states

    def token_logits(self, states: torch.Tensor) -> dict[str, torch.Tensor]:
        """One (..., labels) tensor a token head."""
        hidden = nn.functional.gelu(self.token_hidden(self.dropout(states)))
        split = torch.split(self.token_out(hidden), [len(n) for n in labels.TOKEN_HEADS.values()], dim=-1)
        return dict(zip(labels.TOKEN_HEADS, split, strict=True))

    def sentence_logits(self, states: torch.Tensor) -> torch.Tensor:
        """Kinds of one sentence, (kinds,), each with its own attention over the sentence's pieces, (pieces, hidden)."""
        weights = torch.softmax(self.pool(states), dim=0)
        logits: torch.Tensor = (weights * self.sentence_out(states)).sum(0)
        return logits

    def action_state(self, states: torch.Tensor, pieces: list[int], sentence: list[int]) -> torch.Tensor:
        """(2 hidden,): the means over the action's and over its sentence's pieces."""
        return torch.cat([states[pieces].mean(0), states[sentence].mean(0)])

    def pair_logits(self, action: torch.Tensor, states: torch.Tensor) -> torch.Tensor:
        """(roles, pieces): whether each piece belongs to each argument of the action."""
        q = self.query(action).view(len(labels.ROLES), PAIR_SIZE)
        k = self.key(states).view(-1, len(labels.ROLES), PAIR_SIZE)
        logits: torch.Tensor = torch.einsum("rd,prd->rp", q, k) / PAIR_SIZE**0.5 + self.pair_bias[:, None]
        return logits

    def sector_logits(self, action: torch.Tensor, title: torch.Tensor) -> torch.Tensor:
        """(sectors,) from the action and the window's first piece."""
        logits: torch.Tensor = self.sector_out(nn.functional.gelu(self.sector_hidden(torch.cat([action, title]))))
        return logits

    def losses(self, batch: list[Example], states: torch.Tensor) -> dict[str, torch.Tensor]:
        """Summed losses of a batch by what they teach."""
        zero = states.sum() * 0
        total = dict.fromkeys(("tokens", "sentences", "kinds", "arguments", "sectors"), zero)
        logits = self.token_logits(states)
        for head, values in logits.items():
            target = torch.full(values.shape[:2], IGNORED)
            for row, item in enumerate(batch):
                target[row, : len(item.window.ids)] = torch.tensor(item.tokens[head])
            total["tokens"] = total["tokens"] + nn.functional.cross_entropy(
                values.float().flatten(0, 1), target.flatten(), ignore_index=IGNORED, reduction="sum"
            ) * (2.0 if head == "action" else 0.5)
        for row, item in enumerate(batch):
            self._sentence_losses(item, states[row], total)
        return total

    def _sentence_losses(self, item: Example, states: torch.Tensor, total: dict[str, torch.Tensor]) -> None:
        bce = nn.functional.binary_cross_entropy_with_logits
        pieces_of = core_pieces(item.window)
        for sentence, kinds in item.kinds.items():
            logits = self.sentence_logits(states[pieces_of[sentence]]).float()
            total["sentences"] = total["sentences"] + bce(logits, torch.tensor(kinds), reduction="sum")
        for query in item.queries:
            action = self.action_state(states, query.pieces, pieces_of[query.sentence])
            known = query.arguments != IGNORED
            pairs = self.pair_logits(action, states[: known.shape[1]]).float()
            total["arguments"] = total["arguments"] + bce(pairs[known], query.arguments[known], reduction="sum")
            kind = self.kind_out(self.dropout(action)).float()[None]
            total["kinds"] = total["kinds"] + nn.functional.cross_entropy(kind, torch.tensor([query.kind]))
            target = torch.zeros(len(labels.SECTORS))
            target[query.sectors] = 1
            sectors = self.sector_logits(self.dropout(action), states[0]).float()
            total["sectors"] = total["sectors"] + bce(sectors, target, reduction="sum")
