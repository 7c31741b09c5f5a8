"""What every plot shares: greys and hatches that print well, a title, the source under it, a place to save it.

ARAHAN_FIGURES names a folder that gets every plot as PNG.
"""

from __future__ import annotations

import os
import textwrap
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

FILLS = ("#222222", "#ffffff", "#8c8c8c", "#dddddd", "#555555", "#b5b5b5", "#ffffff", "#ffffff")
HATCHES = ("", "////", "", "....", "", "", "\\\\\\\\", "xxxx")
WIDTH_IN = 7.0
_STYLE: Any = {
    "figure.dpi": 110, "savefig.dpi": 200, "savefig.bbox": "tight", "figure.constrained_layout.use": True, "font.size": 9.5,
    "axes.spines.top": False, "axes.spines.right": False, "axes.grid": False, "hatch.linewidth": 0.6, "legend.frameon": False,
}  # fmt: skip
plt.rcParams.update(_STYLE)


def canvas(title: str, rows: int = 8) -> tuple[Figure, Axes]:
    """A figure as high as `rows` bars need."""
    figure, axes = plt.subplots(figsize=(WIDTH_IN, max(2.0, 0.27 * rows + 1.3)))
    figure.suptitle("\n".join(textwrap.wrap(title, 82)), x=0.01, ha="left", fontsize=11, fontweight="bold")
    return figure, axes


def finish(figure: Figure, name: str, source: str) -> None:
    """Put the source under the plot, save it when ARAHAN_FIGURES says where, and show it."""
    figure.supxlabel("\n".join(textwrap.wrap(source, 120)), fontsize=7.5, color="#444444", x=0.01, ha="left")
    if folder := os.environ.get("ARAHAN_FIGURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        figure.savefig(Path(folder) / f"{name}.png")
    plt.show()
    plt.close(figure)


def nothing(axes: Axes, why: str = "no rows in this dataset") -> None:
    """Say on the plot that there is nothing to plot."""
    axes.text(0.5, 0.5, why, ha="center", va="center", transform=axes.transAxes, color="#444444")
    axes.set_axis_off()


def shortened(label: str, width: int = 42) -> str:
    """A label that fits beside a plot."""
    return textwrap.shorten(label, width, placeholder=" …") or "(none)"
