"""The engines by name."""

from __future__ import annotations

from arahan.errors import ArahanError
from pipeline.jobs.engine import Engine, run_local
from pipeline.jobs.engine_ray import imported, run_ray

ENGINES: dict[str, Engine] = {"local": run_local, "ray": run_ray}


def engine_named(name: str) -> Engine:
    """What runs the batches. Raises ArahanError for an unknown name, and for "ray" where that is not installed."""
    if name not in ENGINES:
        raise ArahanError(f"no engine is called {name!r}; there are {', '.join(ENGINES)}")
    if name == "ray":
        imported()
    return ENGINES[name]
