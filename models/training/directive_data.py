"""Annotated articles as tensors for the directive model."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from arahan.types import KINDS, Span
from models.runtime import labels
from models.runtime.windows import NO_SENTENCE, Window, windows

IGNORED = -100
BREAK = re.compile(r"(?<=[.!?…])[\"'”’]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n+")
ABBREVIATED = re.compile(r"\b(?:H|Hj|Dr|dr|Drs|Ir|Prof|No|Kab|Kec|St|Rp|S|M|[A-Z])\.$")
Annotated = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Query:
    """One gold directive inside a window.

    `pieces`: of the action. `arguments`: (roles, pieces), 1 where a piece belongs to that argument, IGNORED where unknown.
    """

    pieces: list[int]
    sentence: int
    kind: int
    sectors: list[int]
    arguments: torch.Tensor


@dataclass(frozen=True, slots=True)
class Example:
    """A window with its targets; `tokens` has one list of label indices a head, `kinds` one row a sentence."""

    window: Window
    tokens: dict[str, list[int]]
    kinds: dict[int, list[float]]
    queries: list[Query]


def read(path: Path) -> list[Annotated]:
    """The articles of an annotated JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def sentences(text: str) -> list[Span]:
    """Sentences by punctuation and newlines, near enough to the pipeline's for training."""
    found, start = [], 0
    for match in BREAK.finditer(text):
        if "\n" not in match.group() and ABBREVIATED.search(text[max(start, match.start() - 6) : match.start()]):
            continue
        found.append((start, match.start() + len(match.group().rstrip())))
        start = match.end()
    found.append((start, len(text)))
    return [
        Span(s + len(text[s:e]) - len(text[s:e].lstrip()), s + len(text[s:e].rstrip())) for s, e in found if text[s:e].strip()
    ]


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Where `words` stands in `text` as whole words."""
    if not words.strip():
        return []
    return [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]


def name_spans(text: str, name: str) -> list[tuple[int, int]]:
    """All mentions of a person: the name and its parts of three letters or more that begin with a capital."""
    parts = [p for p in re.findall(r"\w[\w'’-]+", name) if len(p) >= 3 and p[0].isupper()]
    return sorted({span for part in {name, *parts} for span in occurrences(text, part)})


def _pieces(window: Window, span: Sequence[int]) -> list[int]:
    """The pieces of a span in the order of the text: a close window has what stands before its sentence behind it."""
    places = enumerate(zip(window.starts, window.ends, strict=True))
    return sorted((i for i, (s, e) in places if s < span[1] and e > span[0] and e > s), key=window.starts.__getitem__)


def _tag(tags: list[int], names: tuple[str, ...], window: Window, span: Sequence[int], label: str = "") -> None:
    suffix = f"-{label}" if label else ""
    for position, index in enumerate(_pieces(window, span)):
        tags[index] = names.index(("I" if position else "B") + suffix)


def _issuer_spans(article: Annotated, directive: Annotated) -> list[tuple[int, int]]:
    issuer = directive["issuer"]
    if issuer["name"]:
        return name_spans(article["text"], issuer["name"])
    return occurrences(article["text"], issuer["role"])


def _arguments(article: Annotated, directive: Annotated, window: Window) -> torch.Tensor:
    spans = {
        "cue": [directive["cue"]] if directive["cue"] else [],
        "addressee": directive["addressees"],
        "issuer": _issuer_spans(article, directive),
        "quantity": [q["span"] for q in directive["quantities"] if q.get("span")],
        "deadline": [directive["deadline"]["span"]] if directive["deadline"] and directive["deadline"].get("span") else [],
    }
    target = torch.zeros(len(labels.ROLES), len(window.ids))
    for row, role in enumerate(labels.ROLES):
        for span in spans[role]:
            target[row, _pieces(window, span)] = 1
        if role in ("issuer", "addressee") and spans[role] and not target[row].any():
            target[row] = IGNORED
    target[:, [i for i, s in enumerate(window.sentence) if s == NO_SENTENCE]] = IGNORED
    return target


def example(article: Annotated, window: Window) -> Example:
    """The window with every gold label that falls into it."""
    text, size = article["text"], len(window.ids)
    tokens = {head: [0] * size for head in labels.TOKEN_HEADS}
    for official in article["officials"]:
        for span in occurrences(text, official.get("role") or ""):
            _tag(tokens["people"], labels.PEOPLE, window, span, "role")
    for official in article["officials"]:
        for span in name_spans(text, official["name"]):
            _tag(tokens["people"], labels.PEOPLE, window, span, "name")
    kinds: dict[int, list[float]] = {s: [0.0] * len(KINDS) for s, c in zip(window.sentence, window.core, strict=True) if c}
    queries = []
    for d in article["directives"]:
        pieces = _pieces(window, d["action"])
        _tag(tokens["action"], labels.ACTION, window, d["action"], d["kind"])
        if d["cue"]:
            _tag(tokens["cue"], labels.CUE, window, d["cue"])
        for span in d["addressees"]:
            _tag(tokens["addressee"], labels.ADDRESSEE, window, span)
        for q in d["quantities"]:
            if q.get("span"):
                _tag(tokens["amount"], labels.AMOUNT, window, q["span"], "quantity")
        if d["deadline"] and d["deadline"].get("span"):
            _tag(tokens["amount"], labels.AMOUNT, window, d["deadline"]["span"], "deadline")
        if pieces and window.core[pieces[0]] and not _unsure(article, d["action"]):
            sentence = window.sentence[pieces[0]]
            kinds[sentence][KINDS.index(d["kind"])] = 1.0
            sectors = [labels.SECTORS.index(s) for s in d["sectors"] if s in labels.SECTORS]
            queries.append(Query(pieces, sentence, KINDS.index(d["kind"]), sectors, _arguments(article, d, window)))
    _forget_unsure(article, window, tokens, kinds)
    for head in tokens.values():
        for i, core in enumerate(window.core):
            if not core:
                head[i] = IGNORED
    return Example(window, tokens, kinds, queries)


def _unsure(article: Annotated, span: Sequence[int]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in article.get("unsure", ()))


def _forget_unsure(article: Annotated, window: Window, tokens: dict[str, list[int]], kinds: dict[int, list[float]]) -> None:
    """Passages on which two readers disagree teach neither that they are acts nor that they are not."""
    for span in article.get("unsure", ()):
        pieces = _pieces(window, span)
        for head in ("action", "cue"):
            for i in pieces:
                tokens[head][i] = IGNORED
        for sentence in {window.sentence[i] for i in pieces}:
            if not any(kinds.get(sentence, ())):
                kinds.pop(sentence, None)


Cut = Callable[[Tokenizer, str, str, Sequence[Span]], list[Window]]


def examples(articles: Iterable[Annotated], tokenizer: Tokenizer, cut: Cut = windows) -> list[Example]:
    """All windows of all articles with their targets; `cut` is windows or close_windows."""
    return [
        example(article, window)
        for article in articles
        for window in cut(tokenizer, article.get("title", ""), article["text"], sentences(article["text"]))
    ]
