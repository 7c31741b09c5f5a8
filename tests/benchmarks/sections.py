"""The tables of docs/evaluation.md, from readings and their cases. Numbers only: no text of an article gets into them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import ModuleType

from arahan.types import KINDS
from models.training import judge
from tests.benchmarks import figures as f
from tests.benchmarks.cases import FIELDS, MANNERS, MISSED, SPURIOUS, Case, is_release
from tests.benchmarks.markdown import Cell, table, within
from tests.benchmarks.readings import Reading, Row, at_least

SOUGHT = {
    "detection.f1": 0.80, "record.f1": 0.60, "kind": 0.94, "issuer": 0.92, "addressees": 0.90, "sectors": 0.82,
    "quantities": 0.90, "deadline_f1": 0.80, "officials.f1": 0.95, "officials_role": 0.90,
}  # fmt: skip
LENGTHS = (150, 300, 500)
ACT_LENGTHS = (3, 7, 14)
LEVELS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
BRIEF = (
    "detection.precision",
    "detection.recall",
    "detection.f1",
    "record.f1",
    "kind",
    "issuer",
    "addressees",
    "sectors",
    "officials.f1",
)
BRIEF_COLUMNS = ("precision", "recall", "detection F1", "record F1", "kind", "issuer", "addressees", "sectors", "officials")
MIN_ARTICLES = 5  # for an interval that says something


class Part:
    """A reading with what is counted of it once."""

    def __init__(self, scorer: ModuleType, reading: Reading, found: Sequence[Case]) -> None:
        self.scorer, self.reading, self.cases = scorer, reading, found
        self.counts = f.reading_counts(scorer, reading)
        self.figures = f.summarise(scorer, f.added(list(self.counts.values())))
        self.intervals = f.intervals(scorer, list(self.counts.values()))
        hits = [(row, hit) for a in reading.articles for row, hit in self._hits(a)]
        self.confidences, self.right = [float(row["confidence"]) for row, _ in hits], [hit for _, hit in hits]

    def _hits(self, article: Row) -> Iterator[tuple[Row, bool]]:
        rows = self.reading.found.get(article["id"], [])
        yield from zip(rows, judge.matched(self.scorer, article, rows), strict=True)

    @property
    def calibration_error(self) -> float:
        """Expected calibration error of the records."""
        return f.calibration_error(f.bands(self.confidences, self.right))


def overall(parts: Sequence[Part]) -> str:
    """Every figure with its interval."""
    rows = [[name, *(within(p.figures[name], p.intervals[name]) for p in parts), SOUGHT.get(name)] for name in parts[0].figures]
    return table(["figure", *(p.reading.name for p in parts), "sought"], rows)


def by_article(part: Part, group: Callable[[Row], str], order: Sequence[str] = ()) -> str:
    """The scorer's figures by a property of the articles, in the `order` given, else groups with the most articles first."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for article in part.reading.articles:
        groups[group(article)].append(article)
    rows: list[list[Cell]] = []
    for name in order or sorted(groups, key=lambda name: (-len(groups[name]), name)):
        articles = groups[name]
        if not articles:
            continue
        each = [part.counts[a["id"]] for a in articles]
        found, total = f.summarise(part.scorer, f.added(each)), f.added(each)
        wide = f.intervals(part.scorer, each) if len(each) >= MIN_ARTICLES else None
        rows.append([
            name, len(articles), int(total["gold"]), int(total["pred"]),
            within(found["detection.f1"], wide["detection.f1"]) if wide else found["detection.f1"],
            within(found["record.f1"], wide["record.f1"]) if wide else found["record.f1"],
            *(found[n] if total["match"] else None for n in ("kind", "issuer")),
        ])  # fmt: skip
    return table(("", "articles", "gold", "found", "detection F1", "record F1", "kind", "issuer"), rows)


def by_case(part: Part, group: Callable[[Case], str], order: Sequence[str]) -> str:
    """Recall of gold records, precision of predictions and right records among the matched, by a property of the case."""
    rows: list[list[Cell]] = []
    for name in order:
        some = [c for c in part.cases if group(c) == name]
        gold, found = sum(c.gold is not None for c in some), sum(c.predicted is not None for c in some)
        match = sum(c.matched for c in some)
        rows.append([
            name, gold, match / gold if gold else None, found, match / found if found else None,
            sum(c.right for c in some) / match if match else None,
        ])  # fmt: skip
    return table(("", "gold", "recall", "found", "precision", "whole record right, of matched"), rows)


def kinds(part: Part) -> str:
    """Gold kinds against found kinds, with what is missed and what is spurious."""
    pairs = Counter((c.gold["kind"] if c.gold else "", c.predicted["kind"] if c.predicted else "") for c in part.cases)
    rows: list[list[Cell]] = [[k, *(pairs[k, other] for other in KINDS), pairs[k, ""]] for k in KINDS]
    return table(("gold \\ found", *KINDS, "missed"), [*rows, ["spurious", *(pairs["", k] for k in KINDS), None]])


def manners(part: Part) -> str:
    """By how the act is told."""
    return by_case(part, lambda c: c.manner, MANNERS)


def article_lengths(part: Part) -> str:
    """By the words of the article."""
    return by_article(part, lambda a: bucket(len(a["text"].split()), LENGTHS), buckets(LENGTHS))


def act_lengths(part: Part) -> str:
    """By the words of the act."""
    return by_case(part, lambda c: bucket(len(c.action.of(c.article["text"]).split()), ACT_LENGTHS), buckets(ACT_LENGTHS))


def buckets(bounds: Sequence[int]) -> list[str]:
    """Names of the ranges between bounds: `1–3`, `4–7`, `8 and more`."""
    lows = [1, *(b + 1 for b in bounds)]
    return [*(f"{low}–{high}" for low, high in zip(lows, bounds, strict=False)), f"{lows[-1]} and more"]


def bucket(value: int, bounds: Sequence[int]) -> str:
    """The range that a number of words falls into."""
    return buckets(bounds)[sum(value > b for b in bounds)]


def releases(article: Row) -> str:
    """Office or newspaper."""
    return "offices' own releases" if is_release(article) else "newspapers"


def confidence(part: Part) -> str:
    """Confidence against precision in bands."""
    rows = [(f"{b.low:.1f}–{b.high:.1f}", b.records, b.confidence, b.precision) for b in f.bands(part.confidences, part.right)]
    return table(("confidence", "records", "mean confidence", "precision"), rows)


def levels(part: Part) -> str:
    """What `--min-confidence` leaves, scored."""
    rows: list[list[Cell]] = []
    for level in LEVELS:
        found = f.score(part.scorer, left := at_least(part.reading, level))
        rows.append([f"{level:.1f}", sum(map(len, left.found.values())), *(found[name] for name in BRIEF[:4])])
    return table(("--min-confidence", "records", *BRIEF_COLUMNS[:4]), rows)


def outcomes(parts: Sequence[Part]) -> str:
    """How many records end how, by the automatic sort; a record can be wrong in more than one field."""
    rows: list[list[Cell]] = [["whole record right", *(sum(c.right for c in p.cases) for p in parts)]]
    rows += [[f"matched, wrong {name}", *(sum(name in c.faults for c in p.cases) for p in parts)] for name in FIELDS]
    rows += [[sort, *(sum(c.sort == sort for c in p.cases) for p in parts)] for sort in (*MISSED, *SPURIOUS)]
    return table(("", *(p.reading.name for p in parts)), rows)


def compared(rows: Mapping[str, f.Figures | str]) -> str:
    """A row of figures for each name, or why there are none."""
    lines: list[list[Cell]] = []
    for name, found in rows.items():
        lines.append([name, found, *[None] * (len(BRIEF) - 1)] if isinstance(found, str) else [name, *(found[n] for n in BRIEF)])
    return table(("", *BRIEF_COLUMNS), lines)
