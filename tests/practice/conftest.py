"""What the practice's tests share."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_counters() -> Iterator[None]:
    """Rate limits and used codes are kept in the cache."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def no_second_factor(settings: LazySettings) -> None:
    """As in the demo: whoever signed in may go on."""
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
