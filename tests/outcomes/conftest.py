"""A house that is open to tests of pages, and in which no numbers are remembered."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.utils import translation


@pytest.fixture
def nothing_is_kept() -> Iterator[None]:
    """And sections are read in English, whoever spoke before."""
    caches["moments"].clear()
    with translation.override("en-gb"):
        yield


@pytest.fixture
def open_house(settings: Any) -> None:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
