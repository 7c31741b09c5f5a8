"""Train the directive model.

    python -m models.training.directive --data ../shared/data --hold-out 8 --more samples/gold.jsonl

`--reading close` trains the second model, which reads one sentence with what surrounds it (models/runtime/windows.py). Writes
`model.pt` after every epoch and goes on from it; `--hold-out N` keeps each N-th article of bench/train.jsonl (by a hash of its
id) out of training, for choosing thresholds and calibrating the confidence. Under `python -m torch.distributed.run
--standalone --nproc-per-node 2 -m models.training.directive` each process takes its share of the batches.
"""

from __future__ import annotations

import argparse
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import distributed

from models.runtime.windows import close_windows, windows
from models.training import directive_data
from models.training.adapt import load
from models.training.annotations import benchmark, contrasts, more
from models.training.directive_data import Annotated
from models.training.directive_loop import Pool, train
from models.training.directive_model import DirectiveModel

SEED = 13
SOURCES = ("benchmark", "own", "contrasts")
EMPTY_SHARES = {  # windows without a directive in an epoch, by source; those of the contrasts are half their lesson
    "wide": dict(zip(SOURCES, (0.25, 0.25, 1.0), strict=True)),
    "close": dict(zip(SOURCES, (0.5, 0.2, 0.8), strict=True)),
}
CUTS: dict[str, directive_data.Cut] = {"wide": windows, "close": close_windows}


def held_out(article: Annotated, every: int) -> bool:
    """Whether the article belongs to the part that is kept out of training."""
    return every > 0 and int(hashlib.sha256(article["id"].encode()).hexdigest(), 16) % every == 0


def parser() -> argparse.ArgumentParser:
    """Options, shared with the evaluation."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--more", type=Path, nargs="*", default=[], help="further annotated JSON Lines")
    p.add_argument("--encoder", type=Path, default=Path("build/encoder-joint"))
    p.add_argument("--out", type=Path, help="default: build/directive-READING")
    p.add_argument("--initial", type=Path, help="weights of an earlier training to go on from")
    p.add_argument("--reading", choices=sorted(CUTS), default="wide")
    p.add_argument("--hold-out", type=int, default=0)
    p.add_argument("--sources", nargs="+", choices=SOURCES, default=SOURCES, help="what to learn from, beside --more")
    p.add_argument("--epochs", type=int, default=3)
    p.add_argument("--pieces", type=int, default=1500, help="padded pieces a batch")
    p.add_argument("--rate", type=float, default=1.3e-4)
    p.add_argument("--head-rate", type=float, default=1e-3)
    p.add_argument("--seed", type=int, default=SEED)
    return p


def sources(o: argparse.Namespace) -> dict[str, list[Annotated]]:
    """The annotated articles of each source in `o.sources`, without those held out; `o.more` counts as our own."""
    readers: dict[str, Callable[[], list[Annotated]]] = {
        "benchmark": lambda: [a for a in benchmark(o.data) if not held_out(a, o.hold_out)],
        "own": lambda: more(o.data),
        "contrasts": contrasts,
    }
    found = {source: readers[source]() for source in SOURCES if source in o.sources}
    found["own"] = [*found.get("own", []), *(a for path in o.more for a in directive_data.read(path))]
    return found


def main() -> None:
    """Command line."""
    o = parser().parse_args()
    o.out = o.out or Path(f"build/directive-{o.reading}")
    if "WORLD_SIZE" in os.environ:
        distributed.init_process_group("gloo")
    o.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(o.encoder / "tokenizer.json"))
    articles = sources(o)
    shares = EMPTY_SHARES[o.reading]
    pools = [Pool(directive_data.examples(a, tokenizer, CUTS[o.reading]), shares[source]) for source, a in articles.items()]
    for pool in pools:
        queries = sum(len(e.queries) for e in pool.items)
        print(f"{len(pool.items)} windows, {queries} directives", flush=True)
    torch.manual_seed(o.seed)
    model = DirectiveModel(load(o.encoder))
    if o.initial:
        model.load_state_dict(torch.load(o.initial, weights_only=True))
    train(model, pools, o, int(tokenizer.token_to_id("<mask>") or 0))
    if distributed.is_initialized():
        distributed.destroy_process_group()


if __name__ == "__main__":
    main()
