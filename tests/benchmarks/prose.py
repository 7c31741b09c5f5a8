"""The sentences between the tables of docs/evaluation.md."""

from __future__ import annotations

HEAD = """# Evaluation

Written by `make eval`; sections marked as kept are written by hand. Extractor: `{version}`.

Every figure comes from the benchmark's own scorer, over what `arahan extract` writes. *dev* is the benchmark's part to measure
on; no weight or threshold is learned on it. *held out* is the eighth of the training part that the directive model did not learn
from; thresholds, calibration and weights of rules were chosen there, so that its figures flatter. In brackets: 95 % bootstrap
intervals over articles (1,000 draws), for groups of five articles or more. *sought*: what this version was to reach on dev.

## Figures
"""

APPROACHES = """## Approaches compared

The rules were run here, by the same scorer on the same articles: a cue of the lexicon (words of saying, modals, negations) and
the rest of its clause. The second row puts these candidates in place of the model's, keeps all of them, and attributes and
normalises them as shipped.
"""

SOURCES = """## By source

"mixed" is a collection of several newspapers.
"""

OUTLETS = """## Outlets that the model has not seen

Articles of dev whose outlets also stand in the training part, beside those whose outlets do not:
"""

CONFIDENCE = """## Confidence

A record's confidence is the probability that the scorer matches it with a gold record (kind and other fields aside). Records in
bands of a tenth; `--min-confidence` leaves records below a level out.
"""

ERRORS = """## Errors by automatic sort

A record there, with another span, counts twice: as missed and as spurious.
"""

UNREAD = "Nobody has read them yet.\n"

NOT_DONE = """## What was not done

"""
