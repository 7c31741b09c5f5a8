"""The parts of docs/ that are written from the code: schema.md from the tables, cli.md from the commands' own help."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

WIDTH = 100
_HEAD = """# The command line

Written from the commands' own help by `arahan docs`; a test compares the two. Exit status: 0 done, 1 some inputs failed and
are listed, 2 wrong use, 130 stopped by Ctrl-C.
"""


def write_docs(folder: Path) -> list[Path]:
    """Write the generated pages into `folder`; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in pages()]


def pages() -> dict[str, str]:
    """The generated pages by file name."""
    from pipeline.output.schema_docs import markdown
    from scrapers.store.tables import COVERAGE, REVISIONS

    return {"schema.md": markdown(scraped=(REVISIONS, COVERAGE)), "cli.md": commands()}


def commands() -> str:
    """The whole of docs/cli.md."""
    from arahan.cli import app

    root = typer.main.get_command(app)
    return "\n".join([_HEAD, *(f"## {name}\n\n```\n{text}\n```\n" for name, text in _helps(root, "arahan"))])


def _helps(command: Any, name: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401  (typer has its own click)
    context = command.make_context(name, [], resilient_parsing=True, terminal_width=WIDTH, max_content_width=WIDTH)
    yield name, command.get_help(context).rstrip()
    for child, inner in getattr(command, "commands", {}).items():
        yield from _helps(inner, f"{name} {child}")
