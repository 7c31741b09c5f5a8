"""Commands about the registry of sources: list, show, probe."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from arahan.cli.base import FAILED, app, example, say
from arahan.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scrapers.sources.overview import Coverage
    from scrapers.types import Source

sources = typer.Typer(
    name="sources",
    help="The registry of sources: which sites there are and how each is fetched.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(sources)

Registry = Annotated[
    Path | None,
    typer.Option("--registry", metavar="PATH", help="A TOML file of sources or a folder of them. Default: what ships."),
]


@sources.command("list", epilog=example("arahan sources list --region 53", "arahan sources list -o data"))
def list_sources(
    region: Annotated[str, typer.Option(metavar="CODE", help="Only this region and those in it: 53, 53.71.")] = "",
    status: Annotated[Literal["verified", "unverified"] | None, typer.Option(help="Only sources of this status.")] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUTPUT", help="Show what its ledger says: last success, fetched, failed."),
    ] = None,
    registry: Registry = None,
) -> None:
    """List the sources; with OUTPUT also when each was last looked at and how that ended.

    A source without a last day was not looked at; one with a last success and nothing fetched had nothing new.
    """
    from scrapers.sources.overview import read_coverage
    from scrapers.sources.registry import load_registry

    ledger = read_coverage(output) if output else None
    known = sorted(load_registry(registry).values(), key=lambda source: (source.region_code, source.id))
    chosen = [source for source in known if _within(source.region_code, region) and status in (None, source.status)]
    if ledger is None:
        _print(["id", "region", "kind", "platform", "status", "address"], _plain_rows(chosen))
    else:
        seen = ["last day", "last success", "fetched", "unchanged", "failed", "failures"]
        _print(["id", "region", "status", *seen], _ledger_rows(chosen, ledger))


@sources.command(epilog=example("arahan sources show nttprov"))
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="A source of the registry.")],
    registry: Registry = None,
) -> None:
    """Print a source's declaration and its page eras."""
    from scrapers.sources.declare import declaration
    from scrapers.sources.eras import eras_of
    from scrapers.sources.registry import find_source, load_registry

    source = find_source(load_registry(registry), id)
    notes = [
        f"page era {era.name}, {f'until {era.until.isoformat()}' if era.until else 'still holds'}" for era in eras_of(source)
    ]
    typer.echo(declaration(source, notes), nl=False)


@sources.command(epilog=example("arahan sources probe https://lembahranukab.go.id/ > mine.toml"))
def probe(
    url: Annotated[str, typer.Argument(metavar="URL", help="The site's front page.")],
    allow_loopback: Annotated[
        bool | None,
        typer.Option("--allow-loopback", help="Also ask this machine (for tests). Default: ARAHAN_ALLOW_LOOPBACK or no."),
    ] = None,
) -> None:
    """Find out what a site runs and print the declaration that would fetch it, with what was seen as comments.

    Asks the site a few times, as politely as a crawl. Exit status 1: the site could not be asked.
    """
    from scrapers.fetch.settings import fetch_settings
    from scrapers.sources.declare import declaration
    from scrapers.sources.probing import NoAnswer, probe_site

    settings = fetch_settings(load_settings(allow_loopback=allow_loopback))
    with tempfile.TemporaryDirectory(prefix="arahan-") as folder:
        try:
            probed = probe_site(url, settings, Path(folder), dt.datetime.now(dt.UTC).date())
        except NoAnswer as error:
            say(str(error))
            raise typer.Exit(FAILED) from None
    typer.echo(declaration(probed.source, probed.notes), nl=False)


def _within(code: str, region: str) -> bool:
    return not region or code == region or code.startswith(f"{region}.")


def _plain_rows(chosen: Iterable[Source]) -> Iterable[Sequence[str]]:
    return ((source.id, source.region_code, source.kind, source.platform, source.status, source.url) for source in chosen)


def _ledger_rows(chosen: Iterable[Source], ledger: Mapping[str, Coverage]) -> Iterable[Sequence[str]]:
    for source in chosen:
        if not (seen := ledger.get(source.id)):
            yield (source.id, source.region_code, source.status, "", "", "", "", "", "")
            continue
        success = f"{seen.last_success:%Y-%m-%d %H:%M}" if seen.last_success else ""
        failures = ", ".join(f"{name} {number}" for name, number in sorted(seen.failures.items()))
        counts = map(str, (seen.fetched, seen.unchanged, seen.failed))
        yield (source.id, source.region_code, source.status, str(seen.last_day or ""), success, *counts, failures)


def _print(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on a terminal, tab-separated lines elsewhere."""
    console = Console()
    if not console.is_terminal:
        for row in (titles, *rows):
            typer.echo("\t".join(row))
        return
    table = Table(*titles, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)
