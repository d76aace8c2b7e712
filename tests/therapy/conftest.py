"""Browsers of the cast, names in the index, and what a therapy can begin with."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from holdspace.frame.people import names
from holdspace.frame.people.models import Person
from holdspace.frame.people.rules import Particulars
from holdspace.frame.practice.rules import PlaceKind
from holdspace.frame.therapy.rules import Beginning, Choices, Joining, Part, Terms, Unit
from tests.cast import TODAY, Cast

Browser = Callable[[str], Client]
CHOICES = Choices(
    unit=Unit.INDIVIDUAL, service="psychotherapy", stance="facilitative", voice="counselling",
    approaches=("gestalt",),
)  # fmt: skip
TERMS = Terms(minutes=50, place=PlaceKind.VIDEO)


def new(name: str, part: Part = Part.CLIENT) -> Joining:
    return Joining(part=part, newcomer=Particulars(name=name))


def a_beginning(cast: Cast, *joining: Joining, **more: Any) -> Beginning:
    said = {
        "choices": CHOICES, "terms": TERMS, "participants": joining or (new("Ada Byron"),),
        "therapists": (cast.mira.id,), "started_on": TODAY, **more,
    }  # fmt: skip
    return Beginning(**said)


@pytest.fixture
def known(cast: Cast) -> Cast:
    for person in Person.objects.all():
        names.enter(person)
    return cast


@pytest.fixture
def browser(known: Cast, settings: Any) -> Browser:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False

    def of(name: str) -> Client:
        client = Client()
        client.force_login(known.members[name].account)
        return client

    return of
