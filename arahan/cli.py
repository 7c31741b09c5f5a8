"""The command line: `arahan COMMAND`. Exit status 0 done, 1 some inputs failed and are listed, 2 wrong use."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import structlog
import typer
from rich.console import Console
from rich.text import Text

import arahan
from arahan.errors import ArahanError
from arahan.settings import REPOSITORY, load_settings

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


def _example(*commands: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  {command}" for command in commands)


@app.callback()
def _options(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log every batch to standard error.")] = False,
) -> None:
    level = logging.DEBUG if verbose else logging.WARNING
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


@app.command(epilog=_example("arahan extract releases.jsonl -o data", "arahan extract data/articles -o data --workers 2 --html"))
def extract(
    source: Annotated[str, typer.Argument(metavar="INPUT", help=INPUT_HELP)],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUTPUT", help="The folder of the dataset.")],
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that read articles. Default: ARAHAN_WORKERS or 1.")
    ] = None,
    engine: Annotated[
        Literal["local", "ray"], typer.Option(help="What runs them; ray is not available in this version.")
    ] = "local",
    resume: Annotated[bool, typer.Option(help="Use the finished work of earlier runs of the same version.")] = True,
    html: Annotated[
        bool, typer.Option("--html", help="Also write OUTPUT/html: every article with its directives marked.")
    ] = False,
    min_confidence: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Leave out directives below it. Default: ARAHAN_MIN_CONFIDENCE or 0.")
    ] = None,
) -> None:
    """Read the articles of INPUT and write their directives to OUTPUT.

    A record that cannot be read is listed in OUTPUT/rejected.jsonl, and the exit status is 1. A run that is stopped or killed
    leaves the dataset as it was; the same command goes on from there.
    """
    from pipeline.run import run
    from pipeline.summary import show

    place: Path | Literal["-"] = "-" if source == "-" else Path(source)
    settings = load_settings(workers=workers, min_confidence=min_confidence)
    try:
        outcome = run(place, output, settings, engine=engine, resume=resume, html=html, console=_errors())
    except KeyboardInterrupt:
        _say("stopped; finished work is kept, the same command goes on from there")
        raise typer.Exit(INTERRUPTED) from None
    show(Console(), output, outcome)
    raise typer.Exit(FAILED if outcome.rejected else 0)


@app.command(epilog=_example("arahan verify data"))
def verify(output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="The folder of the dataset.")]) -> None:
    """Find every evidence, action and mention of OUTPUT again in its article; list what no longer matches (exit status 1)."""
    from pipeline.verify import verify as check

    verdict = check(output)
    console = Console()
    for fault in verdict.mismatches:
        console.print(Text(f"{fault.row}  {fault.article_id}  {fault.reason}"), soft_wrap=True)
    counts = ", ".join(f"{count} {name}" for name, count in verdict.checked.items())
    console.print(Text(f"{counts} checked, {len(verdict.mismatches)} mismatches"), soft_wrap=True)
    raise typer.Exit(FAILED if verdict.mismatches else 0)


@app.command(epilog=_example("arahan annotate releases.jsonl -o docs", "arahan annotate - -o docs < releases.jsonl"))
def annotate(
    source: Annotated[str, typer.Argument(metavar="INPUT", help=INPUT_HELP)],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where part-0000.spacy, ... are written.")],
) -> None:
    """Write the articles of INPUT as spaCy documents with tags, lemmas, heads, entities and directives (DocBin files).

    Slower than extract, which needs neither tagger nor parser. Load them with spacy.tokens.DocBin after importing
    pipeline.bridge.
    """
    from pipeline.docbin import write_docs

    written, rejected = write_docs("-" if source == "-" else Path(source), output, load_settings())
    typer.echo(f"{written} documents in {output}, {rejected} records rejected")
    raise typer.Exit(FAILED if rejected else 0)


@app.command(epilog=_example("arahan docs"))
def docs(folder: Annotated[Path, typer.Argument(help="Where to write them.", show_default="docs")] = REPOSITORY / "docs") -> None:
    """Write schema.md and cli.md from the code."""
    from arahan.reference import write_docs

    for path in write_docs(folder):
        typer.echo(path)


@app.command(epilog=_example("arahan version"))
def version() -> None:
    """Print the version."""
    typer.echo(arahan.__version__)


def _errors() -> Console:
    return Console(stderr=True)


def main() -> None:
    """Run the command line; an expected error is one line on standard error, never a traceback."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that wait for a busy machine must not burn its cores
    try:
        app()
    except ArahanError as error:
        _say(str(error))
        sys.exit(WRONG_USE)
    except OSError as error:
        _say(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        sys.exit(FAILED)


def _say(message: str) -> None:
    _errors().print(Text(f"arahan: {message}"), soft_wrap=True)
