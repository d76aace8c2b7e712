"""What SQLite believes of its tables decides how it goes about a statement."""

from datetime import timedelta

import pytest
from django.db import connection

from holdspace.cli.serving import SAMPLE, know_the_tables
from holdspace.hour.encounters.models import Session
from tests.cast import NOW, Cast


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts by itself")
def test_a_practice_is_not_taken_for_as_small_as_the_sample(cast: Cast) -> None:
    moments = (NOW + timedelta(hours=number) for number in range(SAMPLE * 2))
    Session.objects.bulk_create(
        Session(
            practice=cast.practice, therapy=cast.amara, starts_at=at, time_zone="UTC",
            ends_at=at + timedelta(minutes=50),
        )
        for at in moments
    )  # fmt: skip
    know_the_tables()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'session_of_day'")
        rows, of_a_practice, at_a_moment = map(int, cursor.fetchone()[0].split())
    assert rows > SAMPLE
    assert of_a_practice == rows
    assert at_a_moment < SAMPLE
