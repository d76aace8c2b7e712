"""Browsers of the cast."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast

Browser = Callable[[str], Client]


@pytest.fixture
def browser(cast: Cast, settings: Any) -> Browser:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False

    def of(name: str) -> Client:
        client = Client()
        client.force_login(cast.members[name].account)
        return client

    return of
