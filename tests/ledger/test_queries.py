"""Who opened a record, and what somebody did."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdspace.cellar.ledger import queries
from holdspace.cellar.ledger.models import Line, Naming
from tests.ledger import guards
from tests.ledger.book import CLIENTS, NOW, PRACTICE, THERAPIST, carry, write_lines

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("carried", [0, 4, 6, 10])
def test_a_client_reads_who_opened_the_record_newest_first(carried: int) -> None:
    """Whether or not the sequencer has come by."""
    written = write_lines(10)
    carry(carried)
    found = queries.about(CLIENTS[0])
    assert [line.id for line in found] == [written[at] for at in (9, 5, 4, 0)]


@pytest.mark.parametrize("carried", [0, 6, 10])
def test_older_lines_about_somebody_come_on_the_next_page(carried: int) -> None:
    written = write_lines(10)
    carry(carried)
    first = queries.about(CLIENTS[0], limit=2)
    rest = queries.about(CLIENTS[0], before=first[-1].id)
    assert [line.id for line in rest] == [written[4], written[0]]


def test_a_line_that_was_taken_away_leaves_the_others_readable() -> None:
    written = write_lines(10)
    guards.lower()
    Line.objects.filter(pk=written[5]).delete()
    assert [line.id for line in queries.about(CLIENTS[0])] == [written[9], written[4], written[0]]


def test_what_somebody_did_is_found_newest_first() -> None:
    written = write_lines(5)
    first = queries.by_actor(THERAPIST, limit=2)
    rest = queries.by_actor(THERAPIST, before=first[-1].id)
    assert [line.id for line in [*first, *rest]] == written[::-1]
    assert queries.by_actor(CLIENTS[0]) == []


def test_a_practice_reads_its_lines_of_a_time() -> None:
    written = write_lines(10)
    start = NOW + timedelta(minutes=2)
    found = queries.between(PRACTICE, start, start + timedelta(minutes=3))
    assert [line.id for line in found] == written[2:5]


def test_who_opened_my_record_is_answered_from_an_index() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("asks SQLite how it would look")
    with CaptureQueriesContext(connection) as asked:
        queries.about(CLIENTS[0])
    (sought,) = [one["sql"] for one in asked.captured_queries if "ledger_naming" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sought)
        (plan,) = [row[3] for row in cursor.fetchall()]
    assert "USING COVERING INDEX" in plan
    assert not Naming.objects.exists()
