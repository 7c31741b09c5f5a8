"""What all commands share: the application, exit statuses, where messages go. Commands live in the modules beside it."""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import structlog
import typer
from rich.console import Console
from rich.text import Text

INPUT_HELP = "A JSON Lines file, a parquet file, a folder of parquet files, or - for JSON Lines on standard input."
FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130

app = typer.Typer(
    name="arahan",
    help="Who told whom to do what: directives in Indonesian government press releases, as data.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def example(*commands: str) -> str:
    """The end of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {command}" for command in commands)


def errors() -> Console:
    """Where progress and complaints go."""
    return Console(stderr=True)


def say(message: str) -> None:
    """One line on standard error."""
    errors().print(Text(f"arahan: {message}"), soft_wrap=True)


@app.callback()
def _options(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log every batch to standard error.")] = False,
) -> None:
    level = logging.DEBUG if verbose else logging.WARNING
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
