"""What the shipped pipeline makes of annotated articles, in the scorer's form: one run, many figures."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from rich.console import Console

from arahan.settings import Settings
from arahan.types import Extraction
from pipeline.directives import extract
from pipeline.directives.confidence import Confidence
from pipeline.output.assemble import assemble

Row = dict[str, Any]
Call = tuple[tuple[Any, ...], Mapping[str, Any]]
SURE = 0.5
FIELDS = ("id", "title", "text", "date", "url", "outlet")


@dataclass(frozen=True, slots=True)
class Reading:
    """Annotated articles and what was found in them.

    `found` and `officials` hold the rows of the dataset by article id. `calls` are the arguments that `extract.extraction`
    got for each article, so that what follows the models can be run again with a part of it changed. `sure_rows`: how many
    records the main job leaves with `--min-confidence SURE`, None when it was not asked.
    """

    name: str
    articles: Sequence[Row]
    found: Mapping[str, list[Row]]
    officials: Mapping[str, list[Row]]
    calls: Sequence[Call] = ()
    version: str = ""
    sure_rows: int | None = None


def shipped(name: str, articles: Sequence[Row], scorer: ModuleType, settings: Settings, console: Console) -> Reading:
    """The main job over `articles`, read back from its output as the scorer reads it; then once more, for the sure records only.

    The second run takes up the work of the first, so no model runs twice.
    """
    from pipeline.jobs.run import run

    with tempfile.TemporaryDirectory() as folder, recorded() as calls:
        source, output = Path(folder) / "articles.jsonl", Path(folder) / "out"
        lines = (json.dumps({key: article.get(key, "") for key in FIELDS}) for article in articles)
        source.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        run(source, output, settings, console=console)
        found, officials = scorer.load_pred(str(output))
        version = json.loads((output / "run.json").read_text(encoding="utf-8")).get("extractor", "")
        sure = run(source, output, replace(settings, min_confidence=SURE), console=Console(quiet=True)).rows["directives"]
    return Reading(name, articles, found, officials, tuple(calls), version, sure)


@contextmanager
def recorded() -> Iterator[list[Call]]:
    """The calls of `extract.extraction` while the block lasts; they work as ever."""
    calls: list[Call] = []
    original: Callable[..., Extraction] = extract.extraction

    def record(*args: Any, **kwargs: Any) -> Extraction:  # noqa: ANN401
        calls.append((args, kwargs))
        return original(*args, **kwargs)

    with patch.object(extract, "extraction", record):
        yield calls


def replayed(
    reading: Reading, change: Callable[[Any], Any] = lambda annotated: annotated, confidence: Confidence | None = None
) -> Reading:
    """The reading that the same annotations give now, each first put through `change`, with another `confidence` if given."""
    extractions = [
        extract.extraction(change(args[0]), *((confidence,) if confidence else args[1:]), **kwargs)
        for args, kwargs in reading.calls
    ]
    return as_reading(reading, extractions)


def as_reading(reading: Reading, extractions: Sequence[Extraction]) -> Reading:
    """`reading` with the rows of other extractions of its articles."""
    tables = assemble(extractions, reading.version).tables
    found, officials = (by_article(tables[name].to_pylist()) for name in ("directives", "officials"))
    return Reading(reading.name, reading.articles, found, officials)


def by_article(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    """Rows by their article."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[str(row["article_id"])].append(row)
    return found


def at_least(reading: Reading, confidence: float) -> Reading:
    """What `--min-confidence` leaves."""
    kept = {key: [row for row in rows if row["confidence"] >= confidence] for key, rows in reading.found.items()}
    return Reading(reading.name, reading.articles, kept, reading.officials)
