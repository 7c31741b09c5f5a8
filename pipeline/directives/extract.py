"""One article after the other from Stanza's annotation to directives and officials."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import arahan
from arahan.settings import Settings
from arahan.types import Article, Directive, Extraction, Span
from models.runtime.decode import Candidate
from pipeline.addressees import actors
from pipeline.addressees.choice import chosen_names, marked_names
from pipeline.addressees.clause import Clause, Told
from pipeline.directives.confidence import Confidence, Finding
from pipeline.directives.evidence import cue_of, evidence_of, trimmed
from pipeline.directives.kinds import kind_of
from pipeline.directives.sectors import passage, sectors_told
from pipeline.people.officials import People, resolve_people
from pipeline.speech.attribution import Speech
from pipeline.speech.issuers import choose
from pipeline.speech.orders import issuer_for
from pipeline.speech.quotes import find_quotes, in_quote
from pipeline.speech.speakers import read_speech
from pipeline.text.language import language
from pipeline.text.layout import plain_spaces
from pipeline.values.deadlines import find_deadline
from pipeline.values.event_date import event_date, reference_date, year_hint
from pipeline.values.goals import quantities

if TYPE_CHECKING:
    from pipeline.annotation.annotate import Annotated

HOPELESS = 0.02  # candidates less likely than this for the model are not looked at
RECENT = 50  # directives before, among which those told last are looked for
FOREIGN = ("en",)


def extractor_version() -> str:
    """Version of the code; run.json has the hashes of code and weights."""
    return f"arahan-{arahan.__version__}"


class Extractor:
    """Loads the models once; `timings` are the seconds spent by stage."""

    def __init__(self, settings: Settings) -> None:
        from pipeline.annotation.annotate import EXTRACTION, Annotator  # takes seconds to load; a run's first process needs none

        self._annotator = Annotator(settings.models, EXTRACTION, threads=settings.threads_each)
        self._confidence = Confidence.load(Path(settings.models) / "directive")
        self.timings = {"annotate": 0.0, "attribute": 0.0}

    def extract(self, articles: Sequence[Article]) -> list[Extraction]:
        """One Extraction an article, in order."""
        start = time.perf_counter()
        annotated = self._annotator.annotate(articles)
        middle = time.perf_counter()
        found = [extraction(a, self._confidence) for a in annotated]
        self.timings["annotate"] += middle - start
        self.timings["attribute"] += time.perf_counter() - middle
        return found


class Calendar(NamedTuple):
    """What an article's relative dates are read against: found once, since it takes the whole text."""

    reference: dt.date | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Read:
    """An article with its people, and what may be a directive in it, in order."""

    language: str
    people: People | None
    findings: list[Finding]


def read(annotated: Annotated) -> Read:
    """Attribute and normalise every candidate of one annotated article that is not hopeless; findings have its plain spaces."""
    given = annotated.article
    article = replace(given, text=plain_spaces(given.text), title=plain_spaces(given.title))
    annotated = replace(annotated, article=article)
    tongue = language(article.text)
    if tongue in FOREIGN:
        return Read(tongue, None, [])
    people = resolve_people(article, marks=annotated.reading.names)  # without the tagger, whose persons lower officials' F1
    likely = [(c, p) for c, p in annotated.reading.candidates if p >= HOPELESS]
    if not likely:
        return Read(tongue, people, [])
    speech = read_speech(article, annotated.sentences, people, find_quotes(article.text))
    calendar = Calendar(reference_date(article), year_hint(article.text))
    found = [_finding(annotated, people, speech, calendar, candidate, p) for candidate, p in likely]
    return Read(tongue, people, sorted(found, key=lambda f: f.action))


def _finding(
    annotated: Annotated, people: People, speech: Speech, calendar: Calendar, candidate: Candidate, probability: float
) -> Finding:
    article, text = annotated.article, annotated.article.text
    said = issuer_for(speech, candidate.action)
    issuer = choose(article, candidate.arguments["issuer"], people, said)
    action = trimmed(text, candidate.action)
    evidence = evidence_of(text, annotated.sentences, action)
    cue = cue_of(text, candidate, evidence)
    told = cue.of(text) if cue else ""
    lead, before = text[cue.start : action.start] if cue else "", text[evidence.start : action.start]
    kind = kind_of(candidate.kinds, told, lead, before, action.of(text))
    deadline = find_deadline(text, action, evidence, calendar.reference, kind, calendar.year)
    quoted = in_quote(speech.quotes, action)
    return Finding(article, candidate, probability, action, evidence, kind, told, issuer, deadline, quoted)


def extraction(annotated: Annotated, confidence: Confidence) -> Extraction:
    """Everything in one annotated article; what is less sure than `confidence.keep` is dropped."""
    article = annotated.article
    found = read(annotated)
    sure = [(f, confidence.probability(f)) for f in found.findings]
    directives: list[Directive] = []
    for finding, p in sure:
        if p >= confidence.keep:
            directives.append(_directive(finding, p, directives))
    officials = found.people.officials if found.people else ()
    return Extraction(article, event_date(article.text, article.published), found.language, officials, tuple(directives))


def _directive(f: Finding, probability: float, before: Sequence[Directive]) -> Directive:
    text = f.article.text
    cue = cue_of(text, f.candidate, f.evidence)
    names = _chosen(f, before, cue)
    return Directive(
        kind=f.kind, evidence=f.evidence, action=f.action, cue=f.cue,
        issuer_name=f.issuer.name, issuer_role=f.issuer.role, official_id=f.issuer.official_id,
        addressees=names, addressee_groups=actors.groups(names),
        sectors=sectors_told(passage(text, f.article.title, f.action, f.evidence)),
        quantities=quantities(text, f.action, f.evidence), deadline=f.deadline, direct_quote=f.in_quote,
        region_code=f.issuer.region_code, region_name=f.issuer.region_name, confidence=round(probability, 4),
    )  # fmt: skip


def _chosen(f: Finding, before: Sequence[Directive], cue: Span | None) -> tuple[str, ...]:
    """The addressees that the scorecard chooses, where somebody is told."""
    marks = f.candidate.arguments["addressee"]
    if f.kind not in actors.TOLD_KINDS:
        return marked_names(f.article.text, f.evidence, marks) if f.kind == "target" else ()
    clause = Clause(
        f.article.text, f.evidence, cue, f.action, f.kind, f"{f.issuer.name} {f.issuer.role}", f.in_quote, _told_before(f, before)
    )
    return chosen_names(clause, marks)


def _told_before(f: Finding, before: Sequence[Directive]) -> Told | None:
    """The last directive that names whom it tells: this issuer's, else anybody's."""
    naming = [d for d in before[-RECENT:] if d.addressees]
    mine = [d for d in naming if (d.issuer_name, d.issuer_role) == (f.issuer.name, f.issuer.role)]
    last = (mine or naming)[-1:]
    return Told(last[0].evidence, last[0].addressees, bool(mine)) if last else None
