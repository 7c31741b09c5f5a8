"""docs/evaluation.md: what the shipped pipeline can and cannot do, measured by the benchmark's own scorer. Part of `make eval`.

    python -m tests.benchmarks.evaluation --data ../shared/data     # this page alone

Sections between `<!-- kept: NAME -->` and `<!-- end -->` are written by hand and stay when the page is written anew.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from rich.console import Console

from arahan.settings import Settings
from models.training import judge
from models.training.directive import held_out
from models.training.directive_data import read
from tests.benchmarks import ablations, baseline, cases, sections, written_figures
from tests.benchmarks.figures import Figures, error_by_chance, score
from tests.benchmarks.markdown import keep, kept
from tests.benchmarks.prose import APPROACHES, CONFIDENCE, ERRORS, HEAD, NOT_DONE, OUTLETS, SOURCES, UNREAD
from tests.benchmarks.readings import SURE, Reading, Row, at_least, shipped
from tests.benchmarks.sections import Part

PAGE = Path(__file__).resolve().parents[2] / "docs" / "evaluation.md"
HOLD_OUT = 8  # each eighth article of train.jsonl, as in `make train`
WRITTEN = ("approaches", "by_outlet", "ablation", "learning_curve")


@cache
def part(data: Path, name: str) -> Part:
    """The shipped pipeline on dev.jsonl ("dev") or on the articles of train.jsonl that it did not learn from ("held out").

    Read once, however often it is asked for.
    """
    console, scorer = Console(), judge.load(data)
    articles = read(data.parent / "bench" / "dev.jsonl") if name == "dev" else held(data)
    console.print(f"{name}: the main job over {len(articles)} articles", highlight=False)
    reading = shipped(name, articles, scorer, Settings(), console)
    return Part(scorer, reading, cases.cases(scorer, reading))


def held(data: Path) -> list[Row]:
    """The articles of train.jsonl that the model did not learn from."""
    return [a for a in read(data.parent / "bench" / "train.jsonl") if held_out(a, HOLD_OUT)]


def page(parts: tuple[Part, Part], trained_outlets: set[str], old: str, console: Console) -> str:
    """The whole document; hand-written sections are taken over from the `old` one."""
    by_hand = kept(old)
    return "\n".join(_sections(parts, trained_outlets, by_hand, console)).rstrip("\n") + "\n"


def _sections(parts: tuple[Part, Part], trained_outlets: set[str], by_hand: Mapping[str, str], console: Console) -> Iterator[str]:
    dev, held_part = parts
    yield HEAD.format(version=dev.reading.version or "unknown")
    yield sections.overall(parts)
    yield APPROACHES
    for each in parts:
        console.print(f"{each.reading.name}: approaches", highlight=False)
        yield f"On {each.reading.name}:\n\n" + sections.compared(approaches(each))
    yield f"Trained for the comparison:\n\n{written_figures.section('approaches')}"
    yield SOURCES
    for each in parts:
        yield f"On {each.reading.name}:\n\n" + sections.by_article(each, sections.releases)
        yield sections.by_article(each, lambda article: str(article.get("outlet", "")))
    yield OUTLETS
    yield sections.by_article(dev, lambda a: "outlet in train" if a["outlet"] in trained_outlets else "outlet not in train")
    yield f"Leave one outlet out:\n\n{written_figures.section('by_outlet')}"
    yield from _records(parts)
    yield from _confidence(parts)
    yield from _left_out(held_part, console)
    yield f"{ERRORS}\n{sections.outcomes(parts)}"
    yield "### Fifty errors, read\n\n" + keep("errors", by_hand.get("errors", UNREAD))
    for name in written_figures.others(WRITTEN):
        yield f"## {name.replace('_', ' ').capitalize()}\n\n{written_figures.section(name)}"
    yield NOT_DONE + keep("not-done", by_hand.get("not-done", ""))


def _records(parts: tuple[Part, Part]) -> Iterator[str]:
    for each in parts:
        name = each.reading.name
        yield f"## Kinds, ways of telling, lengths: {name}\n\nKinds that go together:\n\n{sections.kinds(each)}"
        yield f"How the act is told (by quotation marks and words of saying):\n\n{sections.manners(each)}"
        yield f"Words of the article:\n\n{sections.article_lengths(each)}"
        yield f"Words of the act:\n\n{sections.act_lengths(each)}"


def _confidence(parts: tuple[Part, Part]) -> Iterator[str]:
    yield CONFIDENCE
    for each in parts:
        mean, high = error_by_chance(each.confidences)
        yield (
            f"On {each.reading.name} the expected calibration error is **{each.calibration_error:.3f}** ({len(each.right)} "
            f"records; sought: 0.05 at most). On so few records a perfect confidence would show {mean:.3f} by chance, and more "
            f"than {high:.3f} once in twenty times.\n\n"
            f"{sections.confidence(each)}\n{sections.levels(each)}{_sure(each.reading)}"
        )


def _sure(reading: Reading) -> str:
    if reading.sure_rows is None:
        return ""
    filtered = sum(map(len, at_least(reading, SURE).found.values()))
    return f"\nThe main job with `--min-confidence {SURE}` wrote {reading.sure_rows} records; at or above it were {filtered}.\n"


def _left_out(part: Part, console: Console) -> Iterator[str]:
    console.print(f"{part.reading.name}: ablations", highlight=False)
    rows: dict[str, Figures | str] = {"as shipped": part.figures, **dict(ablations.measured(part.scorer, part.reading))}
    yield f"## What each part brings\n\nAfter the models, on {part.reading.name}, from the same annotations:\n"
    yield sections.compared(rows)
    yield f"Of the model itself:\n\n{written_figures.section('ablation')}"
    yield f"## Learning curve\n\n{written_figures.section('learning_curve')}"


def approaches(part: Part) -> dict[str, Figures | str]:
    """Figures of the rules alone and of what ships."""
    return {
        "cue lexicon alone": score(part.scorer, baseline.alone(part.reading)),
        ablations.LEXICON.name: ablations.figures_without(part.scorer, part.reading, ablations.LEXICON),
        "as shipped": part.figures,
    }


def write(data: Path, path: Path = PAGE) -> None:
    """Measure what is not measured yet and write the page."""
    parts = part(data, "dev"), part(data, "held out")
    outlets = {a["outlet"] for a in read(data.parent / "bench" / "train.jsonl")}
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(page(parts, outlets, old, Console()), encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=PAGE)
    o = parser.parse_args()
    write(o.data, o.out)


if __name__ == "__main__":
    main()
