"""One process at a time writes an OUTPUT folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from arahan.errors import ArahanError, OutputInUse


@contextmanager
def exclusive(output: Path) -> Iterator[Path]:
    """Hold the lock of OUTPUT while the block lasts; gives the folder of its private files, OUTPUT/.run.

    Raises OutputInUse when another process holds it, ArahanError when OUTPUT cannot be written. The kernel gives the lock back
    when the process ends, however it ends.
    """
    private = output / ".run"
    with _lock_file(private) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise OutputInUse(f"{output} is being written by process {lock.read().strip() or 'unknown'}") from error
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield private


def _lock_file(private: Path) -> TextIO:
    try:
        private.mkdir(parents=True, exist_ok=True)
        return (private / "lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise ArahanError(f"{private.parent} cannot be written: {error.strerror or error}") from error
