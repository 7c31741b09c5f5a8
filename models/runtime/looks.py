"""What the two models see of a sentence: a glance in the wide reading, and a close look at those worth one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.runtime.heads import Heads
from models.runtime.windows import Window

Array = NDArray[np.float32]
Encoded = tuple[Window, Array]


@dataclass(frozen=True, slots=True)
class Glance:
    """A sentence in the wide reading.

    `kinds`: (kinds,) probabilities of the sentence; `action`: (pieces, labels) log-probabilities.
    """

    kinds: Array
    action: Array


@dataclass(frozen=True, slots=True)
class Look:
    """A close window with its `states` (pieces, hidden) and `tokens` (log-probabilities of each token head).

    The action head of the core is the mean of both readings. `glance`: the wide reading, `kinds` of the whole
    sentence and `action` of the core.
    """

    window: Window
    states: Array
    tokens: dict[str, Array]
    glance: Glance


def glances(encoded: Iterable[Encoded], heads: Heads) -> dict[int, Glance]:
    """Every sentence of an article by its index; `encoded` are the article's wide windows in order."""
    found: dict[int, Glance] = {}
    for window, states in encoded:
        action = heads.tokens(states)["action"]
        for sentence, pieces in core_pieces(window).items():
            seen = Glance(heads.sentence(states[pieces]), action[pieces])
            found[sentence] = _together(found[sentence], seen) if sentence in found else seen
    return found


def _together(first: Glance, second: Glance) -> Glance:
    """A sentence so long that two windows share it."""
    return Glance(np.maximum(first.kinds, second.kinds), np.concatenate([first.action, second.action]))


def looks(encoded: Iterable[Encoded], heads: Heads, seen: Mapping[int, Glance]) -> Iterator[Look]:
    """The close windows of an article in order, each joined with its part of the glance at the sentence."""
    read = dict.fromkeys(seen, 0)
    for window, states in encoded:
        ((sentence, pieces),) = core_pieces(window).items()
        part = slice(read[sentence], read[sentence] + len(pieces))
        read[sentence] = part.stop
        glance, tokens = Glance(seen[sentence].kinds, seen[sentence].action[part]), heads.tokens(states)
        tokens["action"][pieces] = np.logaddexp(tokens["action"][pieces], glance.action) - np.log(2.0)
        yield Look(window, states, tokens, glance)


def core_pieces(window: Window) -> dict[int, list[int]]:
    """The indices of each core sentence's pieces."""
    pieces: dict[int, list[int]] = {}
    for index, (sentence, core) in enumerate(zip(window.sentence, window.core, strict=True)):
        if core:
            pieces.setdefault(sentence, []).append(index)
    return pieces
