"""`arahan` in processes that can be killed: one that has everything imported forks one for each line of arguments (JSON) on its
standard input, prints its number, and when it has ended its status (negative: the signal)."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from signal import SIGKILL

from tests.helpers import REPOSITORY, environment


class Forks:
    """Runs of the program, one at a time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def run(self, *arguments: object, kill_after_s: float | None = None) -> int:
        """`arahan ARGUMENTS`; its exit status, or -9 when it was killed first."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([str(argument) for argument in arguments]) + "\n")
        self.process.stdin.flush()
        pid = int(self.process.stdout.readline())
        if kill_after_s is not None:
            time.sleep(kill_after_s)
            with suppress(ProcessLookupError):  # it is never waited for before this, so the number is still its own
                os.kill(pid, SIGKILL)
        self.process.stdin.write("wait\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@contextmanager
def forks() -> Iterator[Forks]:
    command = [sys.executable, "-m", "tests.scrapers.forks"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=REPOSITORY, env=environment(), **pipes) as process:  # type: ignore[call-overload]
        yield Forks(process)


def _serve() -> None:
    for name in ("pandas", "datasketch", "scrapers.run", "scrapers.sources.registry"):  # what a run would import
        importlib.import_module(name)
    from arahan.cli import main

    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _child(json.loads(line), main)
        print(pid, flush=True)
        sys.stdin.readline()
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _child(arguments: list[str], main) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    sys.argv = ["arahan", *arguments]
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    status = 0
    try:
        main()
    except SystemExit as ended:
        status = int(ended.code or 0)
    finally:
        os._exit(status)


if __name__ == "__main__":
    _serve()
