"""Tables and kept sections of a generated Markdown page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

KEPT = re.compile(r"<!-- kept: (?P<name>[\w-]+) -->\n(?P<text>.*?)<!-- end -->", re.DOTALL)
Cell = str | int | float | None


def table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table; shares with three digits, None as a dash."""
    lines = [columns, ["---"] * len(columns), *([shown(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def shown(cell: Cell) -> str:
    """A cell as text that does not break the table."""
    if cell is None:
        return "–"
    text = f"{cell:.3f}" if isinstance(cell, float) else str(cell)
    return text.replace("|", "\\|").replace("\n", " ")


def within(value: float, interval: tuple[float, float]) -> str:
    """`0.637 (0.55–0.71)`."""
    return f"{value:.3f} ({interval[0]:.2f}–{interval[1]:.2f})"


def kept(page: str) -> dict[str, str]:
    """The sections of a page that were written by hand, by name."""
    return {match["name"]: match["text"] for match in KEPT.finditer(page)}


def keep(name: str, text: str) -> str:
    """A section that stays as it is when the page is written anew."""
    return f"<!-- kept: {name} -->\n{text}<!-- end -->\n"
