"""The map: a tile for each province."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data") / "provinces.toml"
SIZE, GAP, SHADES = 44, 3, 5


@dataclass(frozen=True, slots=True)
class Province:
    """A province and its place on the map."""

    code: str
    short: str
    name: str
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A province as drawn; `shade` is 0 for none, then 1 to SHADES."""

    province: Province
    count: int
    shade: int
    x: int
    y: int


@cache
def provinces() -> tuple[Province, ...]:
    """All provinces, by code."""
    with DATA.open("rb") as file:
        found = [Province(**tile) for tile in tomllib.load(file)["tiles"]]
    return tuple(sorted(found, key=lambda province: province.code))


def province(code: str) -> Province | None:
    """The province of a region's code."""
    return next((one for one in provinces() if one.code == code.split(".")[0]), None)


def tiles(counts: Mapping[str, int]) -> tuple[Tile, ...]:
    """The map of counts by province's code; shades are by rank among those that have any, so that one giant hides nobody."""
    ranks = sorted({counts.get(one.code, 0) for one in provinces()} - {0})
    found = []
    for one in provinces():
        count = counts.get(one.code, 0)
        shade = 1 + (ranks.index(count) * SHADES) // len(ranks) if count else 0
        found.append(Tile(one, count, shade, one.column * (SIZE + GAP), one.row * (SIZE + GAP)))
    return tuple(found)


def extent() -> tuple[int, int]:
    """Width and height of the map."""
    columns, rows = max(one.column for one in provinces()), max(one.row for one in provinces())
    return (columns + 1) * (SIZE + GAP) - GAP, (rows + 1) * (SIZE + GAP) - GAP
