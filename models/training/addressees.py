"""Learn whom a directive tells: writes addressee_points.csv (pipeline/addressees/choice.py).

    python -m models.training.addressees --data ../shared/data --hold-out 8

From the gold evidences, cues and acts of the benchmark's training articles but the held-out ones, and of the project's own
annotations, without the marks of the directive model. Prints the share of right decisions on each source, also when left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from arahan.types import Span
from models.training.choices import Choice, best, learn_choices
from models.training.directive_data import Annotated
from models.training.scorecards import BENCHMARK, HELD_OUT, asked, write
from pipeline.addressees.actors import TOLD_KINDS
from pipeline.addressees.choice import POINTS_FILE, options
from pipeline.addressees.clause import Clause, Told
from pipeline.speech.quotes import find_quotes, in_quote
from pipeline.vocabulary.datafile import FOLDER
from pipeline.vocabulary.phrases import key

STRENGTH = 3.0
ALIKE = 0.5
"""F1 of the words from which addressees are the right ones."""


def weight(source: str) -> float:
    """What a directive of a source counts for."""
    return 1.0 if source.startswith("invented") else 2.0 if source in (BENCHMARK, "news") else 1.5


def alike(gold: Iterable[str], found: Iterable[str]) -> bool:
    """Whether the words of two lists of addressees agree well enough."""
    one, two = ({word for name in names for word in key(name)} for names in (gold, found))
    return 2 * len(one & two) >= ALIKE * (len(one) + len(two))


def choices(articles: Iterable[Annotated], counts_for: float) -> list[Choice]:
    """Those of all directives that can be told to somebody."""
    return [choice for article in articles for choice in _of_article(article, counts_for)]


def _of_article(article: Annotated, counts_for: float) -> Iterator[Choice]:
    text, quotes = article["text"], find_quotes(article["text"])
    before = list[tuple[Annotated, tuple[str, ...]]]()
    for d in sorted(article["directives"], key=lambda d: d["action"]):
        names = tuple(dict.fromkeys(text[start:end] for start, end in d["addressees"]))
        if d["kind"] in TOLD_KINDS:
            evidence, action, cue = Span(*d["evidence"]), Span(*d["action"]), Span(*d["cue"]) if d["cue"] else None
            issuer = f"{d['issuer']['name']} {d['issuer']['role']}"
            c = Clause(text, evidence, cue, action, d["kind"], issuer, in_quote(quotes, action), _told(before, d))
            found = options(c)
            yield Choice([o.features for o in found], [alike(names, o.names) for o in found], counts_for)
        if names:
            before.append((d, names))


def _told(before: list[tuple[Annotated, tuple[str, ...]]], d: Annotated) -> Told | None:
    """The last directive of the same issuer, or of anybody."""
    same = [each for each in before if each[0]["issuer"] == d["issuer"]]
    last = (same or before)[-1:]
    return Told(Span(*last[0][0]["evidence"]), last[0][1], bool(same)) if last else None


def share(card: dict[str, float], found: Iterable[Choice]) -> float:
    """How many of the choices are right, without points set by hand."""
    right = [choice.right[best(card, choice.options)] for choice in found]
    return sum(right) / max(1, len(right))


def _learn(tasks: Mapping[str, list[Choice]], *without: str) -> dict[str, float]:
    return learn_choices((choice for name, task in tasks.items() if name not in without for choice in task), STRENGTH)


def main() -> None:
    """Command line."""
    tasks = {source: choices(articles, weight(source)) for source, articles in asked(__doc__).items()}
    card = _learn(tasks, HELD_OUT)
    for name, task in tasks.items():
        left_out = "" if name == HELD_OUT else f", left out {share(_learn(tasks, HELD_OUT, name), task):.3f}"
        print(f"{name}: {share(card, task):.3f} of {len(task)}{left_out}", flush=True)
    write(FOLDER / POINTS_FILE, card)


if __name__ == "__main__":
    main()
