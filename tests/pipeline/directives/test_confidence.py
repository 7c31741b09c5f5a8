from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arahan.errors import ModelNotFound
from arahan.settings import REPOSITORY
from arahan.types import Article, Span
from models.runtime.decode import FEATURES, Candidate
from pipeline.directives.confidence import FILE, Confidence, Finding
from pipeline.speech.issuers import Issuer

TEXT = "Bupati Lembah Gumai Ratna Dewayani meminta para camat mendata 40 embung yang rusak."
ACTION = Span(TEXT.index("mendata"), TEXT.index(" yang rusak"))
SHIPPED = Confidence.load(REPOSITORY / "models" / "directive")


def finding(probability: float, public: bool = True) -> Finding:
    candidate = Candidate("instruction", 0, ACTION, {"addressee": [], "issuer": [], "cue": []}, tuple(0.5 for _ in FEATURES))
    role = "Bupati Lembah Gumai" if public else "Ketua Asosiasi Petani Gumai"
    issuer = Issuer("Ratna Dewayani", role, "", "", "", 1.0, public)
    article, whole = Article("a1", TEXT), Span(0, len(TEXT))
    return Finding(article, candidate, probability, ACTION, whole, "instruction", "meminta", issuer, None, False)


@given(st.floats(0.0, 1.0))
def test_a_speaker_without_public_office_is_believed_less(probability: float) -> None:
    private, public = (SHIPPED.probability(finding(probability, office)) for office in (False, True))
    assert 0.0 <= private <= public <= 1.0
    assert private < public or probability < 1e-5


def test_what_ships_keeps_a_sure_order_and_drops_an_unlikely_one() -> None:
    assert SHIPPED.probability(finding(0.9)) >= SHIPPED.keep > SHIPPED.probability(finding(0.05))


def test_missing_settings_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match=FILE):
        Confidence.load(tmp_path)


def test_settings_are_read_from_the_folder(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps({"not_in_office": 0.5, "keep": 0.3, "slope": 1.0, "shift": 0.0}))
    assert Confidence.load(tmp_path).probability(finding(0.8, public=False)) == pytest.approx(0.4)
