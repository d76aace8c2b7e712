"""A phone with a link to the PHQ-9, for Amara's session of this day."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import NOW, Cast
from tests.measures.given import handed
from tests.portal.at_the_phone import Phone


@pytest.fixture
def phone(cast: Cast, client: Client, time_machine: Any) -> Phone:
    time_machine.move_to(NOW, tick=False)
    cast.session.starts_at = NOW.replace(hour=16)
    cast.session.ends_at = NOW.replace(hour=17)
    cast.session.save()
    return Phone(client, handed(cast, session=cast.session.id))
