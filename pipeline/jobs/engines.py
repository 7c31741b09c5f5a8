"""The engines by name."""

from __future__ import annotations

from arahan.errors import ArahanError
from pipeline.jobs.engine import Engine, run_local
from pipeline.jobs.engine_ray import run_ray

ENGINES: dict[str, Engine] = {"local": run_local, "ray": run_ray}


def engine_named(name: str) -> Engine:
    """What runs the batches. Raises ArahanError for an unknown name."""
    if name not in ENGINES:
        raise ArahanError(f"no engine is called {name!r}; there are {', '.join(ENGINES)}")
    return ENGINES[name]
