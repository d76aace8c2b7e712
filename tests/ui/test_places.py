"""Where a form may lead."""

import pytest

from holdspace.cellar.ui.places import within


def test_a_form_leads_to_an_address_of_this_house() -> None:
    assert within("/sessions/?on=2026-03-02") == "/sessions/?on=2026-03-02"


@pytest.mark.parametrize(
    "address", ["", "today", "a\0b", "//evil.example/", "https://evil.example/", "/\\evil.example"]
)
def test_a_form_leads_nowhere_else(address: str) -> None:
    assert within(address) == ""
