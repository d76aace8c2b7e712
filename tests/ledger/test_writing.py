"""Lines are written with what they tell of, or not at all."""

from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from holdspace.cellar.ledger import queries
from holdspace.cellar.ledger.actions import NotInTransaction, write, write_alone
from holdspace.cellar.ledger.entry import ActorKind, Entry, NotPlainWords
from holdspace.cellar.ledger.leaves import canonical, leaf_of
from holdspace.cellar.ledger.models import Line, Naming, Waiting
from tests.ledger.book import CLIENTS, NOW, carry, reading


@pytest.mark.django_db(transaction=True)
def test_a_line_needs_a_transaction_around_it() -> None:
    with pytest.raises(NotInTransaction):
        write(reading(), at=NOW)


@pytest.mark.django_db(transaction=True)
def test_a_line_vanishes_with_the_action_that_failed() -> None:
    with transaction.atomic():
        write(reading(CLIENTS[0]), at=NOW)
        transaction.set_rollback(True)
    assert not Line.objects.exists()
    assert not Waiting.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_written_after_the_rollback() -> None:
    write_alone(reading(CLIENTS[0]), at=NOW)
    assert Line.objects.count() == Waiting.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_line_of_its_own_is_not_hidden_in_another_transaction() -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        write_alone(reading(), at=NOW)


@pytest.mark.django_db
def test_a_page_that_names_many_people_is_one_line() -> None:
    write(reading(*[UUID(int=number) for number in range(40)], UUID(int=7)), at=NOW)
    assert Line.objects.count() == 1
    carry()
    assert Naming.objects.count() == 40


@pytest.mark.django_db
def test_a_line_keeps_all_it_was_told() -> None:
    entry = reading(CLIENTS[1], CLIENTS[0], reason=b"sealed")
    written = write(entry, at=NOW)
    (line,) = queries.about(CLIENTS[0])
    assert (line.id, line.at) == (written, NOW)
    assert line.subjects == (CLIENTS[0], CLIENTS[1])
    for kept in ("practice", "actor", "actor_kind", "act", "what", "layer", "reason"):
        assert getattr(line, kept) == getattr(entry, kept)


@pytest.mark.django_db
def test_a_stranger_at_the_door_is_written_down_too() -> None:
    stranger = Entry(
        practice=None, actor=None, actor_kind=ActorKind.NOBODY, act="refused", what="note"
    )
    line = Line.objects.get(pk=write(stranger, at=NOW))
    assert (line.practice, line.actor, line.subjects, line.reason) == (None, None, [], None)


@pytest.mark.django_db
def test_a_line_costs_few_statements(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    expected = 1 if connection.vendor == "postgresql" else 2
    with django_assert_num_queries(expected):
        write(reading(*CLIENTS), at=NOW)


@pytest.mark.parametrize("words", ["She said no", "", "résumé", "read\n", "x" * 41])
def test_the_ledger_takes_no_words_of_people(words: str) -> None:
    with pytest.raises(NotPlainWords):
        Entry(practice=None, actor=None, actor_kind=ActorKind.SYSTEM, act=words, what="note")


@pytest.mark.django_db
def test_a_line_reads_the_same_from_the_database_as_documented() -> None:
    entry = reading(CLIENTS[0], reason=b"sealed")
    line = Line.objects.get(pk=write(entry, at=NOW))
    assert canonical(line).decode() == (
        '{"act":"read","actor":"00000000-0000-0000-0000-000000000002","actor_kind":"member",'
        f'"at":"2026-03-02T10:00:00.000000+00:00","id":"{line.id}","layer":"record",'
        '"practice":"00000000-0000-0000-0000-000000000001",'
        '"reason":"c9d0036bed6744bcdf692fc980d8717d7e5f5a4f4e8266b4a84982602fb1cd09",'
        '"subjects":["00000000-0000-0000-0000-000000000064"],"what":"note"}'
    )


def test_the_same_line_elsewhere_or_with_other_salt_is_another_leaf() -> None:
    line = Line(id=uuid4(), at=timezone.now(), salt=bytes(16), subjects=[])
    salted = Line(id=line.id, at=line.at, salt=bytes(15) + b"x", subjects=[])
    assert len({leaf_of(line, 0), leaf_of(line, 1), leaf_of(salted, 0)}) == 3
