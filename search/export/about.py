"""What a publisher says of the dataset, and what can be counted in it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import arahan
from search.errors import SearchError
from search.export.tables import rows_of

LICENSES: Mapping[str, str] = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}


class BadExport(SearchError):
    """Something that an export was told is no good, or its folder holds other files."""


@dataclass(frozen=True, slots=True)
class About:
    """Title, version, licence (an SPDX id of LICENSES, or a URL), who publishes it, where to report errors, its home page."""

    title: str = "Arahan directives"
    version: str = arahan.__version__
    license: str = "CC-BY-4.0"
    creator: str = "The publisher of this copy"
    contact: str = ""
    url: str = ""
    date: dt.date | None = None

    def __post_init__(self) -> None:
        if self.license not in LICENSES and not self.license.startswith("https://"):
            raise BadExport(f"--license {self.license}: one of {', '.join(LICENSES)}, or an https:// address")

    @property
    def license_url(self) -> str:
        """Where the licence can be read."""
        return LICENSES.get(self.license, self.license)

    @property
    def license_id(self) -> str:
        """Its SPDX id, "other" when it has none."""
        return self.license if self.license in LICENSES else "other"


@dataclass(slots=True)
class Counts:
    """Figures of a dataset. `first` and `last`: days of publication. `confidence`: its mean, 0 without rows."""

    articles: int = 0
    directives: int = 0
    outlets: int = 0
    clusters: int = 0
    quoted: int = 0
    dated: int = 0
    confidence: float = 0.0
    first: dt.date | None = None
    last: dt.date | None = None
    kinds: Counter[str] = field(default_factory=Counter)
    sectors: Counter[str] = field(default_factory=Counter)
    extractors: Counter[str] = field(default_factory=Counter)


def count(folder: Path) -> Counts:
    """Count what was exported into `folder`."""
    counts, outlets, clusters, total = Counts(), set(), set(), 0.0
    for article in rows_of(folder / "articles", "outlet", "published"):
        counts.articles += 1
        outlets.add(article["outlet"])
        if isinstance(day := article["published"], dt.date):
            counts.first, counts.last = min(counts.first or day, day), max(counts.last or day, day)
    names = ("kind", "sectors", "extractor", "cluster_id", "confidence", "direct_quote", "deadline_date")
    for row in rows_of(folder / "directives", *names):
        counts.directives += 1
        counts.kinds[row["kind"]] += 1
        counts.sectors.update(row["sectors"])
        counts.extractors[row["extractor"]] += 1
        clusters.add(row["cluster_id"])
        total += row["confidence"]
        counts.quoted += row["direct_quote"]
        counts.dated += row["deadline_date"] is not None
    counts.outlets, counts.clusters = len(outlets - {""}), len(clusters)
    counts.confidence = total / counts.directives if counts.directives else 0.0
    return counts
