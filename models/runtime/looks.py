"""What the two models see of a sentence: a glance in the wide reading, and a close look at those worth one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.runtime import labels
from models.runtime.heads import Heads
from models.runtime.names import Belief, NameMarks
from models.runtime.windows import Window

Array = NDArray[np.float32]
Encoded = tuple[Window, Array]
NAME, ROLE = ([i for i, label in enumerate(labels.PEOPLE) if label.endswith(part)] for part in ("-name", "-role"))


@dataclass(frozen=True, slots=True)
class Glance:
    """A sentence in the wide reading.

    `kinds`: (kinds,) probabilities of the sentence; `action`: (pieces, labels) log-probabilities; `people`: (pieces, 2)
    probabilities of an official's name and role; `places`: (pieces, 2) characters.
    """

    kinds: Array
    action: Array
    people: Array
    places: NDArray[np.int64]


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
        tokens, places = heads.tokens(states), np.array([window.starts, window.ends], dtype=np.int64).T
        people = np.stack([np.exp(tokens["people"][:, part]).sum(1) for part in (NAME, ROLE)], axis=1)
        for sentence, pieces in core_pieces(window).items():
            seen = Glance(heads.sentence(states[pieces]), tokens["action"][pieces], people[pieces], places[pieces])
            found[sentence] = _together(found[sentence], seen) if sentence in found else seen
    return found


def _together(first: Glance, second: Glance) -> Glance:
    """A sentence so long that two windows share it."""
    joined = (np.concatenate([getattr(first, part), getattr(second, part)]) for part in ("action", "people", "places"))
    return Glance(np.maximum(first.kinds, second.kinds), *joined)


def name_marks(seen: Mapping[int, Glance], belief: Belief) -> NameMarks:
    """The officials' names in all sentences."""
    glanced = [seen[sentence] for sentence in sorted(seen)]
    pieces = [
        (int(start), int(end), float(name), float(role))
        for g in glanced
        for (start, end), (name, role) in zip(g.places, g.people, strict=True)
        if end > start
    ]
    starts, ends, names, roles = zip(*pieces, strict=True) if pieces else ((), (), (), ())
    return NameMarks(starts, ends, names, roles, belief)


def looks(encoded: Iterable[Encoded], heads: Heads, seen: Mapping[int, Glance]) -> Iterator[Look]:
    """The close windows of an article in order, each joined with its part of the glance at the sentence."""
    read = dict.fromkeys(seen, 0)
    for window, states in encoded:
        ((sentence, pieces),) = core_pieces(window).items()
        part = slice(read[sentence], read[sentence] + len(pieces))
        read[sentence] = part.stop
        whole, tokens = seen[sentence], heads.tokens(states)
        glance = Glance(whole.kinds, whole.action[part], whole.people[part], whole.places[part])
        tokens["action"][pieces] = np.logaddexp(tokens["action"][pieces], glance.action) - np.log(2.0)
        yield Look(window, states, tokens, glance)


def core_pieces(window: Window) -> dict[int, list[int]]:
    """The indices of each core sentence's pieces."""
    pieces: dict[int, list[int]] = {}
    for index, (sentence, core) in enumerate(zip(window.sentence, window.core, strict=True)):
        if core:
            pieces.setdefault(sentence, []).append(index)
    return pieces
