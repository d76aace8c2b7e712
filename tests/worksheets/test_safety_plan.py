"""A therapy's safety plan: begun once, found again, and one for each where several take part."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.hour.worksheets.models import Worksheet
from tests.access.cells import Cells
from tests.access.examples import signed_in
from tests.cast import NOW, Cast


@pytest.fixture(autouse=True)
def _at(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def mira(cast: Cast, settings: Any) -> Client:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    return signed_in("mira")(cast, Cells.about(cast))


def test_a_plan_is_begun_once_and_found_again(cast: Cast, mira: Client) -> None:
    address = reverse("safety_plan", args=[cast.amara.id])
    first = mira.post(address)["location"]
    assert mira.post(address)["location"] == first
    assert Worksheet.objects.filter(definition="safety_plan").count() == 1
    page = mira.get(first).content.decode()
    assert "1. How I notice" in page
    assert "Barbara Stanley and Gregory K. Brown" in mira.get(f"{first}/read").content.decode()


def test_in_a_family_each_has_a_plan_of_their_own(cast: Cast, mira: Client) -> None:
    address = reverse("safety_plan", args=[cast.reyes.id])
    assert "q=safety_plan" in mira.post(address)["location"]
    assert not Worksheet.objects.filter(definition="safety_plan").exists()
