"""Learn which words and terms speak for which sector of government: writes the pipeline's sector_words.csv and sector_points.csv.

    python -m models.training.sectors --data ../shared/data --hold-out 8

From the benchmark's training articles but the held-out ones, and the project's own annotations. Two layers: words of the
sentence and of what stands around it (logistic regression a sector), then one scorecard over those and the vocabulary for all
sectors, learned on words' points of articles left out (five folds by article).
"""

from __future__ import annotations

import argparse
import zlib
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from arahan.types import Span
from models.training import directive_data
from models.training.annotations import more
from models.training.directive import held_out
from pipeline.datafile import FOLDER
from pipeline.gazetteers import sectors_in
from pipeline.sector_words import COLUMNS, FIELDS, FILE, words_of
from pipeline.sectors import MIN_PROBABILITY, POINTS_FILE, Passage, features, log_share, passage

FOLDS = 5
KEPT_POINTS = 16_000  # of the words' points, the largest; rounded to a tenth
MIN_RECORDS = 3
Array = NDArray[np.float64]


class Record(NamedTuple):
    """A gold directive: its article, texts and sectors."""

    article: str
    told: Passage
    gold: frozenset[str]


class Words(NamedTuple):
    """Words with their fields ("evidence padi"), their rarity and points (words, sectors), and each sector's own."""

    terms: list[str]
    rarity: Array
    points: Array
    own: Array


def records(articles: list[Any]) -> list[Record]:
    """Every gold directive."""
    return [
        Record(a["id"], passage(a["text"], a.get("title", ""), Span(*d["action"]), Span(*d["evidence"])), frozenset(d["sectors"]))
        for a in articles
        for d in a["directives"]
    ]


def terms_of(record: Record) -> list[str]:
    """The words of a directive with their fields, as the pipeline reads them."""
    told = record.told
    texts = {"evidence": told.evidence, "around": f"{told.around} {told.title}"}
    return [f"{field} {word}" for field in FIELDS for word in sorted(words_of(texts[field]))]


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


def names_of(codes: list[str]) -> list[str]:
    """The features of the scorecard."""
    vocabulary = [f"{kind} {text}" for text in Passage._fields for kind in ("share", "terms", "best")]
    return [*vocabulary, "words", *(f"sector {code}" for code in codes)]


def matrix(found: list[Record], points: Array, codes: list[str]) -> Array:
    """(records x sectors, features) of the second layer."""
    index = {name: i for i, name in enumerate(names_of(codes))}
    x = np.zeros((len(found) * len(codes), len(index)))
    for r, record in enumerate(found):
        terms = [sectors_in(text) for text in record.told]
        for c, code in enumerate(codes):
            row = x[r * len(codes) + c]
            for name, value in features(code, terms):
                row[index[name]] = value
            row[index["words"]] = log_share(float(points[r, c]))
            row[index[f"sector {code}"]] = 1.0
    return x


def learn_card(found: list[Record], x: Array, codes: list[str]) -> LogisticRegression:
    """Second layer; an article with many directives counts less for each."""
    counts = Counter(r.article for r in found)
    weights = np.repeat([counts[r.article] ** -0.5 for r in found], len(codes))
    y = np.array([[code in r.gold for code in codes] for r in found]).ravel()
    return LogisticRegression(C=1, max_iter=500, solver="liblinear").fit(x, y, sample_weight=weights)


def learn(found: list[Record], codes: list[str], own: frozenset[str]) -> tuple[Words, LogisticRegression]:
    """Both layers; prints the F1 on each fold left out, of the articles `own`."""
    fold = np.array([zlib.crc32(r.article.encode()) % FOLDS for r in found])
    points, left_out = np.zeros((len(found), len(codes))), np.zeros((len(found), len(codes)))
    for k in range(FOLDS):
        points[fold == k] = by_words(learn_words(_where(found, fold != k), codes), _where(found, fold == k))
    x = matrix(found, points, codes)
    for k in range(FOLDS):
        rows = np.repeat(fold == k, len(codes))
        model = learn_card(_where(found, fold != k), x[~rows], codes)
        left_out[fold == k] = model.predict_proba(x[rows])[:, 1].reshape(-1, len(codes))
    mine = np.array([r.article in own for r in found])
    print(f"{len(found)} directives; left out, of the benchmark: {micro_f1(left_out[mine], _where(found, mine), codes):.3f}")
    return learn_words(found, codes), learn_card(found, x, codes)


def _where(found: list[Record], chosen: NDArray[np.bool_]) -> list[Record]:
    return [r for r, c in zip(found, chosen, strict=True) if c]


def micro_f1(p: Array, found: list[Record], codes: list[str]) -> float:
    """Micro F1 of the sectors chosen by probabilities (records, sectors)."""
    right = chosen = 0
    for row, record in zip(p, found, strict=True):
        best = [int(k) for k in np.argsort(-row)[: len(MIN_PROBABILITY)]]
        picked = {codes[k] for rank, k in enumerate(best) if rank == 0 or row[k] >= MIN_PROBABILITY[rank]}
        right += len(picked & record.gold)
        chosen += len(picked) + len(record.gold)
    return 2 * right / chosen


def write(folder: Path, words: Words, card: LogisticRegression, codes: list[str], usual: Array) -> None:
    """Both files, with the comments they had."""
    lines = []
    for term, rare, row in zip(words.terms, words.rarity, words.points, strict=True):
        cell = ";".join(f"{code} {p:g}" for code, p in zip(codes, row, strict=True) if p)
        lines.append(f"{term.replace(' ', ',')},{rare:g},{cell}")
    _write(folder / FILE, COLUMNS, lines)
    points = [f"{name},{round(float(p), 3):g}" for name, p in zip(names_of(codes), card.coef_[0], strict=True)]
    own = [f"words {code},{p:g}" for code, p in zip(codes, words.own, strict=True)]
    common = [f"usual {code},{p:.4f}" for code, p in zip(codes, usual, strict=True)]
    _write(folder / POINTS_FILE, ("feature", "points"), [f"any,{card.intercept_[0]:.3f}", *points, *own, *common])


def _write(path: Path, columns: tuple[str, ...], lines: list[str]) -> None:
    comments = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")] if path.exists() else []
    path.write_text("\n".join([*comments, ",".join(columns), *lines]) + "\n", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds text/; the benchmark lies beside it")
    parser.add_argument("--hold-out", type=int, default=8, metavar="N")
    parser.add_argument("--bench-only", action="store_true")
    o = parser.parse_args()
    bench = directive_data.read(o.data.parent / "bench" / "train.jsonl")
    held = records([a for a in bench if held_out(a, o.hold_out)])
    own = [a for a in bench if not held_out(a, o.hold_out)]
    found = records(own if o.bench_only else own + more(o.data))
    codes = sorted({code for r in found for code in r.gold})
    words, card = learn(found, codes, frozenset(a["id"] for a in own))
    p = card.predict_proba(matrix(held, by_words(words, held), codes))[:, 1].reshape(-1, len(codes))
    print(f"held out: {micro_f1(p, held, codes):.3f} of {len(held)}")
    usual = np.array([[code in r.gold for code in codes] for r in found]).mean(0)
    write(FOLDER, words, card, codes, usual)


if __name__ == "__main__":
    main()
