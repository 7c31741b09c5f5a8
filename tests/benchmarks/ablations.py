"""What follows the models, with a part of it left out, on the same annotations: no model runs again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any
from unittest.mock import patch

from arahan.settings import REPOSITORY
from pipeline.directives import extract
from pipeline.directives.confidence import Confidence
from pipeline.directives.sectors import Passage, sectors_of
from pipeline.speech.issuers import choose
from tests.benchmarks import baseline
from tests.benchmarks.figures import Figures, score
from tests.benchmarks.readings import Reading, replayed

SHIPPED = Confidence.load(REPOSITORY / "models" / "directive")


@dataclass(frozen=True, slots=True)
class Ablation:
    """`parts`: names of `pipeline.directives.extract` and what stands in for them; `change`: what is done to each annotated
    article; `confidence`: what decides in place of the shipped one."""

    name: str
    parts: Mapping[str, Any] = field(default_factory=dict)
    change: Callable[[Any], Any] = lambda annotated: annotated
    confidence: Confidence | None = None


def _model_kind(marked: Mapping[str, float], *_: object) -> str:
    return max(marked, key=lambda kind: marked[kind])


def _vocabulary_sectors(told: Passage) -> tuple[str, ...]:
    return sectors_of(told.evidence, told.around, told.title)


def _model_issuer(article: Any, mentions: Any, people: Any, said: Any, *more: Any) -> Any:  # noqa: ANN401
    return choose(article, mentions, people, said._replace(score=0.0), *more)


def _rule_issuer(article: Any, _: Any, people: Any, said: Any, *more: Any) -> Any:  # noqa: ANN401
    return choose(article, [], people, said, *more)


ABLATIONS = (
    Ablation("speakers without public office as sure as others", confidence=replace(SHIPPED, not_in_office=1.0)),
    Ablation("kind by the model alone", {"kind_of": _model_kind}),
    Ablation("sectors by the vocabulary alone", {"sectors_told": _vocabulary_sectors}),
    Ablation("issuer by the model's marks alone", {"choose": _model_issuer}),
    Ablation("issuer by the rules of speech alone", {"choose": _rule_issuer}),
)
LEXICON = Ablation(
    "cue lexicon in place of the model", change=baseline.in_place_of_model, confidence=Confidence(not_in_office=1.0, keep=0.0)
)


def measured(scorer: ModuleType, reading: Reading) -> Iterator[tuple[str, Figures]]:
    """Each ablation's figures."""
    for ablation in ABLATIONS:
        yield ablation.name, figures_without(scorer, reading, ablation)


def figures_without(scorer: ModuleType, reading: Reading, ablation: Ablation) -> Figures:
    """The figures with a part left out; AttributeError where the pipeline has no such part any more."""
    return score(scorer, ablated(reading, ablation))


def ablated(reading: Reading, ablation: Ablation) -> Reading:
    """The reading without the part."""
    with ExitStack() as stack:
        for name, stand_in in ablation.parts.items():
            stack.enter_context(patch.object(extract, name, stand_in))
        return replayed(reading, ablation.change, ablation.confidence)
