"""What the notebooks share: the dataset (data), plots (charts, network, on a canvas), samples and intervals (judging)."""

from .charts import amounts, bars, heat, reliability, stacked
from .data import KINDS, data_folder, described, ents, load, reported
from .judging import drawn, judged_by, sample_size, wilson
from .network import network

__all__ = [
    "KINDS",
    "amounts",
    "bars",
    "data_folder",
    "described",
    "drawn",
    "ents",
    "heat",
    "judged_by",
    "load",
    "network",
    "reliability",
    "reported",
    "sample_size",
    "stacked",
    "wilson",
]
