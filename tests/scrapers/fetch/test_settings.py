from __future__ import annotations

import pytest

from arahan.errors import ArahanError, ContactMissing
from arahan.settings import load_settings
from scrapers.fetch.settings import PRODUCT, fetch_settings


def test_contact_is_in_the_user_agent() -> None:
    settings = fetch_settings(load_settings({"ARAHAN_CONTACT": "https://contoh.example/robot"}))
    assert settings.user_agent.startswith(f"{PRODUCT}/")
    assert settings.user_agent.endswith("(+https://contoh.example/robot)")
    assert not settings.allow_loopback


def test_no_crawling_without_a_contact() -> None:
    with pytest.raises(ContactMissing, match="ARAHAN_CONTACT"):
        fetch_settings(load_settings({}))


def test_tests_on_loopback_need_none() -> None:
    settings = fetch_settings(load_settings({"ARAHAN_ALLOW_LOOPBACK": "1"}))
    assert settings.allow_loopback
    assert settings.user_agent.startswith(f"{PRODUCT}/")


@pytest.mark.parametrize(
    "variables",
    [{"ARAHAN_CONTACT": "a\r\nX: b"}, {"ARAHAN_CONTACT": "b\xfcro"}, {"ARAHAN_ALLOW_LOOPBACK": "yes"}],
)
def test_values_that_are_no_good(variables: dict[str, str]) -> None:
    with pytest.raises(ArahanError, match="is no good"):
        load_settings(variables)
