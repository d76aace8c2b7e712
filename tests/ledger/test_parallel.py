"""On PostgreSQL, writers wait for nobody, and the sequencer misses no line."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier, Event
from uuid import UUID

import pytest
from django.db import connection, transaction

from holdspace.cellar.ledger.actions import write
from holdspace.cellar.ledger.models import Leaf, Line
from tests.ledger.book import CLIENTS, NOW, carry, reading, verdict

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
]
PATIENCE = 10
Start = Callable[[Callable[[], object]], "Future[object]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Runs something beside the test, on a connection of its own."""

    def on_its_own(work: Callable[[], object]) -> object:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        yield lambda work: pool.submit(on_its_own, work)


def write_impatiently(*, then: Callable[[], object] = lambda: None) -> UUID:
    """A line about the same people, in a transaction that would fail rather than wait."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '200ms'")
        written = write(reading(*CLIENTS), at=NOW)
        then()
    return written


def planted() -> list[UUID]:
    return list(Leaf.objects.order_by("index").values_list("line", flat=True))


def test_four_writers_all_write_before_any_of_them_commits(start: Start) -> None:
    all_have_written = Barrier(4)
    writers = [
        start(lambda: write_impatiently(then=lambda: all_have_written.wait(PATIENCE)))
        for _ in range(4)
    ]
    written = {writer.result(PATIENCE) for writer in writers}
    assert carry() == 4
    assert set(planted()) == written
    assert verdict().is_sound


def test_a_line_that_commits_late_is_carried_later_and_not_missed(start: Start) -> None:
    both = Barrier(2)  # met once when the line is written, and once before it commits
    late = start(lambda: write_impatiently(then=lambda: (both.wait(PATIENCE), both.wait(PATIENCE))))
    both.wait(PATIENCE)
    early = start(write_impatiently).result(PATIENCE)
    assert (carry(), planted()) == (1, [early])
    assert verdict().is_sound
    both.wait(PATIENCE)
    last = late.result(PATIENCE)
    assert (carry(), planted()) == (1, [early, last])
    assert str(last) < str(early)
    assert verdict().is_sound


def test_writers_do_not_wait_for_a_sequencer_at_work(start: Start) -> None:
    write_impatiently()
    with transaction.atomic():
        assert carry() == 1
        start(write_impatiently).result(PATIENCE)
    assert Line.objects.count() == 2
    assert carry() == 1
    assert verdict().is_sound


def test_a_second_sequencer_finds_nothing_to_do(start: Start) -> None:
    write_impatiently()
    with transaction.atomic():
        assert carry() == 1
        assert start(carry).result(PATIENCE) == 0
    assert len(planted()) == 1


def test_the_ledger_can_be_verified_while_others_write(start: Start) -> None:
    is_over = Event()

    def keep_busy() -> None:
        while not is_over.is_set():
            write_impatiently()
            carry()

    busy = start(keep_busy)
    faults = [verdict().fault for _ in range(30)]
    is_over.set()
    busy.result(PATIENCE)
    assert faults == [None] * 30
