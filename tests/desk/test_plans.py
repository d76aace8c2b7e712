"""What PostgreSQL reads for a page by plans that it made before the house was filled.

Rows are counted and not milliseconds: the same on every machine.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from holdspace.frame.therapy.models import Participant
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures.models import Answering, Giving
from holdspace.hour.notes.models import Note
from holdspace.hour.notes.rules import empty
from tests.access.cells import Cells
from tests.access.examples import signed_in
from tests.cast import NOW, Cast, a_therapy

THERAPIES, OTHERS = 100, 1500  # a colleague's; rows in each table that a page asks
A_DAY = 400  # rows, of a handful of sessions
EACH_ONCE = 15 * OTHERS  # no statement looks at rows of one table for each row of another
COUNTED = 2 * OTHERS  # one small table may be read through, where that is cheaper than picking

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite makes a plan each time"
)


@pytest.mark.parametrize("page", ["today", "caseload"])
def test_plans_that_were_kept_from_an_empty_house_do_in_a_full_one(cast: Cast, page: str) -> None:
    """PostgreSQL counts rows within a minute, and not yet in this transaction: until then the
    plans are kept. With the counting they are thrown away.
    """
    client = signed_in("mira")(cast, Cells.about(cast))
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")
        assert read_by(client, page) < A_DAY  # makes its plans
        fill(cast)
        assert read_by(client, page) < EACH_ONCE
        cursor.execute("ANALYZE")
    assert read_by(client, page) < COUNTED


def read_by(client: Client, page: str) -> int:
    """How many rows the server looks at for a page."""
    before = rows_read()
    assert client.get(reverse(page)).status_code == 200
    return rows_read() - before


def rows_read() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables"
        )
        return int(cursor.fetchone()[0])


def fill(cast: Cast) -> None:
    """A colleague's caseload, with more of everything than a practice has when it begins."""
    caseload = [a_therapy(cast.tom, f"Therapy {n}", f"Person {n}") for n in range(THERAPIES)]
    taking_part = {row.therapy_id: row for row in Participant.objects.filter(therapy__in=caseload)}
    sessions = Session.objects.bulk_create(
        Session(
            practice=cast.practice, therapy=caseload[number % THERAPIES], starts_at=at,
            ends_at=at + timedelta(minutes=50), state="held", time_zone="UTC",
        )
        for number in range(OTHERS)
        for at in [NOW - timedelta(hours=number)]
    )  # fmt: skip
    Note.objects.bulk_create(
        Note(
            practice=cast.practice, therapy=session.therapy, session=session, author=cast.tom,
            format="narrative", content=empty("narrative"), version=1, began_at=session.ends_at,
            saved_at=session.ends_at,
        )
        for session in sessions
    )  # fmt: skip
    givings = Giving.objects.bulk_create(
        Giving(
            practice=cast.practice, therapy=session.therapy, session=session, given_by=cast.tom,
            participant=taking_part[session.therapy_id], given_at=session.starts_at,
            ends_at=session.ends_at, token=str(number), token_hash=number.to_bytes(4),
        )
        for number, session in enumerate(sessions)
    )  # fmt: skip
    Answering.objects.bulk_create(
        Answering(
            practice=cast.practice, giving=giving, therapy_id=giving.therapy_id, language="en",
            participant=giving.participant, instrument="phq9", instrument_version="1",
            state="finished", ended_at=giving.ends_at, total=7,
        )
        for giving in givings
    )  # fmt: skip
