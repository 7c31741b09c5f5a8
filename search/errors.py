"""Every error of the search, named for what went wrong."""

from __future__ import annotations

from arahan.errors import ArahanError


class SearchError(ArahanError):
    """Base of all."""


class BadQuery(SearchError):
    """A parameter of a query is no good; `field` is its name in the URL."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


class QueryTooSlow(SearchError):
    """A query was stopped at its time limit."""

    def __init__(self, limit_s: float) -> None:
        super().__init__(f"the query took longer than {limit_s:g} s; add words or narrow it")
        self.limit_s = limit_s


class IndexMissing(SearchError):
    """There is no index, or one that this version cannot read."""


class DatasetMissing(SearchError):
    """OUTPUT has no directives/ to build an index from."""


class ExtraMissing(SearchError):
    """A package of the extra `serve` is not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(f"{package} is not installed; the search needs: pip install 'arahan[serve]'")
        self.package = package


class BadReport(SearchError):
    """A report of an error in a record, or a decision on one, cannot be taken."""
