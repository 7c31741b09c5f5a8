"""Commands that fetch articles and show what became of them: scrape, history."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from arahan.cli.base import FAILED, INTERRUPTED, app, errors, example, say
from arahan.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrapers.run import Scraped
    from scrapers.types import Source
    from scrapers.visits import Problem

PROBLEMS_A_SOURCE = 5


@app.command(
    epilog=example(
        "arahan scrape --source nttprov --since 2024-01-01 -o data",
        "arahan scrape --registry own.toml --limit 20 -o data",
        "arahan scrape --reparse -o data",
    )
)
def scrape(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUTPUT", help="The folder that gets articles/.")],
    source: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this source; may be given again.")] = None,
    since: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Articles published since this day.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="The first N articles that a source names.")] = None,
    registry: Annotated[
        Path | None,
        typer.Option("--registry", "--sources", metavar="PATH", help="A TOML file of sources or a folder of them."),
    ] = None,
    recheck: Annotated[bool, typer.Option("--recheck", help="Walk all listings, ask for every known article again.")] = False,
    reparse: Annotated[bool, typer.Option("--reparse", help="Ask nobody: build articles/ again from OUTPUT/archive.")] = False,
    allow_loopback: Annotated[
        bool | None, typer.Option("--allow-loopback", help="Let sites be on this machine, for tests.")
    ] = None,
) -> None:
    """Fetch press releases into OUTPUT/articles, each source at its own pace, and only what is new.

    Without --source every source of the registry is asked. What failed is listed, and the exit status is 1; the next run tries
    it again. A run that is stopped or killed loses nothing: the same command goes on. Edits become revisions
    (OUTPUT/revisions.parquet), OUTPUT/coverage.parquet says what was looked at, OUTPUT/archive holds every answer.
    """
    from scrapers.bounds import Bounds
    from scrapers.fetch.settings import fetch_settings
    from scrapers.run import rebuild
    from scrapers.run import scrape as run

    sources = _chosen(registry, source or [])
    bounds = Bounds(since=since.date() if since else None, limit=limit, recheck=recheck)
    if reparse:
        outcome = rebuild(output, sources)
    else:
        outcome = run(
            output, sources, fetch_settings(load_settings(allow_loopback=allow_loopback)), bounds=bounds, console=errors()
        )
    _show(Console(), output, outcome)
    if outcome.stopped:
        say("stopped; what was fetched is in the tables, the same command goes on from there")
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(FAILED if outcome.problems else 0)


@app.command(epilog=example("arahan history https://contoh.go.id/berita/1 -o data"))
def history(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="The id or the URL of a scraped article.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUTPUT", help="The folder of the dataset.")],
) -> None:
    """Print the revisions of a scraped article and what each changed."""
    from scrapers.history import history as revisions
    from scrapers.history import report

    for line in report(revisions(output, article)):
        typer.echo(line)


def _chosen(registry: Path | None, ids: Sequence[str]) -> list[Source]:
    from scrapers.sources.registry import find_source, load_registry

    known = load_registry(registry)
    return [find_source(known, id) for id in dict.fromkeys(ids)] or list(known.values())


def _show(console: Console, output: Path, outcome: Scraped) -> None:
    """A line for each source, the failures, and where the files are."""
    table = Table(box=None, pad_edge=False)
    counted = ("listings", "found", "new", "edited", "removed")
    for name in ("source", *counted, "failures"):
        table.add_column(name, justify="left" if name in {"source", "failures"} else "right")
    for tally in outcome.tallies:
        end = "" if tally.complete else ", not to its end"
        table.add_row(tally.source.id, *(str(tally.counts[name]) for name in counted), f"{len(tally.problems)}{end}")
    console.print(table)
    for line in _problems(outcome.problems):
        console.print(Text(line), soft_wrap=True)
    rows = ", ".join(f"{count} {name}" for name, count in outcome.rows.items())
    console.print(
        Text(f"{rows} (days): {output}/articles/, {output}/revisions.parquet, {output}/coverage.parquet"), soft_wrap=True
    )


def _problems(problems: Iterable[Problem]) -> list[str]:
    """The first failures of each source, a line each."""
    by_source: dict[str, list[Problem]] = {}
    for problem in problems:
        by_source.setdefault(problem.source_id, []).append(problem)
    lines = []
    for source, found in by_source.items():
        lines += [f"{source}  {p.outcome}  {p.url}  {p.reason}" for p in found[:PROBLEMS_A_SOURCE]]
        if len(found) > PROBLEMS_A_SOURCE:
            lines.append(f"{source}  and {len(found) - PROBLEMS_A_SOURCE} more; coverage.parquet counts them by class")
    return lines
