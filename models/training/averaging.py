"""Let Stanza's tagger and parser predict and be saved with a running average of their weights.

The held-out sentences are few, so that the best single step is chosen by luck; the average changes slowly and is better than
any one step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any
from weakref import WeakKeyDictionary

import torch
from torch import nn

from models.training.cheap_steps import TRAINERS

DECAY = 0.99
WARM_UP = 10

StanzaTrainer = Any  # untyped


class Average:
    """Running averages of a module's trained parameters: each step counts 1 - DECAY, at first more."""

    def __init__(self, module: nn.Module) -> None:
        self._values = {name: value.detach().clone() for name, value in _trained(module)}
        self._steps = 0

    @torch.no_grad()
    def update(self, module: nn.Module) -> None:
        """Take in the weights after one more step."""
        self._steps += 1
        decay = min(DECAY, self._steps / (WARM_UP + self._steps))
        for name, value in _trained(module):
            self._values[name].lerp_(value, 1 - decay)

    @contextmanager
    def inside(self, module: nn.Module) -> Iterator[None]:
        """The module with the averages as its weights."""
        self._exchange(module)
        try:
            yield
        finally:
            self._exchange(module)

    def _exchange(self, module: nn.Module) -> None:
        for name, value in _trained(module):
            value.data, self._values[name] = self._values[name], value.data


def _trained(module: nn.Module) -> list[tuple[str, nn.Parameter]]:
    return [(name, value) for name, value in module.named_parameters() if value.requires_grad]


@contextmanager
def averaged_weights() -> Iterator[None]:
    """Inside, the trainers predict and save with averages; a checkpoint with the optimiser keeps the weights themselves."""
    averages: WeakKeyDictionary[nn.Module, Average] = WeakKeyDictionary()

    def updating(update: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(update)
        def wrapped(trainer: StanzaTrainer, *args: object, **options: object) -> object:
            average = averages.get(trainer.model) or averages.setdefault(trainer.model, Average(trainer.model))
            result = update(trainer, *args, **options)
            average.update(trainer.model)
            return result

        return wrapped

    def averaging(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def wrapped(trainer: StanzaTrainer, *args: object, **options: object) -> object:
            if trainer.model not in averages or options.get("save_optimizer"):
                return method(trainer, *args, **options)
            with averages[trainer.model].inside(trainer.model):
                return method(trainer, *args, **options)

        return wrapped

    originals = [(trainer, name, getattr(trainer, name)) for trainer in TRAINERS for name in ("update", "predict", "save")]
    for trainer, name, original in originals:
        setattr(trainer, name, (updating if name == "update" else averaging)(original))
    try:
        yield
    finally:
        for trainer, name, original in originals:
            setattr(trainer, name, original)
