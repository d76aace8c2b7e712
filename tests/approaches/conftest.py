"""Ten in the morning at the desk, and one of every kind of record about Amara's therapy."""

from typing import Any

import pytest
from django.conf import LazySettings

from tests.access.cells import Cells
from tests.cast import NOW, Cast


@pytest.fixture(autouse=True)
def _at_ten(settings: LazySettings, time_machine: Any) -> None:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def cells(cast: Cast) -> Cells:
    return Cells.about(cast)
