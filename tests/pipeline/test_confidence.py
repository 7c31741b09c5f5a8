from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arahan.errors import ModelNotFound
from arahan.settings import REPOSITORY
from arahan.types import Article, Span
from models.runtime.decode import FEATURES, Candidate
from pipeline.confidence import FILE, Confidence, Finding, features
from pipeline.issuers import Issuer
from pipeline.speech import Attribution, Speaker

TEXT = "Bupati Lembah Gumai Ratna Dewayani meminta para camat mendata 40 embung yang rusak."
ACTION = Span(TEXT.index("mendata"), TEXT.index(" yang rusak"))
SHIPPED = Confidence.load(REPOSITORY / "models" / "directive")


def finding(probability: float = 0.6, public: bool = True) -> Finding:
    candidate = Candidate("instruction", 0, ACTION, {"addressee": [], "issuer": [], "cue": []}, {}, tuple(0.5 for _ in FEATURES))
    role = "Bupati Lembah Gumai" if public else "Ketua Asosiasi Petani Gumai"
    issuer = Issuer("Ratna Dewayani", role, "", "", "", 1.0, public)
    said = Attribution(Speaker("Ratna Dewayani", role, "", public), 0.9, "clause")
    article, whole = Article("a1", TEXT), Span(0, len(TEXT))
    return Finding(article, candidate, probability, 0.4, ACTION, whole, "instruction", "meminta", issuer, said, None, False)


def test_features_say_what_the_text_says() -> None:
    found = features(finding())
    assert found["number"] == 1.0
    assert found["issuer in office"] == 1.0
    assert found["short action"] == 0.0
    assert found["kind instruction"] == 1.0


def test_a_speaker_without_public_office_is_believed_less() -> None:
    assert SHIPPED.probability(features(finding(public=False))) < SHIPPED.probability(features(finding(public=True))) - 0.1


@given(st.floats(0.0, 1.0), st.floats(0.0, 50.0))
def test_always_a_probability(probability: float, others: float) -> None:
    found = replace(finding(probability), others=others)
    assert 0.0 <= SHIPPED.probability(features(found)) <= 1.0


def test_every_weight_belongs_to_a_feature_that_exists() -> None:
    kinds = {f"kind {kind}" for kind in ("instruction", "prohibition", "appeal", "commitment", "target")}
    assert set(SHIPPED.weights) <= set(features(finding())) | kinds


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match=FILE):
        Confidence.load(tmp_path)


def test_a_feature_without_a_weight_counts_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps({"weights": {"number": 2.0}, "bias": -2.0, "keep": 0.3}))
    assert Confidence.load(tmp_path).probability({"number": 1.0, "unheard of": 9.0}) == 0.5
