"""Figures of the Stanza packages by Universal Dependencies' own evaluation, raw text in.

    python -m models.training.stanza_eval --data ../shared/data

The text handed to the pipeline is the test sentences in order, a space between them, without any mark of a sentence's end.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import stanza
from stanza.pipeline.core import DownloadMethod
from udtools.udeval import evaluate, load_conllu_file  # type: ignore[import-untyped]

from models.runtime.foundation import foundation_cache
from models.training.treebanks import Sentence, raw_text, read_conllu, write_conllu

MODEL_DIR = Path(__file__).resolve().parent.parent
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse")
METRICS = ("Tokens", "Sentences", "Words", "UPOS", "XPOS", "UFeats", "Lemmas", "UAS", "LAS")
TESTS = {"csui": "id_csui-ud-test.conllu", "gsd": "id_gsd-ud-test.conllu"}


def load_pipeline(package: str, models: Path = MODEL_DIR, processors: tuple[str, ...] = PROCESSORS) -> stanza.Pipeline:
    """The package with one shared encoder, without network."""
    return stanza.Pipeline(
        "id",
        dir=str(models),
        package=None,
        processors=dict.fromkeys(processors, package),
        download_method=DownloadMethod.NONE,
        foundation_cache=foundation_cache(),
        use_gpu=False,
        verbose=False,
    )


def figures_on(gold: list[Sentence], pipeline: stanza.Pipeline) -> dict[str, float]:
    """F1 in percent of each metric on gold sentences, from their raw text."""
    with tempfile.TemporaryDirectory() as folder:
        gold_path, system_path = Path(folder) / "gold.conllu", Path(folder) / "system.conllu"
        write_conllu(gold, gold_path)
        system_path.write_text(f"{pipeline(raw_text(gold)):C}\n\n", encoding="utf-8")
        scores = evaluate(load_conllu_file(str(gold_path)), load_conllu_file(str(system_path)))
    return {metric: round(100 * scores[metric].f1, 2) for metric in METRICS}


def stanza_figures(data: Path, packages: tuple[str, ...] = tuple(TESTS), models: Path = MODEL_DIR) -> dict[str, dict[str, float]]:
    """Figures of each package on the test part of its treebank under DATA/ud."""
    return {
        package: figures_on(read_conllu(data / "ud" / TESTS[package]), load_pipeline(package, models)) for package in packages
    }


def main() -> None:
    """Command line; see the module."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=Path("../shared/data"))
    options.add_argument("--models", type=Path, default=MODEL_DIR)
    options.add_argument("--packages", nargs="*", default=["csui", "gsd"])
    arguments = options.parse_args()
    print(json.dumps(stanza_figures(arguments.data, tuple(arguments.packages), arguments.models), indent=1))


if __name__ == "__main__":
    main()
