"""The cast, whose names stand in the index, and a browser to sign in with."""

import pytest
from django.test import Client

from holdspace.frame.people import names
from holdspace.frame.people.models import Person
from tests.cast import Cast


@pytest.fixture
def known(cast: Cast) -> Cast:
    for person in Person.objects.all():
        names.enter(person)
    return cast


@pytest.fixture
def mira(known: Cast, client: Client, settings: object) -> Client:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False  # type: ignore[attr-defined]
    client.force_login(known.mira.account)
    return client


@pytest.fixture
def sam(known: Cast, settings: object) -> Client:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False  # type: ignore[attr-defined]
    browser = Client()
    browser.force_login(known.sam.account)
    return browser
