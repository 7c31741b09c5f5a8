"""Train one model of the Indonesian Stanza package with Stanza's own trainer.

    python -m models.training.stanza_package --data ../shared/data --package csui --processor depparse

Without --package and --processor, all ten are trained. Writes models/id/PROCESSOR/PACKAGE.pt; what the trainer reads goes to
build/stanza/PACKAGE/PROCESSOR. A finished model is not trained again unless --again is given, and an interrupted parser goes on
from its checkpoint. Arguments that are not known here are handed to Stanza's trainer.
"""

from __future__ import annotations

import argparse
import shutil
from collections import OrderedDict
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import torch
from stanza.models import lemmatizer, mwt_expander, parser, tagger, tokenizer
from stanza.models.common.foundation_cache import BertRecord

from models.runtime.foundation import trainers_use
from models.training.averaging import averaged_weights
from models.training.cheap_steps import cheap_steps, tagger_starts_from
from models.training.features import encoder_record, remember
from models.training.stanza_data import WRITERS, load_treebanks
from models.training.stanza_options import ARGUMENTS
from models.training.treebanks import read_conllu

PACKAGES = ("csui", "gsd")
MODEL_DIR = Path(__file__).resolve().parent.parent
SEED = "1234"
ROWS_A_PASS = 128

TRAINERS: dict[str, Callable[[Sequence[str]], Any]] = {
    "tokenize": tokenizer.main,
    "mwt": mwt_expander.main,
    "lemma": lemmatizer.main,
    "pos": tagger.main,
    "depparse": parser.main,
}
HEADS = ("pos", "depparse")
SEEDS = {"csui": (SEED,), "gsd": (SEED, "4321")}  # a parser each, which decide together
SETTLE = ("--lr", "5e-4", "--max_steps", "350", "--eval_interval", "50")


def train(data: Path, package: str, processor: str, work: Path, encoder: Path, extra: Sequence[str] = ()) -> Path:
    """Write the training files, run Stanza's trainer and return the weight file in the work folder."""
    folder = work / package / processor
    folder.mkdir(parents=True, exist_ok=True)
    WRITERS[processor](load_treebanks(data), package, folder)
    language = ["--lang", "id"] if processor != "lemma" else []
    arguments = ["--shorthand", f"id_{package}", "--cpu", *language, *ARGUMENTS[processor](folder), *extra]
    if processor not in HEADS:
        TRAINERS[processor]([*arguments, *_saved(folder, SEED)])
        return folder / "model.pt"
    with trainers_use(training_record(encoder, folder, work / "features.pt")), cheap_steps(), averaged_weights():
        if processor == "pos":
            return _settled(processor, folder, folder, [*arguments, *_saved(folder, SEED)])
        seeds = {seed: [*arguments, *_saved(folder / seed, seed)] for seed in SEEDS[package]}
        made = [_settled(processor, folder, folder / seed, given) for seed, given in seeds.items()]
        return together(made, folder / "model.pt")


def _saved(folder: Path, seed: str) -> list[str]:
    return ["--save_dir", str(folder), "--save_name", "model.pt", "--seed", seed]


def _settled(processor: str, folder: Path, out: Path, arguments: Sequence[str]) -> Path:
    """Train with everything, then with the package's own sentences; what is finished is not repeated."""
    first, last = out / "first.pt", out / "last.pt"
    if not first.exists():
        TRAINERS[processor](list(arguments))
        (out / "model.pt").replace(first)
    if not last.exists():
        settle(processor, folder, first, arguments)
        (out / "model.pt").replace(last)
    return last


def settle(processor: str, folder: Path, first: Path, arguments: Sequence[str]) -> None:
    """Go on from the trained weights `first`, at a quarter of the rate, with little else than the package's own sentences."""
    if processor == "pos":
        ratios = "12;1" if folder.parent.name == "csui" else "12;1;0.05"
        with tagger_starts_from(first):
            tagger.main([*arguments, *SETTLE, "--train_ratios", ratios])
    else:
        own = ["--silver_file", f"{folder}/own.conllu", "--silver_weight", "20", "--continue_from", str(first)]
        parser.main([*arguments, *SETTLE, *own, "--no_checkpoint", "--no_second_optim"])


def together(made: Sequence[Path], out: Path) -> Path:
    """One file of parsers over the same files whose scores Stanza adds up; a parser alone stays as it is."""
    loaded = [torch.load(path, map_location="cpu", weights_only=True) for path in made]
    joint = loaded[0]
    if len(loaded) > 1:
        parts = {"params": [one["model"] for one in loaded], "args": [one["config"] for one in loaded]}
        config = {**joint["config"], "resolve_head_constraints": True}  # Stanza 1.15 mixes up an ensemble's labels without it
        joint = {**joint, "config": config, "model": {"num_models": len(loaded), **parts}, "model_type": "ensemble_graph"}
    torch.save(joint, out, _use_new_zipfile_serialization=False)
    return out


def training_record(encoder: Path, folder: Path, memory: Path) -> BertRecord:
    """The frozen encoder, its memory filled with every sentence of the folder's files; the file keeps it for the next model."""
    record = encoder_record(encoder, memory)
    read = (sentence for path in folder.glob("*.conllu") for sentence in read_conllu(path))
    remember(record, ([word.form for word in sentence.words] for sentence in read), memory, ROWS_A_PASS)
    return record


def finish(made: Path, target: Path) -> None:
    """Copy a trained model to its place, its float weights in half precision (they are loaded back into float32)."""
    checkpoint = torch.load(made, map_location="cpu", weights_only=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    torch.save(_halved(checkpoint), target, _use_new_zipfile_serialization=False)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB", flush=True)


def _halved(value: object) -> object:
    if isinstance(value, torch.Tensor):
        return value.to(torch.float16) if value.dtype == torch.float32 else value
    if isinstance(value, list):
        return [_halved(item) for item in value]
    if isinstance(value, dict):
        halved = {key: _halved(item) for key, item in value.items()}
        return type(value)(halved) if type(value) is OrderedDict else halved
    return value


def main() -> None:
    """Command line; see the module."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=Path("../shared/data"))
    options.add_argument("--package", choices=PACKAGES, nargs="+", default=list(PACKAGES))
    options.add_argument("--processor", choices=tuple(TRAINERS), nargs="+", default=list(TRAINERS))
    options.add_argument("--encoder", type=Path, default=MODEL_DIR / "encoder")
    options.add_argument("--work", type=Path, default=Path("build/stanza"))
    options.add_argument("--out", type=Path, default=MODEL_DIR / "id")
    options.add_argument("--again", action="store_true", help="train even where the model exists")
    arguments, extra = options.parse_known_args()
    for package, processor in product(arguments.package, arguments.processor):
        target = arguments.out / processor / f"{package}.pt"
        if target.exists() and not arguments.again:
            print(f"{target} exists; --again trains it anew", flush=True)
            continue
        if arguments.again:
            shutil.rmtree(arguments.work / package / processor, ignore_errors=True)
        finish(train(arguments.data, package, processor, arguments.work, arguments.encoder, extra), target)


if __name__ == "__main__":
    main()
