"""What the notebooks share: reading a dataset that may be small or empty, plots that print well, and intervals.

The dataset is the folder named by the environment variable ARAHAN_DATA, else data/ of the project. ARAHAN_FIGURES names a
folder that gets every plot as PNG.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
import os
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

HERE = Path(__file__).resolve().parent
KINDS = ("instruction", "prohibition", "appeal", "commitment", "target")
FILLS = ("#222222", "#ffffff", "#8c8c8c", "#dddddd", "#555555", "#b5b5b5", "#ffffff", "#ffffff")
HATCHES = ("", "////", "", "....", "", "", "\\\\\\\\", "xxxx")
WIDTH_IN = 7.0
_STYLE: Any = {
    "figure.dpi": 110, "savefig.dpi": 200, "savefig.bbox": "tight", "figure.constrained_layout.use": True, "font.size": 9.5,
    "axes.spines.top": False, "axes.spines.right": False, "axes.grid": False, "hatch.linewidth": 0.6, "legend.frameon": False,
}  # fmt: skip
plt.rcParams.update(_STYLE)


def data_folder() -> Path:
    """The dataset. Raises FileNotFoundError with the way out when there is none."""
    folder = Path(os.environ.get("ARAHAN_DATA") or HERE.parent / "data").resolve()
    if not (folder / "directives").is_dir():
        raise FileNotFoundError(f"{folder.name}/ is no dataset; run `make extract`, or set ARAHAN_DATA to the OUTPUT of a run")
    return folder


def load(table: str, folder: Path | None = None) -> pd.DataFrame:
    """A table of the dataset: lists as Python lists, `kind` as text, `year` as integer. Empty when the dataset lacks it."""
    folder = folder or data_folder()
    place = folder / table if (folder / table).is_dir() else folder / f"{table}.parquet"
    if not place.exists():
        return pd.DataFrame()
    years = ds.partitioning(pa.schema([pa.field("year", pa.int32())]), flavor="hive")
    found = ds.dataset(place, format="parquet", partitioning=years if place.is_dir() and any(place.glob("year=*")) else None)
    rows = found.to_table()
    frame: pd.DataFrame = rows.to_pandas(date_as_object=True)
    for field in rows.schema:
        if pa.types.is_nested(field.type):
            frame[field.name] = pd.Series(rows[field.name].to_pylist(), index=frame.index, dtype=object)
        elif pa.types.is_dictionary(field.type):
            frame[field.name] = frame[field.name].astype(str)
        elif pa.types.is_date(field.type):
            frame[field.name] = pd.to_datetime(frame[field.name])
    return frame


def described(frame: pd.DataFrame) -> str:
    """The source line under a plot: how many rows, of how many outlets, from when to when."""
    if frame.empty:
        return "Source: Arahan; this dataset has no such rows"
    days = pd.to_datetime(frame["published"]).dropna()
    span = f", published {days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}" if len(days) else ""
    outlets = frame.loc[frame["outlet"] != "", "outlet"].nunique()
    return f"Source: Arahan, {_count(len(frame), 'row')} from {_count(outlets, 'outlet')}{span}. Read by machine; see notebook 4."


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def finish(figure: Figure, name: str, source: str) -> None:
    """Put the source under the plot, save it when ARAHAN_FIGURES says where, and show it."""
    figure.supxlabel("\n".join(textwrap.wrap(source, 120)), fontsize=7.5, color="#444444", x=0.01, ha="left")
    if folder := os.environ.get("ARAHAN_FIGURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        figure.savefig(Path(folder) / f"{name}.png")
    plt.show()
    plt.close(figure)


def canvas(title: str, rows: int = 8) -> tuple[Figure, Axes]:
    """A figure as high as `rows` bars need."""
    figure, axes = plt.subplots(figsize=(WIDTH_IN, max(2.0, 0.27 * rows + 1.3)))
    figure.suptitle("\n".join(textwrap.wrap(title, 82)), x=0.01, ha="left", fontsize=11, fontweight="bold")
    return figure, axes


def nothing(axes: Axes, why: str = "no rows in this dataset") -> None:
    """Say on the plot that there is nothing to plot."""
    axes.text(0.5, 0.5, why, ha="center", va="center", transform=axes.transAxes, color="#444444")
    axes.set_axis_off()


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


def shortened(label: str, width: int = 42) -> str:
    """A label that fits beside a plot."""
    return textwrap.shorten(label, width, placeholder=" …") or "(none)"


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


def network(edges: pd.DataFrame, title: str, source: str, name: str) -> nx.DiGraph:
    """Draw who directs whom: issuers on the left, addressees on the right, a line as wide as its count.

    `edges` has columns issuer, addressee, n. Returns the graph.
    """
    graph = nx.DiGraph()
    for issuer, addressee, weight in edges[["issuer", "addressee", "n"]].itertuples(index=False, name=None):
        graph.add_edge(("issuer", issuer), ("addressee", addressee), weight=weight)
    total = {node: int(sum(weight for *_, weight in graph.to_undirected().edges(node, "weight"))) for node in graph}
    ranked = sorted(graph, key=lambda node: (-total[node], node))
    sides = [[node for node in ranked if node[0] == side] for side in ("issuer", "addressee")]
    figure, axes = canvas(title, max(4, *map(len, sides)) + 1)
    if not graph:
        nothing(axes, "no directive names an issuer and an addressee")
        finish(figure, name, source)
        return graph
    place = {node: (x, y) for x, side in enumerate(sides) for node, y in zip(side, _spread(len(side)), strict=True)}
    most = max(weight for *_, weight in graph.edges(data="weight"))
    for start, end, weight in graph.edges(data="weight"):
        share = weight / most
        axes.plot(*zip(place[start], place[end], strict=True), color=str(0.75 - 0.65 * share), lw=0.6 + 4.4 * share, zorder=share)
    for node, (x, y) in place.items():
        axes.plot(x, y, "o", color="black", ms=4, zorder=3)
        label = f"{shortened(node[1], 40)} ({total[node]})"
        axes.text(x + (0.02 if x else -0.02), y, label, ha="left" if x else "right", va="center")
    axes.set_xlim(-0.8, 1.5)
    axes.set_axis_off()
    finish(figure, name, source)
    return graph


def _spread(count: int) -> list[float]:
    """Heights from 1 down to 0."""
    return [0.5] if count == 1 else [1 - number / (count - 1) for number in range(count)]


def wilson(right: int, judged: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson score interval of a share (Wilson 1927), by default 95 %; (0, 1) when nothing was judged."""
    if not judged:
        return 0.0, 1.0
    share, square = right / judged, z * z / judged
    middle = (share + square / 2) / (1 + square)
    half = z * math.sqrt(share * (1 - share) / judged + square / (4 * judged)) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


def sample_size(rows: int, half_width: float = 0.1, z: float = 1.96) -> int:
    """How many of `rows` to judge so that a share is known to ± `half_width` at worst; with the finite-population correction."""
    endless = z * z * 0.25 / half_width**2
    return min(rows, math.ceil(endless / (1 + (endless - 1) / rows))) if rows else 0


def drawn(frame: pd.DataFrame, count: int, seed: str = "") -> pd.DataFrame:
    """`count` rows by the hash of their id: the same rows for the same seed, and a larger sample contains a smaller one."""
    order = frame["directive_id"].map(lambda id_: hashlib.sha256(f"{seed}{id_}".encode()).hexdigest())
    return frame.loc[order.sort_values().index[:count]]


def judged_by(gold: Path, directives: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """True or False for each directive of an article that `gold` annotates: is there one of that kind at that action?

    `gold` is annotated JSON Lines as in samples/gold.jsonl. Only articles whose text is the same count. Index: directive_id.
    """
    if "text" not in articles or not gold.is_file():
        return pd.Series(dtype=bool)
    texts = dict(zip(articles["id"], articles["text"], strict=True))
    known: dict[str, list[dict[str, Any]]] = {}
    for line in gold.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if texts.get(record["id"]) == record.get("text"):
            known[record["id"]] = record["directives"]
    rows = [dict(row) for row in directives.to_dict("records") if row["article_id"] in known]
    return pd.Series({row["directive_id"]: _borne_out(row, known[row["article_id"]]) for row in rows}, dtype=bool)


def _borne_out(row: Mapping[Any, Any], gold: Sequence[Mapping[str, Any]]) -> bool:
    """Whether an annotated directive has the row's kind and shares at least half of the two actions' extent."""
    for directive in gold:
        start, end = directive["action"]
        shared = min(end, row["action_end"]) - max(start, row["action_start"])
        if directive["kind"] == row["kind"] and shared >= 0.5 * (max(end, row["action_end"]) - min(start, row["action_start"])):
            return True
    return False


def reported(row: Mapping[str, Any]) -> str:
    """Who said it, as an outlet reported it: the only thing that a record shows."""
    who = ", ".join(part for part in (row["issuer_name"], row["issuer_role"]) if part) or "unnamed issuer"
    day = row["published"]
    when = f"on {day:%Y-%m-%d}" if isinstance(day, dt.date) and not pd.isna(day) else "on an unknown day"
    return f"{who}; reported by {row['outlet'] or 'an unnamed outlet'} {when}"


def ents(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Cue and action inside the evidence, as displaCy's manual mode wants them: sorted, without overlap."""
    begin = int(row["action_start"]) - int(row["evidence_start"])
    end = begin + len(row["action"])
    found = [(begin, end, "ACTION")]
    at = row["evidence"].find(row["cue"]) if row["cue"] else -1
    if at >= 0 and (at + len(row["cue"]) <= begin or at >= end):
        found.append((at, at + len(row["cue"]), "CUE"))
    return [{"start": start, "end": stop, "label": label} for start, stop, label in sorted(found)]


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
