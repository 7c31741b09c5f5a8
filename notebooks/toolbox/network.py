"""Who directs whom, as a graph and its plot."""

from __future__ import annotations

import networkx as nx
import pandas as pd
from matplotlib.axes import Axes

from .canvas import canvas, finish, nothing, shortened

Node = tuple[str, str]
"""A side, "issuer" or "addressee", and a name."""


def network(edges: pd.DataFrame, title: str, source: str, name: str) -> nx.DiGraph:
    """Draw who directs whom: issuers on the left, addressees on the right, a line as wide as its count.

    `edges` has columns issuer, addressee, n. Returns the graph.
    """
    graph = _graph(edges)
    total = {node: int(sum(weight for *_, weight in graph.to_undirected().edges(node, "weight"))) for node in graph}
    ranked = sorted(graph, key=lambda node: (-total[node], node))
    sides = [[node for node in ranked if node[0] == side] for side in ("issuer", "addressee")]
    figure, axes = canvas(title, max(4, *map(len, sides)) + 1)
    if graph:
        place: dict[Node, tuple[float, float]] = {
            node: (x, y) for x, side in enumerate(sides) for node, y in zip(side, _spread(len(side)), strict=True)
        }
        _draw_edges(axes, graph, place)
        _draw_nodes(axes, place, total)
        axes.set_xlim(-0.8, 1.5)
        axes.set_axis_off()
    else:
        nothing(axes, "no directive names an issuer and an addressee")
    finish(figure, name, source)
    return graph


def _graph(edges: pd.DataFrame) -> nx.DiGraph:
    graph = nx.DiGraph()
    for issuer, addressee, weight in edges[["issuer", "addressee", "n"]].itertuples(index=False, name=None):
        graph.add_edge(("issuer", issuer), ("addressee", addressee), weight=weight)
    return graph


def _draw_edges(axes: Axes, graph: nx.DiGraph, place: dict[Node, tuple[float, float]]) -> None:
    most = max(weight for *_, weight in graph.edges(data="weight"))
    for start, end, weight in graph.edges(data="weight"):
        share = weight / most
        axes.plot(*zip(place[start], place[end], strict=True), color=str(0.75 - 0.65 * share), lw=0.6 + 4.4 * share, zorder=share)


def _draw_nodes(axes: Axes, place: dict[Node, tuple[float, float]], total: dict[Node, int]) -> None:
    for node, (x, y) in place.items():
        axes.plot(x, y, "o", color="black", ms=4, zorder=3)
        label = f"{shortened(node[1], 40)} ({total[node]})"
        axes.text(x + (0.02 if x else -0.02), y, label, ha="left" if x else "right", va="center")


def _spread(count: int) -> list[float]:
    """Heights from 1 down to 0."""
    return [0.5] if count == 1 else [1 - number / (count - 1) for number in range(count)]
