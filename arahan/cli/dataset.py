"""Commands that make and check a dataset: extract, verify, annotate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.text import Text

from arahan.cli.base import FAILED, INPUT_HELP, INTERRUPTED, app, errors, example, say
from arahan.settings import load_settings


@app.command(epilog=example("arahan extract releases.jsonl -o data", "arahan extract data/articles -o data --workers 2 --html"))
def extract(
    source: Annotated[str, typer.Argument(metavar="INPUT", help=INPUT_HELP)],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUTPUT", help="The folder of the dataset.")],
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that read articles. Default: ARAHAN_WORKERS or 1.")
    ] = None,
    engine: Annotated[
        Literal["local", "ray"],
        typer.Option(help="What runs them; ray (an extra): on the cluster of RAY_ADDRESS if set."),
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
    from pipeline.jobs.run import run
    from pipeline.jobs.summary import show

    place = _place(source)
    settings = load_settings(workers=workers, min_confidence=min_confidence)
    try:
        outcome = run(place, output, settings, engine=engine, resume=resume, html=html, console=errors())
    except KeyboardInterrupt:
        say("stopped; finished work is kept, the same command goes on from there")
        raise typer.Exit(INTERRUPTED) from None
    show(Console(), output, outcome)
    raise typer.Exit(FAILED if outcome.rejected else 0)


@app.command(epilog=example("arahan verify data"))
def verify(output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="The folder of the dataset.")]) -> None:
    """Find every evidence, action and mention of OUTPUT again in its article; list what no longer matches (exit status 1)."""
    from pipeline.output.verify import verify as check

    verdict = check(output)
    console = Console()
    for fault in verdict.mismatches:
        console.print(Text(f"{fault.row}  {fault.article_id}  {fault.reason}"), soft_wrap=True)
    counts = ", ".join(f"{count} {name}" for name, count in verdict.checked.items())
    console.print(Text(f"{counts} checked, {len(verdict.mismatches)} mismatches"), soft_wrap=True)
    raise typer.Exit(FAILED if verdict.mismatches else 0)


@app.command(epilog=example("arahan annotate releases.jsonl -o docs", "arahan annotate - -o docs < releases.jsonl"))
def annotate(
    source: Annotated[str, typer.Argument(metavar="INPUT", help=INPUT_HELP)],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where part-0000.spacy, ... are written.")],
) -> None:
    """Write the articles of INPUT as spaCy documents with tags, lemmas, heads, entities and directives (DocBin files).

    Slower than extract, which needs neither tagger nor parser. Load them with spacy.tokens.DocBin after importing
    pipeline.annotation.bridge. A record that cannot be read is listed in FOLDER/rejected.jsonl, and the exit status is 1.
    """
    from pipeline.jobs.docbin import write_docs
    from pipeline.jobs.summary import show_rejected

    written, rejected = write_docs(_place(source), output, load_settings())
    console = Console()
    console.print(Text(f"{written} documents in {output}, {len(rejected)} records rejected"), soft_wrap=True)
    show_rejected(console, output, rejected)
    raise typer.Exit(FAILED if rejected else 0)


def _place(source: str) -> Path | Literal["-"]:
    """INPUT as the readers want it; an empty one, as an unset variable of a script gives, is not the folder one is in."""
    if not source:
        raise typer.BadParameter("is empty", param_hint="INPUT")
    return "-" if source == "-" else Path(source)
