"""One article after the other from Stanza's annotation to directives and officials."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Sequence

import arahan
from arahan.settings import Settings
from arahan.types import Article, Directive, Extraction, Span
from models.runtime.decode import Candidate
from pipeline import addressees
from pipeline.annotate import EXTRACTION, Annotated, Annotator
from pipeline.deadlines import find_deadline
from pipeline.event_date import event_date, reference_date, year_hint
from pipeline.gazetteers import find_cues
from pipeline.goals import quantities
from pipeline.issuers import Issuer, choose
from pipeline.kinds import kind_of
from pipeline.language import language
from pipeline.people import resolve_people
from pipeline.quotes import find_quotes, in_quote
from pipeline.sectors import blended
from pipeline.speakers import Speech, issuer_for, read_speech

CONTEXT_CHARS = 400
EDGE = " \t\r\n,;:.-–—\"“”‘’'"
NOT_IN_OFFICE = 0.6  # what is left of the confidence when the text gives the speaker no public office
FOREIGN = ("en",)


def extractor_version() -> str:
    """Version of the code; run.json has the hashes of code and weights."""
    return f"arahan-{arahan.__version__}"


class Extractor:
    """Loads the models once; `timings` are the seconds spent by stage."""

    def __init__(self, settings: Settings) -> None:
        self._annotator = Annotator(settings.models, EXTRACTION, threads=settings.threads_each)
        self.timings = {"annotate": 0.0, "attribute": 0.0}

    def extract(self, articles: Sequence[Article]) -> list[Extraction]:
        """One Extraction an article, in order."""
        start = time.perf_counter()
        annotated = self._annotator.annotate(articles)
        middle = time.perf_counter()
        found = [extraction(a, self._annotator.thresholds.keep) for a in annotated]
        self.timings["annotate"] += middle - start
        self.timings["attribute"] += time.perf_counter() - middle
        return found


def extraction(annotated: Annotated, keep: float) -> Extraction:
    """Everything in one annotated article; candidates below the probability `keep` are dropped."""
    article = annotated.article
    tongue = language(article.text)
    event = event_date(article.text, article.published)
    if tongue in FOREIGN:
        return Extraction(article, event, tongue, (), ())
    people = resolve_people(article, annotated.entities)
    quotes = find_quotes(article.text)
    kept = [(c, p) for c, p in annotated.reading.candidates if p >= keep]
    speech = read_speech(article, annotated.sentences, people, quotes) if kept else None
    issued = (
        [(c, p, choose(article, c.arguments["issuer"], people, issuer_for(speech, c.action))) for c, p in kept] if speech else []
    )
    directives = [
        _directive(annotated, c, sure, issuer, speech)
        for c, p, issuer in issued
        if speech and (sure := p if issuer.public else p * NOT_IN_OFFICE) >= keep
    ]
    return Extraction(article, event, tongue, people.officials, tuple(sorted(directives, key=lambda d: d.action)))


def _directive(annotated: Annotated, candidate: Candidate, probability: float, issuer: Issuer, speech: Speech) -> Directive:
    article, text = annotated.article, annotated.article.text
    action = trimmed(text, candidate.action)
    evidence = evidence_of(annotated.sentences, action)
    names = addressees.addressees(text, candidate.arguments["addressee"], evidence)
    sectors = blended(candidate.sectors, evidence.of(text), _around(text, evidence), article.title)
    cue = cue_of(text, candidate, evidence)
    kind = kind_of(candidate.kinds, cue.of(text) if cue else "", text[cue.start : candidate.action.start] if cue else "")
    return Directive(
        kind=kind, evidence=evidence, action=action, cue=cue.of(text) if cue else "",
        issuer_name=issuer.name, issuer_role=issuer.role, official_id=issuer.official_id,
        addressees=names, addressee_groups=addressees.groups(names), sectors=sectors,
        quantities=quantities(text, action, evidence),
        deadline=find_deadline(
            text, action, evidence, reference_date(article), kind, year_hint(text)
        ),
        direct_quote=in_quote(speech.quotes, action), region_code=issuer.region_code, region_name=issuer.region_name,
        confidence=round(probability, 4),
    )  # fmt: skip


def trimmed(text: str, span: Span) -> Span:
    """The span without punctuation and white space at its ends, itself when nothing else is in it."""
    inner = span.of(text)
    start = span.start + len(inner) - len(inner.lstrip(EDGE))
    end = span.end - (len(inner) - len(inner.rstrip(EDGE)))
    return Span(start, end) if start < end else span


def evidence_of(sentences: Sequence[Span], action: Span) -> Span:
    """The sentence that holds the action, or the run of sentences when it crosses a bound."""
    first = max(0, bisect_right(sentences, action.start, key=lambda s: s.start) - 1)
    last = first
    while last + 1 < len(sentences) and sentences[last].end < action.end:
        last += 1
    return Span(min(sentences[first].start, action.start), max(sentences[last].end, action.end)) if sentences else action


def cue_of(text: str, candidate: Candidate, evidence: Span) -> Span | None:
    """The cue that the model marked most surely in the evidence, else the last one of the lexicon before the act."""
    marked = [m for m in candidate.arguments["cue"] if evidence.contains(m.span)]
    if marked:
        return max(marked, key=lambda m: m.score).span
    before = [span for span, _ in find_cues(Span(evidence.start, candidate.action.start).of(text))]
    return Span(evidence.start + before[-1].start, evidence.start + before[-1].end) if before else None


def _around(text: str, evidence: Span) -> str:
    return text[max(0, evidence.start - CONTEXT_CHARS) : evidence.end + CONTEXT_CHARS]
