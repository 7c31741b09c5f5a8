"""The plots: bars, stacked bars, grids, shares with their intervals, amounts."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from .canvas import FILLS, HATCHES, canvas, finish, nothing, shortened


def bars(counts: pd.Series, title: str, unit: str, source: str, name: str) -> None:
    """Horizontal bars with their values, the first on top. `unit` is the axis label."""
    figure, axes = canvas(title, len(counts))
    if counts.empty:
        nothing(axes)
    else:
        drawn = axes.barh([shortened(label) for label in map(str, counts.index)], counts.to_numpy(), color="#8c8c8c", height=0.7)
        axes.bar_label(drawn, fmt="{:,.0f}", padding=3)
        axes.invert_yaxis()
        axes.set_xlabel(unit)
        axes.tick_params(axis="y", length=0)
        axes.margins(x=0.08)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    finish(figure, name, source)


def stacked(table: pd.DataFrame, title: str, labels: tuple[str, str], source: str, name: str) -> None:
    """Stacked bars, one a row of `table`, a grey or a hatch a column. `labels`: of the x axis, of the y axis."""
    figure, axes = canvas(title, 8)
    if table.empty:
        nothing(axes)
    else:
        bottom = np.zeros(len(table))
        for number, column in enumerate(table.columns):
            fill, hatch = FILLS[number % len(FILLS)], HATCHES[number % len(HATCHES)]
            values = table[column].to_numpy(dtype=float)
            axes.bar(
                table.index.astype(str), values, 0.75, bottom, color=fill, hatch=hatch, edgecolor="#222222", lw=0.5, label=column
            )
            bottom += values
        axes.set_xlabel(labels[0])
        axes.set_ylabel(labels[1])
        axes.legend(loc="upper left", bbox_to_anchor=(1, 1), reverse=True)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    finish(figure, name, source)


def heat(table: pd.DataFrame, title: str, labels: tuple[str, str], source: str, name: str) -> None:
    """Counts as a grid of greys, each cell with its number. `labels`: of the x axis, of the y axis."""
    figure, axes = canvas(title, len(table) + 5)
    if table.empty or not table.shape[1]:
        nothing(axes)
    else:
        most = float(table.to_numpy().max()) or 1.0
        axes.imshow(table.to_numpy(dtype=float), cmap="Greys", vmin=0, vmax=most * 1.15, aspect="auto")
        axes.set_xticks(range(table.shape[1]), [shortened(str(c), 26) for c in table.columns], rotation=40, ha="right")
        axes.set_yticks(range(table.shape[0]), [shortened(str(r), 34) for r in table.index])
        for (row, column), value in np.ndenumerate(table.to_numpy()):
            if value:
                axes.text(
                    column, row, f"{value:,.0f}", ha="center", va="center", color="white" if value > most * 0.6 else "black"
                )
        axes.set_xlabel(labels[0])
        axes.set_ylabel(labels[1])
    finish(figure, name, source)


def reliability(table: pd.DataFrame, title: str, source: str, name: str) -> None:
    """Share found right against the share expected, with intervals; columns expected, share, low, high, judged."""
    figure, axes = canvas(title, 10)
    if table.empty:
        nothing(axes, "nothing was judged yet")
    else:
        axes.plot([0, 1], [0, 1], "--", color="#8c8c8c", lw=1, label="as expected")
        spread = [table["share"] - table["low"], table["high"] - table["share"]]
        axes.errorbar(table["expected"], table["share"], spread, fmt="o", color="black", capsize=3, label="judged, 95 % interval")
        for row in table.itertuples():
            axes.annotate(f"n={row.judged}", (row.expected, row.high), xytext=(0, 4), textcoords="offset points", ha="center")
        axes.set(
            xlim=(0, 1),
            ylim=(0, 1.08),
            xlabel="mean confidence of the records (share expected right)",
            ylabel="share judged right",
        )
        axes.legend(loc="lower right")
    finish(figure, name, source)


def amounts(table: pd.DataFrame, title: str, unit: str, source: str, name: str) -> None:
    """One dot a row on a logarithmic axis; columns label, value (above 0)."""
    figure, axes = canvas(title, len(table))
    if table.empty:
        nothing(axes, "no amounts of this unit")
    else:
        heights = range(len(table))
        axes.hlines(heights, table["value"].min() / 2, table["value"], color="#b5b5b5", lw=0.8)
        axes.plot(table["value"], heights, "o", color="black", ms=5)
        axes.set_yticks(heights, [shortened(label, 60) for label in table["label"]])
        axes.set_xscale("log")
        axes.set_xlabel(unit)
        axes.invert_yaxis()
    finish(figure, name, source)
