"""Groups of the benchmark's outlets: newspapers by house, and everybody else, the offices that publish their own releases."""

from __future__ import annotations

from models.training.directive_data import Annotated

OFFICES = "offices' own releases"
PAPERS = "several newspapers"
GROUPS = {
    "detik.com": "detik.com", "Kompas.com": "Kompas", "kompas": "Kompas", "bisnis": "Bisnis and Kontan",
    "kontan": "Bisnis and Kontan", "mixed": PAPERS, "hukuminfo (reposts: iNews etc.)": PAPERS,
}  # fmt: skip


def group(article: Annotated) -> str:
    """The group of outlets that an article of the benchmark belongs to."""
    return GROUPS.get(article["outlet"], OFFICES)
