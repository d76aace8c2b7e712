"""The specimen is shown by the demo, to anybody, and by no real house."""

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.cellar.ui.specimen import SHEETS
from holdspace.front.sample.urls import urlpatterns

OF_THE_DEMO = pytest.mark.urls("tests.sample.addresses")


@OF_THE_DEMO
@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_demo_shows_every_sheet(sheet: str) -> None:
    answer = Client().get(reverse("specimen_sheet", args=[sheet]) if sheet else reverse("specimen"))
    assert answer.status_code == 200
    assert answer.templates[0].name == SHEETS[sheet]


@OF_THE_DEMO
@pytest.mark.usefixtures("house")
def test_a_sheet_that_there_is_not_is_not_here() -> None:
    assert Client().get("/specimen/unheard-of/").status_code == 404


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("sheet", ["", "week/"])
def test_a_real_house_has_no_specimen(sheet: str) -> None:
    assert Client().get(f"/specimen/{sheet}").status_code == 404


def test_every_address_of_the_demo_alone_says_why_it_is_open() -> None:
    assert urlpatterns
    assert [page.name for page in urlpatterns if not hasattr(page.callback, "open_because")] == []
