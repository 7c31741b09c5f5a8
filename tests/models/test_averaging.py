from __future__ import annotations

import pytest
import torch
from torch import nn

from models.training.averaging import Average


def test_the_average_follows_and_the_weights_come_back() -> None:
    layer = nn.Linear(1, 1, bias=False)
    layer.weight.data.fill_(0.0)
    average = Average(layer)
    for _ in range(400):
        layer.weight.data.fill_(1.0)
        average.update(layer)
    with average.inside(layer):
        assert 0.9 < layer.weight.item() < 1.0
    assert layer.weight.item() == 1.0


def test_early_steps_count_more_than_late_ones() -> None:
    layer = nn.Linear(1, 1, bias=False)
    layer.weight.data.fill_(0.0)
    average = Average(layer)
    layer.weight.data.fill_(1.0)
    average.update(layer)
    with average.inside(layer):
        assert layer.weight.item() > 0.5


def test_the_weights_come_back_after_an_error() -> None:
    layer = nn.Linear(2, 2)
    before = layer.weight.detach().clone()
    average = Average(layer)
    layer.weight.data.add_(1.0)
    with pytest.raises(RuntimeError, match="putus"), average.inside(layer):
        raise RuntimeError("putus")
    assert torch.equal(layer.weight, before + 1.0)


def test_frozen_weights_have_no_average() -> None:
    layer = nn.Linear(1, 1, bias=False).requires_grad_(False)
    average = Average(layer)
    layer.weight.fill_(3.0)
    average.update(layer)
    with average.inside(layer):
        assert layer.weight.item() == 3.0
