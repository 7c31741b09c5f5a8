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

import numpy as np
from sklearn.linear_model import LogisticRegression

from models.training.scorecards import write_rows
from models.training.sectors_data import Array, Record, micro_f1, read, where
from models.training.sectors_words import Words, by_words, learn_words
from pipeline.directives.sector_words import COLUMNS, FILE
from pipeline.directives.sectors import POINTS_FILE, Passage, features, log_share
from pipeline.vocabulary.datafile import FOLDER
from pipeline.vocabulary.gazetteers import sectors_in

FOLDS = 5


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
        points[fold == k] = by_words(learn_words(where(found, fold != k), codes), where(found, fold == k))
    x = matrix(found, points, codes)
    for k in range(FOLDS):
        rows = np.repeat(fold == k, len(codes))
        model = learn_card(where(found, fold != k), x[~rows], codes)
        left_out[fold == k] = model.predict_proba(x[rows])[:, 1].reshape(-1, len(codes))
    mine = np.array([r.article in own for r in found])
    print(f"{len(found)} directives; left out, of the benchmark: {micro_f1(left_out[mine], where(found, mine), codes):.3f}")
    return learn_words(found, codes), learn_card(found, x, codes)


def write(folder: Path, words: Words, card: LogisticRegression, codes: list[str]) -> None:
    """Both files, with the comments they had."""
    lines = []
    for term, rare, row in zip(words.terms, words.rarity, words.points, strict=True):
        cell = ";".join(f"{code} {p:g}" for code, p in zip(codes, row, strict=True) if p)
        lines.append(f"{term.replace(' ', ',')},{rare:g},{cell}")
    write_rows(folder / FILE, COLUMNS, lines)
    points = [f"{name},{round(float(p), 3):g}" for name, p in zip(names_of(codes), card.coef_[0], strict=True)]
    own = [f"words {code},{p:g}" for code, p in zip(codes, words.own, strict=True)]
    write_rows(folder / POINTS_FILE, ("feature", "points"), [f"any,{card.intercept_[0]:.3f}", *points, *own])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds text/; the benchmark lies beside it")
    parser.add_argument("--hold-out", type=int, default=8, metavar="N")
    parser.add_argument("--bench-only", action="store_true")
    o = parser.parse_args()
    found, held, own = read(o.data, o.hold_out, o.bench_only)
    codes = sorted({code for r in found for code in r.gold})
    words, card = learn(found, codes, own)
    p = card.predict_proba(matrix(held, by_words(words, held), codes))[:, 1].reshape(-1, len(codes))
    print(f"held out: {micro_f1(p, held, codes):.3f} of {len(held)}")
    write(FOLDER, words, card, codes)


if __name__ == "__main__":
    main()
