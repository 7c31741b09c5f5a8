"""Train the entity recogniser of the Indonesian Stanza package: PERSON ROLE ORG REGION SECTOR TARGET DATE MONEY.

    python -m models.training.entities --data ../shared/data

Each step is kept in build/entities and not repeated: a first head on NERGrit's three classes; its names on the silver
sentences; a second head on gold and silver, with an adapter of the encoder; its names on more silver; from them the
third, which ships.
models/id/ner/README.md says what is labelled how.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from stanza.models.common.foundation_cache import BertRecord

from models.training import entities_data, entities_head
from models.training.entities_data import Marked, held_out_gold
from models.training.features import encoder_record, remember
from models.training.stanza_package import finish

MODEL_DIR = Path(__file__).resolve().parent.parent
OUT = MODEL_DIR / "id/ner/arahan.pt"
HELD_OUT_EVERY = 28
SILVER = {"bench": 3600, "nerp": 2200}
FIRST_STEPS = 360
ROWS_A_PASS = 256


@dataclass(frozen=True)
class Round:
    """A training with an adapter: steps of Stanza's trainer, and between two evaluations; how often it takes each gold sentence,
    how many sentences of the treebank.
    """

    name: str
    steps: int
    interval: int
    gold_copies: int
    treebank: int


ROUNDS = (Round("second", 1300, 325, 3, 2000), Round("third", 1500, 500, 5, 4400))


def first_head(data: Path, work: Path, record: BertRecord, steps: int = FIRST_STEPS) -> Path:
    """A head for NERGrit's three classes alone."""
    out = work / "first.pt"
    if not out.exists():
        train, held = held_out_gold(entities_data.nergrit(data, "train"))
        remember(record, [s.words for s in [*train, *held]], work / "features.pt", ROWS_A_PASS)
        made = work / "gold.train.json", work / "gold.dev.json", work / "first.part"
        entities_head.write_json(train, made[0])
        entities_head.write_json(held, made[1])
        entities_head.train(record, entities_head.arguments(*made, steps, 60, adapted=False))
        (work / "first.part").rename(out)
    return out


def sources(data: Path, of_treebank: int) -> tuple[dict[str, list[Marked]], list[Marked]]:
    """The silver sentences by source, and those of the annotated articles that are held out."""
    articles = entities_data.bench(data)
    held = articles[::HELD_OUT_EVERY]
    kept = [article for i, article in enumerate(articles) if i % HELD_OUT_EVERY]
    found = {
        "bench": [item for article in kept for item in article],
        "nerp": entities_data.nerp(data, entities_data.case_table(data)),
        "treebank": entities_data.treebank(data),
    }
    drawn = {name: entities_data.drawn(items, SILVER.get(name, of_treebank)) for name, items in found.items()}
    drawn["goals"] = [item for item in found["bench"] if any(tag == "TARGET" for _, _, tag in item.spans)]
    return drawn, entities_data.short(item for article in held for item in article)


def tagged_by(head: Path, items: dict[str, list[Marked]], work: Path, record: BertRecord) -> dict[str, list[list[str]]]:
    """A head's tags of the silver sentences."""
    out = work / f"{head.stem}.tags.json"
    if not out.exists():
        tagger = entities_head.load(head, record)
        tags = {name: entities_head.predict(tagger, [item.sentence.words for item in group]) for name, group in items.items()}
        out.write_text(json.dumps(tags), encoding="utf-8")
    found: dict[str, list[list[str]]] = json.loads(out.read_text(encoding="utf-8"))
    return found


def files(data: Path, work: Path, head: Path, record: BertRecord, to: Round) -> tuple[Path, Path]:
    """Training and held-out file of a round, all eight classes, with a head's names on the silver sentences."""
    groups, held = sources(data, to.treebank)
    predicted = tagged_by(head, {**groups, "held": held}, work, record)
    gold, gold_held = held_out_gold([entities_data.completed(s) for s in entities_data.nergrit(data, "train")])
    silver = [s for name, items in groups.items() for s in entities_data.silver(items, predicted[name], name == "treebank")]
    made = work / f"{head.stem}.train.json", work / f"{head.stem}.dev.json"
    entities_head.write_json([*gold * to.gold_copies, *silver], made[0])
    entities_head.write_json([*gold_held, *entities_data.silver(held, predicted["held"])], made[1])
    return made


def build(
    data: Path, encoder: Path, work: Path, out: Path, rounds: Sequence[Round] = ROUNDS, first_steps: int = FIRST_STEPS,
    extra: Sequence[str] = (),
) -> Path:  # fmt: skip
    """All steps; returns the weight file."""
    work.mkdir(parents=True, exist_ok=True)
    record = encoder_record(encoder, work / "features.pt")
    head = first_head(data, work, record, first_steps)
    for each in rounds:
        teacher, head = head, work / f"{each.name}.pt"
        if not head.exists():
            made, part = files(data, work, teacher, record, each), head.with_suffix(".part")
            options = entities_head.arguments(*made, part, each.steps, each.interval, adapted=True)
            entities_head.train(entities_head.trainable(encoder), [*options, *extra])
            part.rename(head)
    finish(head, out)
    return out


def main() -> None:
    """Command line; see the module."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=Path("../shared/data"))
    options.add_argument("--encoder", type=Path, default=MODEL_DIR / "encoder")
    options.add_argument("--work", type=Path, default=Path("build/entities"))
    options.add_argument("--out", type=Path, default=OUT)
    options.add_argument("--again", action="store_true", help="train even where the model exists")
    arguments, extra = options.parse_known_args()
    if arguments.out.exists() and not arguments.again:
        print(f"{arguments.out} exists; --again trains it anew")
        return
    torch.manual_seed(int(entities_head.SEED))
    build(arguments.data, arguments.encoder, arguments.work, arguments.out, extra=extra)


if __name__ == "__main__":
    main()
