"""What the tests of gates ask about."""

from datetime import timedelta

import pytest

from holdspace.hour.measures.models import Answering
from tests.access.cells import Cells, a_note
from tests.cast import NOW, Cast, a_session


@pytest.fixture
def cells(cast: Cast) -> Cells:
    """One of every record, and what the lists of a day show besides."""
    made = Cells.about(cast)
    made.planned.series = made.series
    made.planned.save()
    a_session(cast.amara, NOW - timedelta(days=2), state="held")
    a_session(cast.reyes, NOW + timedelta(minutes=10))
    Answering.objects.create(
        practice=cast.practice, giving=made.giving, therapy_id=cast.amara.id,
        participant=made.participant, instrument="session_rating", instrument_version="1",
        language="en", answers={"heard": 9}, state="finished", ended_at=NOW, total=9.0, order=1,
    )  # fmt: skip
    a_note(cast, None, "draft")  # type: ignore[arg-type]  # of no session
    return made
