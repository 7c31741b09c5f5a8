"""One article after the other from Stanza's annotation to directives and officials."""

from __future__ import annotations

import datetime as dt
import time
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import arahan
from arahan.settings import Settings
from arahan.types import Article, Directive, Extraction, Span
from models.runtime.decode import Candidate
from pipeline.addressees import actors
from pipeline.annotation.annotate import EXTRACTION, Annotated, Annotator
from pipeline.directives.confidence import Confidence, Finding
from pipeline.directives.kinds import kind_of
from pipeline.directives.sectors import blended, passage
from pipeline.people.officials import People, resolve_people
from pipeline.speech.attribution import Speech
from pipeline.speech.issuers import choose
from pipeline.speech.orders import issuer_for
from pipeline.speech.quotes import find_quotes, in_quote
from pipeline.speech.speakers import read_speech
from pipeline.text.language import language
from pipeline.values.deadlines import find_deadline
from pipeline.values.event_date import event_date, reference_date, year_hint
from pipeline.values.goals import quantities
from pipeline.vocabulary.gazetteers import find_cues

LONGEST_EVIDENCE, REACH = 2_000, 600  # characters: a "sentence" of a whole page is no passage that anybody reads
EDGE = " \t\r\n,;:.-–—\"“”‘’'"
HOPELESS = 0.02  # candidates less likely than this for the model are not looked at
FOREIGN = ("en",)


def extractor_version() -> str:
    """Version of the code; run.json has the hashes of code and weights."""
    return f"arahan-{arahan.__version__}"


class Extractor:
    """Loads the models once; `timings` are the seconds spent by stage."""

    def __init__(self, settings: Settings) -> None:
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
    """Attribute and normalise every candidate of one annotated article that is not hopeless."""
    article = annotated.article
    tongue = language(article.text)
    if tongue in FOREIGN:
        return Read(tongue, None, [])
    people = resolve_people(article)  # without the tagger: held out, officials reach 0.90 F1 so, and 0.88 with its persons
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
    marks = f.candidate.arguments["addressee"]
    names = actors.addressees(text, marks, f.evidence, cue, f.action, f.kind)
    names = names or _told_before(f, before) or actors.earlier(text, marks, f.evidence, f.action)
    return Directive(
        kind=f.kind, evidence=f.evidence, action=f.action, cue=f.cue,
        issuer_name=f.issuer.name, issuer_role=f.issuer.role, official_id=f.issuer.official_id,
        addressees=names, addressee_groups=actors.groups(names),
        sectors=blended(f.candidate.sectors, passage(text, f.article.title, f.action, f.evidence)),
        quantities=quantities(text, f.action, f.evidence), deadline=f.deadline, direct_quote=f.in_quote,
        region_code=f.issuer.region_code, region_name=f.issuer.region_name, confidence=round(probability, 4),
    )  # fmt: skip


def _told_before(f: Finding, before: Sequence[Directive]) -> tuple[str, ...]:
    """The addressees of this issuer's last directive that names some, where this one goes on from it."""
    if f.kind not in actors.TOLD_KINDS:
        return ()
    mine = (d for d in reversed(before) if d.addressees and (d.issuer_name, d.issuer_role) == (f.issuer.name, f.issuer.role))
    last = next(mine, None)
    same = last and actors.carries_on(f.article.text, last.evidence, f.evidence, f.action, f.cue)
    return last.addressees if last and same else ()


def trimmed(text: str, span: Span) -> Span:
    """The span without punctuation and white space at its ends, itself when nothing else is in it."""
    inner = span.of(text)
    start = span.start + len(inner) - len(inner.lstrip(EDGE))
    end = span.end - (len(inner) - len(inner.rstrip(EDGE)))
    return Span(start, end) if start < end else span


def evidence_of(text: str, sentences: Sequence[Span], action: Span) -> Span:
    """The sentence that holds the action, the run of sentences when it crosses a bound, a part of it when it is endless."""
    if not sentences:
        return action
    first = max(0, bisect_right(sentences, action.start, key=lambda s: s.start) - 1)
    last = first
    while last + 1 < len(sentences) and sentences[last].end < action.end:
        last += 1
    whole = Span(min(sentences[first].start, action.start), max(sentences[last].end, action.end))
    return whole if whole.end - whole.start <= LONGEST_EVIDENCE else _near(text, whole, action)


def _near(text: str, whole: Span, action: Span) -> Span:
    """At most REACH characters of `whole` on each side of the action, from one white space to another."""
    start, end = max(whole.start, action.start - REACH), min(whole.end, action.end + REACH)
    if start > whole.start and (gap := text.find(" ", start, action.start)) >= 0:
        start = gap + 1
    if end < whole.end and (gap := text.rfind(" ", action.end, end)) >= 0:
        end = gap
    return Span(start, end)


def cue_of(text: str, candidate: Candidate, evidence: Span) -> Span | None:
    """The cue that the model marked most surely in the evidence, else the last one of the lexicon before the act."""
    marked = [m for m in candidate.arguments["cue"] if evidence.contains(m.span)]
    if marked:
        return max(marked, key=lambda m: m.score).span
    before = [span for span, _ in find_cues(Span(evidence.start, candidate.action.start).of(text))]
    return Span(evidence.start + before[-1].start, evidence.start + before[-1].end) if before else None
