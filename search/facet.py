"""One facet over all rows: which rows have a value, how many rows or clusters have each.

Codes number the values in their order; a row of several values has them in `codes[starts[row]:starts[row + 1]]`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]
MANY = 4  # a set of more than a fourth of all rows is cheaper to count by going through all rows in order


def no_ints() -> Ints:
    """An empty array."""
    return np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class Facet:
    """Values and labels by code, and each row's codes; `cluster` and `shared` as in Columns."""

    values: tuple[str, ...]
    labels: tuple[str, ...]
    starts: Ints
    codes: Ints
    cluster: Ints = field(repr=False)
    shared: Mask = field(repr=False)

    @cached_property
    def code_of(self) -> dict[str, int]:
        """The code of a value."""
        return {value: code for code, value in enumerate(self.values)}

    @cached_property
    def single(self) -> Ints | None:
        """Each row's only code, one past the last where it has none; None when a row has several."""
        lengths = np.diff(self.starts)
        if lengths.max(initial=0) > 1:
            return None
        found = np.full(len(lengths), len(self.values), dtype=np.int32)
        found[lengths == 1] = self.codes
        return found

    @cached_property
    def rows_of(self) -> Ints:
        """The row of each entry of `codes`."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))

    @cached_property
    def totals(self) -> NDArray[np.int64]:
        """Clusters with each value, over all rows."""
        return self.counts(np.arange(len(self.starts) - 1, dtype=np.int32))

    def rows(self, chosen: tuple[str, ...]) -> Mask:
        """Which rows have one of the chosen values."""
        wanted = np.zeros(len(self.values) + 1, dtype=bool)
        wanted[[self.code_of[value] for value in chosen if value in self.code_of]] = True
        if self.single is not None:
            return wanted[self.single]
        found = np.zeros(len(self.starts) - 1, dtype=bool)
        found[self.rows_of[wanted[self.codes]]] = True
        return found

    def counts(self, places: Ints) -> NDArray[np.int64]:
        """How many clusters among `places` have each value."""
        shared = self.shared[places]
        numbers = self._alone(places[~shared])
        if shared.any():
            number, code = self._pairs
            seen = np.zeros(len(code), dtype=bool)
            seen[number[self._entries(places[shared])]] = True
            numbers += np.bincount(code[seen], minlength=len(self.values))
        return numbers

    def _alone(self, places: Ints) -> NDArray[np.int64]:
        if self.single is not None:
            return np.bincount(self.single[places], minlength=len(self.values) + 1)[:-1]
        if len(places) * MANY > len(self.starts):
            mask = np.zeros(len(self.starts), dtype=bool)
            mask[places] = True
            return np.bincount(self.codes[mask[self.rows_of]], minlength=len(self.values))
        return np.bincount(self.codes[self._entries(places)], minlength=len(self.values))

    def _entries(self, places: Ints) -> NDArray[np.int64]:
        """Where the codes of these rows are in `codes`."""
        starts = self.starts[places]
        lengths = self.starts[places + 1] - starts
        ends = np.cumsum(lengths)
        return np.repeat(starts - ends + lengths, lengths) + np.arange(ends[-1] if len(ends) else 0)

    @cached_property
    def _pairs(self) -> tuple[Ints, Ints]:
        """For each entry of a shared row the number of its (cluster, value), and for each such number the value's code."""
        entries = np.flatnonzero(self.shared[self.rows_of])
        values = max(1, len(self.values))
        keys = self.cluster[self.rows_of[entries]].astype(np.int64) * values + self.codes[entries]
        pairs, numbers = np.unique(keys, return_inverse=True)
        number = np.full(len(self.codes), -1, dtype=np.int32)
        number[entries] = numbers
        return number, (pairs % values).astype(np.int32)
