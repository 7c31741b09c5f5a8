"""The command line: `arahan COMMAND`. Exit status 0 done, 1 some inputs failed and are listed, 2 wrong use.

A module of commands registers them when it is imported; --help lists them in that order.
"""

from __future__ import annotations

import os
import sys

from arahan.cli import dataset, export, project, scrape, search, serve, sources
from arahan.cli.base import FAILED, WRONG_USE, app, say
from arahan.errors import ArahanError

COMMANDS = (dataset, export, scrape, sources, search, serve, project)

__all__ = ["COMMANDS", "app", "main"]


def main() -> None:
    """Run the command line; an expected error is one line on standard error, never a traceback."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that wait for a busy machine must not burn its cores
    try:
        app()
    except ArahanError as error:
        say(str(error))
        sys.exit(WRONG_USE)
    except OSError as error:
        say(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        sys.exit(FAILED)
