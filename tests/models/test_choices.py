from __future__ import annotations

from models.training.addressees import alike, choices
from models.training.choices import LEAST, Choice, best, learn_choices


def choice(*options: str, right: int) -> Choice:
    return Choice([frozenset(option.split()) for option in options], [at == right for at in range(len(options))])


def test_the_option_that_was_right_gets_the_most_points_and_rare_features_none() -> None:
    taught = [choice("nobody", "someone near", right=1), choice("nobody", "someone far", right=0)] * 20
    card = learn_choices([*taught, *[choice("once", "nobody", right=0)] * (LEAST - 1)], 1.0)
    assert best(card, taught[0].options) == 1
    assert best(card, taught[1].options) == 0
    assert "once" not in card


def test_choices_without_a_right_option_teach_nothing() -> None:
    assert learn_choices([choice("nobody", "someone", right=2)] * 20, 1.0) == {}


def test_names_agree_by_their_words() -> None:
    assert alike(["kepala desa"], ["Kepala Desa Tirta"])
    assert not alike(["camat"], [])
    assert alike([], [])


def test_every_directive_that_somebody_is_told_is_a_choice() -> None:
    text = "Bupati meminta camat turun. Segera catat rumah rusak."
    issuer = {"name": "", "role": "Bupati"}
    first = {
        "kind": "instruction",
        "evidence": [0, 27],
        "cue": [7, 14],
        "action": [21, 26],
        "issuer": issuer,
        "addressees": [[15, 20]],
    }
    second = first | {"evidence": [28, 53], "cue": [28, 34], "action": [35, 52]}
    commitment = first | {"kind": "commitment", "action": [21, 26]}
    found = choices([{"id": "1", "text": text, "directives": [first, second, commitment]}], 2.0)
    assert len(found) == 2
    assert all(any(each.right) and each.weight == 2.0 for each in found)
