"""Geometry of the charts: numbers in, places and sizes out. Templates draw them; units are those of the view box."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Table = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled bar; `link` may be empty."""

    label: str
    count: int
    link: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars in a box of `width` by `height`; `ticks` are (place, count) of the scale."""

    bars: tuple[Bar, ...]
    width: float
    height: float
    ticks: tuple[tuple[float, int], ...] = ()


Item = tuple[str, int, str]


def columns(items: Sequence[Item], width: float = 640, height: float = 220) -> Chart:
    """Upright bars over a scale that begins at 0, (label, count, link) each."""
    top, bottom, left = 18.0, height - 26, 44.0
    scale = _scale(max((count for _, count, _ in items), default=0))
    unit = (bottom - top) / scale[-1]
    step = (width - left) / max(1, len(items))
    thick = min(step * 0.72, 56)
    bars = tuple(
        Bar(label, count, link, left + step * place + (step - thick) / 2, bottom - unit * count, thick, unit * count)
        for place, (label, count, link) in enumerate(items)
    )
    return Chart(bars, width, height, tuple((bottom - unit * tick, tick) for tick in scale))


def rows(items: Sequence[Item], width: float = 640, row: float = 30) -> Chart:
    """Lying bars, one under the other."""
    left, most = 250.0, max((count for _, count, _ in items), default=1)
    unit = (width - left - 60) / max(1, most)
    bars = tuple(
        Bar(label, count, link, left, place * row + 5, max(2.0, unit * count), row - 10)
        for place, (label, count, link) in enumerate(items)
    )
    return Chart(bars, width, row * len(items))


@dataclass(frozen=True, slots=True)
class Dot:
    """One cell of a table as a circle."""

    x: float
    y: float
    radius: float
    count: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Circles whose area is the count, with the names of rows and columns and where these stand."""

    dots: tuple[Dot, ...]
    across: tuple[tuple[float, str], ...]
    down: tuple[tuple[float, str], ...]
    width: float
    height: float


def grid(table: Table, down: Sequence[str], across: Sequence[str], cell: float = 56, row: float = 44) -> Grid:
    """A table as circles."""
    left, top = 190.0, 104.0
    most = max(table.values(), default=1)
    dots = tuple(
        Dot(left + cell * (x + 0.5), top + row * (y + 0.5), max(3.0, 20 * math.sqrt(count / most)), count)
        for y, one in enumerate(down)
        for x, other in enumerate(across)
        if (count := table.get((one, other), 0))
    )
    names_across = tuple((left + cell * (x + 0.5), name) for x, name in enumerate(across))
    names_down = tuple((top + row * (y + 0.5), name) for y, name in enumerate(down))
    return Grid(dots, names_across, names_down, left + cell * len(across) + 44, top + row * len(down) + 6)


@dataclass(frozen=True, slots=True)
class Node:
    """One end of a flow."""

    label: str
    count: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Band:
    """A link of a flow: an SVG path and how strong it is."""

    path: str
    source: str
    target: str
    count: int


@dataclass(frozen=True, slots=True)
class Flow:
    """Who directs whom: nodes left and right, bands between."""

    left: tuple[Node, ...]
    right: tuple[Node, ...]
    bands: tuple[Band, ...]
    width: float
    height: float


def flow(table: Table, sources: Sequence[str], targets: Sequence[str], width: float = 760) -> Flow:
    """Bands from sources to targets, as wide as their counts."""
    total = sum(table.values()) or 1
    gap, room = 16.0, 320.0
    unit = room / total
    left = _nodes({one: sum(table.get((one, other), 0) for other in targets) for one in sources}, unit, gap)
    right = _nodes({other: sum(table.get((one, other), 0) for one in sources) for other in targets}, unit, gap)
    outs, ins = {node.label: node.y for node in left}, {node.label: node.y for node in right}
    x1, x2 = 302.0, width - 212
    bands = []
    for one in sources:
        for other in targets:
            if count := table.get((one, other), 0):
                thick = unit * count
                bands.append(Band(_band(x1, outs[one], x2, ins[other], thick), one, other, count))
                outs[one], ins[other] = outs[one] + thick, ins[other] + thick
    height = max((node.y + node.height for node in (*left, *right)), default=0) + 12
    return Flow(left, right, tuple(bands), width, height)


def _nodes(counts: Mapping[str, int], unit: float, gap: float) -> tuple[Node, ...]:
    found, y = [], 8.0
    for label, count in counts.items():
        height = unit * count
        found.append(Node(label, count, y, height))
        y += max(height, 8.0) + gap
    return tuple(found)


def _band(x1: float, y1: float, x2: float, y2: float, thick: float) -> str:
    middle = (x1 + x2) / 2
    there = f"M{x1:.1f},{y1:.1f} C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {x2:.1f},{y2:.1f}"
    back = f"L{x2:.1f},{y2 + thick:.1f} C{middle:.1f},{y2 + thick:.1f} {middle:.1f},{y1 + thick:.1f} {x1:.1f},{y1 + thick:.1f}Z"
    return f"{there} {back}"


def _scale(most: int) -> tuple[int, ...]:
    """Round ticks from 0 to at least `most`, three to six of them."""
    rough = max(1, most) / 4
    size = 10 ** math.floor(math.log10(rough)) if rough >= 1 else 1
    step = max(1, next(int(size * factor) for factor in (1, 2, 5, 10) if size * factor >= rough))
    return tuple(range(0, (max(1, most) + step - 1) // step * step + 1, step))
