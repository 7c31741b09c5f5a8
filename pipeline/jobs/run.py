"""The main job: articles in, a dataset under OUTPUT out. Goes on from where a killed run stopped."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

import structlog
from rich.console import Console

from arahan.settings import Settings
from arahan.types import Article, Rejected
from pipeline.input.read import begun, read_articles
from pipeline.jobs.engine import Batch, Done, load_extractor
from pipeline.jobs.engines import engine_named
from pipeline.jobs.progress import Advance, expected_records, progress
from pipeline.jobs.report import full_version, report, write_report
from pipeline.output.identity import article_key, digest
from pipeline.output.store import Store, open_store

log = structlog.get_logger()


@dataclass(slots=True)
class Tally:
    """What a run has seen: keys of its batches in order, rejected records, counts, seconds by stage."""

    keys: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)

    def spend(self, seconds: Mapping[str, float]) -> None:
        """Add to the seconds by stage."""
        self.seconds = {name: self.seconds.get(name, 0.0) + seconds.get(name, 0.0) for name in {**self.seconds, **seconds}}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rows of each table, the rejected records, what was counted (`articles`, `reused`), what was put right in records.

    `saved` is where an old articles/ is kept that was not this run's input, "" when there was none.
    """

    rows: dict[str, int]
    rejected: tuple[Rejected, ...]
    counts: dict[str, int]
    notes: dict[str, int]
    saved: str = ""


def run(
    source: Path | Literal["-"],
    output: Path,
    settings: Settings,
    *,
    engine: str = "local",
    resume: bool = True,
    html: bool = False,
    console: Console | None = None,
) -> Outcome:
    """Extract `source` into `output`.

    Raises ArahanError (wrong use, OUTPUT in use, models missing) and KeyboardInterrupt; finished batches are kept then.
    """
    console, started, tally = console or Console(stderr=True), time.perf_counter(), Tally()
    run_batches, records = engine_named(engine), begun(read_articles(source, tally.notes))
    version = full_version(load_extractor(settings)[1], settings.models)
    with open_store(output) as store:
        if not resume:
            store.checkpoints.keep_only(())
        with progress(console, expected_records(source)) as advance:
            _extract(
                _batches(records, settings, version, tally),
                store,
                partial(run_batches, settings=settings, version=version),
                tally,
                advance,
            )
        before = time.perf_counter()
        rows = store.stage(tally.keys, tally.rejected, settings.min_confidence)
        if html or (output / "html").exists():
            from pipeline.output.html import write_pages  # spaCy takes a second to load

            write_pages(store.staging, store.staging / "html")
        tally.spend({"write": time.perf_counter() - before, "total": time.perf_counter() - started})
        counts = {**tally.counts, "rejected": len(tally.rejected), **{f"{name}_rows": n for name, n in rows.items()}}
        about = {"extractor": version, "engine": engine, "input": str(source), "notes": dict(tally.notes)}
        write_report(store.staging / "run.json", report(settings, counts, tally.seconds, **about))
        saved = store.commit(tally.keys, _must_keep(store, source, tally))
    return Outcome(rows, tuple(sorted(tally.rejected, key=lambda r: r.record)), dict(tally.counts), dict(tally.notes), saved)


def _batches(records: Iterable[Article | Rejected], settings: Settings, version: str, tally: Tally) -> Iterator[Batch]:
    """Batches whose bounds hang on the articles themselves, so that new articles in the input leave most batches as they were."""
    articles, keys, places, place = list[Article](), list[str](), dict[str, int](), 0
    for record in records:
        if isinstance(record, Rejected):
            tally.rejected.append(record)
            place = record.record
            continue
        place += 1
        articles.append(record)
        keys.append(article_key(record))
        places[record.id] = place
        if _full(articles, keys[-1], settings):
            yield Batch(digest((version, *keys), 32), tuple(articles), places)
            articles, keys, places = [], [], {}
    if articles:
        yield Batch(digest((version, *keys), 32), tuple(articles), places)


def _full(articles: list[Article], last_key: str, settings: Settings) -> bool:
    chance = int(last_key, 16) % settings.batch_articles == 0
    return chance or len(articles) >= 2 * settings.batch_articles or sum(len(a.text) for a in articles) >= settings.batch_chars


def _extract(
    batches: Iterable[Batch], store: Store, engine: Callable[[Iterable[Batch]], Iterator[Done]], tally: Tally, advance: Advance
) -> None:
    """Work through the batches that no earlier run finished."""

    def unfinished() -> Iterator[Batch]:
        for batch in batches:
            tally.keys.append(batch.key)
            tally.counts["articles"] += len(batch.articles)
            if batch.key not in store.checkpoints:
                yield batch
                continue
            tally.counts["reused"] += len(batch.articles)
            advance(len(batch.articles), fresh=False)

    for done in engine(unfinished()):
        store.checkpoints.save(done.batch.key, done.assembled)
        tally.rejected += done.assembled.rejected
        tally.spend(done.seconds)
        advance(len(done.batch.articles))
        log.debug("batch", key=done.batch.key, articles=len(done.batch.articles), seconds=round(done.seconds["extract"], 2))


def _must_keep(store: Store, source: Path | Literal["-"], tally: Tally) -> bool:
    """Whether the old articles/ holds something (scraped articles, say) that the new one does not."""
    own = source != "-" and source.resolve() in {store.output.resolve(), (store.output / "articles").resolve()}
    return store.articles_changed() and not (own and not tally.rejected)
