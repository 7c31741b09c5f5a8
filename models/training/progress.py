"""One line a report, for trainings whose output goes to a file."""

from __future__ import annotations

import time

_started: dict[str, float] = {}


def report(name: str, done: int, of: int, **figures: float | None) -> None:
    """Print `name`, the share done, the seconds so far and the figures that are not None."""
    seconds = time.monotonic() - _started.setdefault(name, time.monotonic())
    shown = "  ".join(f"{key} {value:.4f}" for key, value in figures.items() if value is not None)
    print(f"{name}  {done}/{of}  {seconds:.0f} s  {shown}", flush=True)
