"""Learn which time in a directive's evidence is its deadline: writes deadline_points.csv (pipeline/values/deadlines.py).

    python -m models.training.deadlines --data ../shared/data --hold-out 8

From the gold evidences and actions of the benchmark's training articles but the held-out ones, and of the project's own
annotations but those of agency text, whose days of writing are not known. Prints the F1 on each source, also when it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from arahan.types import Span
from models.training.confidence import article_of
from models.training.directive_data import Annotated
from models.training.scorecards import BENCHMARK, Case, Counted, asked, learn_and_report, write
from pipeline.values.dates_relative import time_expressions
from pipeline.values.deadlines import POINTS_FILE, features
from pipeline.values.event_date import reference_date, year_hint
from pipeline.vocabulary.datafile import FOLDER
from pipeline.vocabulary.scorecards import score

UNDATED = "agency"
STRENGTH = 0.5
MONTH = len("2025-11")


class Evidence(NamedTuple):
    """The times in a gold evidence in reading order, right where they are its deadline, and whether it has one, found or not."""

    times: list[Case]
    has_deadline: bool


class Deadlines(NamedTuple):
    """Every gold evidence of a source."""

    evidences: list[Evidence]

    @property
    def cases(self) -> list[Case]:
        """Every time in them."""
        return [case for evidence in self.evidences for case in evidence.times]

    def counted(self, card: Mapping[str, float]) -> Counted:
        """Of each evidence the time with most points, the last of equals, if it has more than 0."""
        hits = chosen = 0
        for evidence in self.evidences:
            ranked = [(score(card, case.features), at) for at, case in enumerate(evidence.times)]
            points, best = max(ranked, default=(0.0, 0))
            if points > 0:
                chosen += 1
                hits += evidence.times[best].right
        return Counted(hits, chosen, sum(evidence.has_deadline for evidence in self.evidences))


def weight(source: str) -> float:
    """What a time of a source counts for."""
    if source.startswith("invented"):
        return 0.5
    return 2.0 if source == BENCHMARK else 1.5


def same(told: str | None, found: str) -> bool:
    """Whether two ISO dates agree, at the precision of months where one of them has no more."""
    if not told:
        return False
    return told == found or (told[:MONTH] == found[:MONTH] and MONTH in (len(told), len(found)))


def deadlines(articles: Iterable[Annotated], counts_for: float) -> Deadlines:
    """The times in the evidences of the articles' directives."""
    found = []
    for annotated in articles:
        article, text = article_of(annotated), annotated["text"]
        reference, year = reference_date(article), year_hint(text)
        for d in annotated["directives"]:
            action, told = Span(*d["action"]), (d["deadline"] or {}).get("iso")
            times = [
                Case(frozenset(features(text, action, time, reference, d["kind"])), same(told, time.period.iso), counts_for)
                for time in time_expressions(text, Span(*d["evidence"]), reference, year)
            ]
            found.append(Evidence(times, told is not None))
    return Deadlines(found)


def main() -> None:
    """Command line."""
    dated = {source: articles for source, articles in asked(__doc__).items() if source != UNDATED}
    tasks = {source: deadlines(articles, weight(source)) for source, articles in dated.items()}
    write(FOLDER / POINTS_FILE, learn_and_report(tasks, STRENGTH, {}))


if __name__ == "__main__":
    main()
