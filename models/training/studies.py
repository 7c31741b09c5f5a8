"""Trainings of a few minutes that tell what the benchmark's articles teach: without one group of outlets, and with fewer of them.

    python -m torch.distributed.run --standalone --nproc-per-node 2 -m models.training.studies --data ../shared/data --hold-out 8
    python -m models.training.studies_tables --data ../shared/data --hold-out 8

Each is a training of the close reading alone and begins from weights that have read no real article: the joint encoder, then an
epoch of invented releases and contrasting passages ("base"). Then comes an epoch of the part of the benchmark that the study
allows. Finished trainings stay in build/studies; the second command measures them.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from copy import copy
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import distributed

from models.runtime.windows import close_windows
from models.training import directive, directive_data, directive_loop
from models.training.adapt import load
from models.training.annotations import FOLDER, benchmark, contrasts
from models.training.directive import EMPTY_SHARES, held_out
from models.training.directive_data import Annotated
from models.training.directive_model import DirectiveModel
from models.training.outlets import group

SHARES = (8, 4, 2)  # for the learning curve the benchmark's part is one of so many
WHOLE = "whole"


def without(name: str) -> str:
    """The study that leaves a group of outlets out."""
    return f"without {name}"


def share(of: int) -> str:
    """The study that reads one article of so many."""
    return f"one of {of}"


def parts(o: argparse.Namespace) -> tuple[Mapping[str, list[Annotated]], list[Annotated]]:
    """What each study reads of the benchmark, and the articles held out of all of them."""
    articles = benchmark(o.data)
    learn = [a for a in articles if not held_out(a, o.hold_out)]
    test = [a for a in articles if held_out(a, o.hold_out)]
    left = {without(name): [a for a in learn if group(a) != name] for name in sorted({group(a) for a in test})}
    return {WHOLE: learn, **left, **{share(of): learn[::of] for of in SHARES}}, test


def folder(o: argparse.Namespace, name: str) -> Path:
    """Where a study's weights are."""
    return Path(o.out or "build/studies") / name.replace(" ", "-").replace("'", "")


def train(o: argparse.Namespace, name: str, articles: Mapping[str, list[Annotated]], rate: float, head_rate: float) -> None:
    """An epoch of the articles by source, from the base's weights but for the base itself; nothing if that is done."""
    given = copy(o)
    given.out, given.rate, given.head_rate, given.epochs = folder(o, name), rate, head_rate, 1
    if (given.out / "model.pt").exists():
        return
    given.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(o.encoder / "tokenizer.json"))
    pools = [
        directive_loop.Pool(directive_data.examples(rows, tokenizer, close_windows), EMPTY_SHARES["close"][source])
        for source, rows in articles.items()
    ]
    torch.manual_seed(o.seed)
    model = DirectiveModel(load(o.encoder))
    if name != "base":
        model.load_state_dict(torch.load(folder(o, "base") / "model.pt", weights_only=True))
    mask_id = int(tokenizer.token_to_id("<mask>") or 0)
    print(name, flush=True)
    directive_loop.train(model, pools, given, mask_id)
    (given.out / "state.pt").unlink(missing_ok=True)
    if distributed.is_initialized():
        distributed.barrier()


def main() -> None:
    """Command line."""
    o = directive.parser().parse_args()
    if "WORLD_SIZE" in os.environ:
        distributed.init_process_group("gloo")
    invented = [a for path in sorted(FOLDER.glob("invented*.jsonl")) for a in directive_data.read(path)]
    train(o, "base", {"own": invented, "contrasts": contrasts()}, 1.3e-4, 1e-3)
    for name, articles in parts(o)[0].items():
        train(o, name, {"benchmark": articles}, 8e-5, 5e-4)
    if distributed.is_initialized():
        distributed.destroy_process_group()


if __name__ == "__main__":
    main()
