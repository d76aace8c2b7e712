"""Browsers of those who write notes."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def mira(cast: Cast) -> Client:
    return signed_in(cast, "mira")


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, who).account)
    return client
