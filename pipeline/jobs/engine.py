"""Batches of articles through an extractor, in this process or in several. The stage itself (`work`) knows no engine."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import wait as wait_for
from typing import Protocol

from arahan.errors import ArahanError
from arahan.settings import Settings
from arahan.types import Article, Extraction, Rejected
from pipeline.output.assemble import Assembled, assemble


class Extractor(Protocol):
    """Reads articles. The same batch gives the same result; one Extraction an article, in the order given.

    It may have `timings`, the seconds spent so far by stage.
    """

    def extract(self, articles: Sequence[Article]) -> list[Extraction]:
        """Everything found in each article."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles that are read together; `key` names their finished work, `places` are their numbers in the input."""

    key: str
    articles: tuple[Article, ...]
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Done:
    """A batch's rows and the seconds that its stages took."""

    batch: Batch
    assembled: Assembled
    seconds: Mapping[str, float]


class Engine(Protocol):
    """Works through batches, in any order. `version` goes into each row."""

    def __call__(self, batches: Iterable[Batch], settings: Settings, version: str) -> Iterator[Done]:
        """Each batch's rows as they come."""


def load_extractor(settings: Settings) -> tuple[Callable[[Settings], Extractor], str]:
    """The extractor's class and its module's version. Raises ArahanError when `settings.extractor` names none."""
    module_name, _, class_name = settings.extractor.partition(":")
    try:
        module = importlib.import_module(module_name)
        return getattr(module, class_name), str(module.extractor_version())
    except (ImportError, AttributeError, ValueError) as error:
        raise ArahanError(f"extractor {settings.extractor!r} cannot be used: {error}") from error


def work(batch: Batch, extractor: Extractor, version: str) -> Done:
    """One batch through extraction and assembly. An article that the extractor fails on is kept without directives."""
    before, start = dict(getattr(extractor, "timings", {})), time.perf_counter()
    extractions, failed = _extract(batch, extractor)
    middle = time.perf_counter()
    assembled = assemble(extractions, version, batch.places)
    seconds = {"extract": middle - start, "assemble": time.perf_counter() - middle}
    spent = {f"extract.{name}": s - before.get(name, 0.0) for name, s in getattr(extractor, "timings", {}).items()}
    return Done(batch, Assembled(assembled.tables, (*failed, *assembled.rejected)), seconds | spent)


def _extract(batch: Batch, extractor: Extractor) -> tuple[list[Extraction], list[Rejected]]:
    try:
        return extractor.extract(batch.articles), []
    except ArahanError:
        raise
    except Exception:  # one article must not cost the others
        single = [_extract_one(article, batch.places.get(article.id, 0), extractor) for article in batch.articles]
    return [extraction for extraction, _ in single], [fault for _, fault in single if fault]


def _extract_one(article: Article, place: int, extractor: Extractor) -> tuple[Extraction, Rejected | None]:
    try:
        return extractor.extract([article])[0], None
    except ArahanError:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        return Extraction(article, None, "", (), ()), Rejected(place, article.id, "ExtractionFailed", reason)


class Worker:
    """One extractor over any number of batches, loaded with the first: where it runs, its errors keep their names."""

    def __init__(self, settings: Settings, version: str) -> None:
        self._settings, self._version = settings, version
        self._extractor: Extractor | None = None

    def work(self, batch: Batch) -> Done:
        """One batch's rows."""
        self._extractor = self._extractor or load_extractor(self._settings)[0](self._settings)
        return work(batch, self._extractor, self._version)


def run_local(batches: Iterable[Batch], settings: Settings, version: str) -> Iterator[Done]:
    """Every batch, in any order; in this process when `settings.workers` is 1. `version` goes into each row."""
    if settings.workers == 1:
        yield from map(Worker(settings, version).work, batches)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(settings.workers, context, _start_worker, (settings, version)) as pool:
        try:
            yield from _in_flight(iter(batches), lambda batch: pool.submit(_work_here, batch), 2 * settings.workers)
        except BrokenProcessPool as error:
            message = "a worker process died (out of memory?); what is done is kept: run again, with fewer workers"
            raise ArahanError(message) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _in_flight(batches: Iterator[Batch], submit: Callable[[Batch], Future[Done]], limit: int) -> Iterator[Done]:
    """Results as they come, with no more than `limit` batches read ahead."""
    waiting = {submit(batch) for batch in islice(batches, limit)}
    while waiting:
        finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        waiting |= {submit(batch) for batch in islice(batches, len(finished))}
        yield from (future.result() for future in finished)


_worker: dict[str, Worker] = {}


def _start_worker(settings: Settings, version: str) -> None:
    """In a worker process: leave Ctrl-C to the parent, end when the parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=lambda: (wait_for([parent.sentinel]), os._exit(1)), daemon=True).start()
    _worker["own"] = Worker(settings, version)


def _work_here(batch: Batch) -> Done:
    return _worker["own"].work(batch)
