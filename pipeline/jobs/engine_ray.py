"""Batches of articles through extractors on Ray: on the cluster of RAY_ADDRESS, else on one that this run starts and ends.

Every machine of a cluster needs this version of Arahan, and the models at the same path.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from types import ModuleType
from typing import Any

from arahan.errors import ArahanError
from arahan.settings import Settings
from pipeline.jobs.engine import Batch, Done, Worker

AHEAD = 2  # batches that wait for each worker
OBJECTS_BYTES = 256 * 2**20
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}  # it would report home, and warn


class Remote(Worker):
    """What runs in a process of Ray."""

    def ready(self) -> None:
        """Answers once the cluster has a processor for this worker."""


def run_ray(batches: Iterable[Batch], settings: Settings, version: str) -> Iterator[Done]:
    """Every batch, in any order, by `settings.workers` processes; without a batch no cluster is asked."""
    ray, some = imported(), iter(batches)
    first = next(some, None)
    if first is None:
        return
    started = not ray.is_initialized()
    if started:
        _start(ray, settings.workers)
    try:
        yield from _results(ray, chain([first], some), settings, version)
    except ray.exceptions.RayTaskError as error:
        named = isinstance(error.cause, ArahanError)
        raise (error.cause if named else ArahanError(f"a worker of Ray failed: {error.cause}")) from error
    except ray.exceptions.RayError as error:
        message = f"a worker of Ray died (out of memory?); what is done is kept: run again, with fewer workers ({error})"
        raise ArahanError(message) from error
    finally:
        if started:
            ray.shutdown()


def imported() -> ModuleType:
    """The package, told not to report home. Raises ArahanError when it is not installed."""
    os.environ.update({name: value for name, value in QUIET.items() if name not in os.environ})
    try:
        import ray
    except ImportError as error:
        raise ArahanError("--engine ray needs the extra ray: .venv/bin/pip install -e '.[ray]'") from error
    return ray


def _start(ray: ModuleType, workers: int) -> None:
    """Join the cluster of RAY_ADDRESS, or start one of as many processors as there are workers."""
    own = {"address": "local", "num_cpus": workers, "object_store_memory": OBJECTS_BYTES}
    try:
        where = {} if os.environ.get("RAY_ADDRESS") else own
        ray.init(include_dashboard=False, log_to_driver=False, logging_level="error", **where)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise ArahanError(f"no cluster of Ray can be used: {error}") from error


def _results(ray: ModuleType, batches: Iterator[Batch], settings: Settings, version: str) -> Iterator[Done]:
    """Results as they come. Only a worker that has its processor is given batches, so that a small or busy cluster does the
    work with fewer; whose batch is done gets the next, so that no more are read ahead than can wait.
    """
    workers = [ray.remote(Remote).options(num_cpus=1).remote(settings, version) for _ in range(settings.workers)]
    coming, working = {worker.ready.remote(): worker for worker in workers}, dict[Any, Any]()
    while coming or working:
        (ready,), _ = ray.wait([*working, *coming], num_returns=1)
        worker = coming.pop(ready, None)
        given = list(islice(batches, 1 if worker is None else AHEAD))
        worker = worker or working.pop(ready)
        result = ray.get(ready)
        working |= {worker.work.remote(batch): worker for batch in given}
        if result is not None:
            yield result
        if not working and not given:
            return
