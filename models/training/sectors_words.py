"""First layer of the sectors: which words of a directive and of what stands around it speak for which sector."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from models.training.sectors_data import Array, Record, terms_of
from pipeline.directives.sector_words import FIELDS

KEPT_POINTS = 50_000  # of the words' points, the largest; rounded to a tenth
MIN_RECORDS = 3


class Words(NamedTuple):
    """Words with their fields ("evidence padi"), their rarity and points (words, sectors), and each sector's own."""

    terms: list[str]
    rarity: Array
    points: Array
    own: Array


def learn_words(found: list[Record], codes: list[str]) -> Words:
    """First layer: once with all words, then with those alone that have a point left."""
    first = _fitted(found, codes, CountVectorizer(analyzer=terms_of, binary=True, min_df=3, max_df=0.3).fit(found))
    spoken = [term for term, row in zip(first.terms, first.points, strict=True) if row.any()]
    return _fitted(found, codes, CountVectorizer(analyzer=terms_of, binary=True, vocabulary=spoken))


def _fitted(found: list[Record], codes: list[str], counter: CountVectorizer) -> Words:
    counts, terms = counter.transform(found), list(counter.get_feature_names_out())
    rarity = np.round(np.log((1 + counts.shape[0]) / (1 + np.asarray(counts.sum(0)).ravel())) + 1, 2)
    x, points, own = scaled(counts, terms, rarity), [], []
    for code in codes:
        y = np.array([code in r.gold for r in found])
        if y.sum() < MIN_RECORDS:
            points.append(np.zeros(x.shape[1]))
            own.append(-6.0)
            continue
        model = LogisticRegression(C=8, solver="liblinear").fit(x, y)
        points.append(model.coef_[0])
        own.append(round(float(model.intercept_[0]), 2))
    return Words(terms, rarity, pruned(np.array(points).T), np.array(own))


def scaled(counts: Any, terms: list[str], rarity: Array) -> Any:  # noqa: ANN401 (sparse matrices have no types)
    """Words by rarity, every field of a directive of length 1."""
    x = counts.astype(float).tocsr()
    field = np.array([FIELDS.index(term.split()[0]) for term in terms])[x.indices]
    row = np.repeat(np.arange(x.shape[0]), np.diff(x.indptr))
    x.data = rarity[x.indices]
    squares = np.bincount(row * len(FIELDS) + field, weights=x.data**2, minlength=x.shape[0] * len(FIELDS))
    x.data = x.data / np.sqrt(squares)[row * len(FIELDS) + field]
    return x


def pruned(points: Array) -> Array:
    """The KEPT_POINTS largest points, rounded; 0 for the others."""
    least = np.sort(np.abs(points).ravel())[-min(KEPT_POINTS, points.size)]
    return np.where(np.abs(points) >= least, np.round(points, 1), 0.0)


def by_words(words: Words, found: list[Record]) -> Array:
    """Points by record and sector."""
    counts = CountVectorizer(analyzer=terms_of, binary=True, vocabulary=words.terms).transform(found)
    return np.asarray(scaled(counts, words.terms, words.rarity) @ words.points + words.own)
