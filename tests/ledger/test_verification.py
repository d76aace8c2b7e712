"""With the guards down, any row is changed, lost, moved or added: the first bad line is named."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from holdspace.cellar.ledger import checkpoint, queries
from holdspace.cellar.ledger.actions import write
from holdspace.cellar.ledger.checkpoint import Head
from holdspace.cellar.ledger.leaves import leaf_of
from holdspace.cellar.ledger.models import Checkpoint, Leaf, Line, Naming, Waiting
from holdspace.cellar.ledger.tree import EMPTY_ROOT
from holdspace.cellar.ledger.verdict import Fault, Verdict, Wrong
from holdspace.cellar.ledger.verification import verify
from tests.ledger import guards
from tests.ledger.book import (
    NOW,
    ORIGIN,
    SEED,
    THERAPIST,
    carry,
    reading,
    verdict,
    write_lines,
)

pytestmark = pytest.mark.django_db
LINES = 20
LINE_CHANGES: list[dict[str, object]] = [
    {"practice": None},
    {"at": NOW - timedelta(microseconds=1)},
    {"actor": uuid4()},
    {"actor_kind": "system"},
    {"act": "wrote"},
    {"what": "today"},
    {"subjects": []},
    {"layer": None},
    {"reason": b"other"},
    {"reason": None},
    {"salt": bytes(16)},
]
CHECKPOINT_CHANGES: list[tuple[dict[str, object], Wrong]] = [
    ({"root": bytes(32)}, Wrong.CHANGED_CHECKPOINT),
    ({"size": 100}, Wrong.CHANGED_CHECKPOINT),
    ({"frontier": []}, Wrong.CHANGED_CHECKPOINT),
    ({"note": "no note"}, Wrong.BAD_SIGNATURE),
    ({"at": NOW - timedelta(days=1)}, Wrong.INCONSISTENT),
    ({"number": 50}, Wrong.MISSING_CHECKPOINT),
]


@pytest.fixture
def book() -> list[UUID]:
    """Twenty lines under four checkpoints, two lines that wait, and no guards."""
    written = write_lines(LINES)
    for batch in range(4):
        carry(5, at=NOW + timedelta(seconds=batch))
    write_lines(2)
    guards.lower()
    return written


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def fault_after(tampering: Callable[[], object]) -> Fault | None:
    with undone():
        tampering()
        return verdict().fault


def signed(size: int, root: bytes, seed: bytes = SEED) -> str:
    return checkpoint.make(Head(ORIGIN, size, root), seed=seed)


def test_an_untouched_ledger_is_sound(book: list[UUID]) -> None:
    assert verdict() == Verdict(len(book))


def test_an_empty_ledger_is_sound() -> None:
    assert verdict() == Verdict(0)
    assert verdict(signed(0, EMPTY_ROOT)).is_sound


def test_a_last_line_that_names_nobody_is_sound() -> None:
    write_lines(1)
    write(reading(), at=NOW)
    carry()
    assert verdict() == Verdict(2)


@pytest.mark.parametrize("change", LINE_CHANGES)
def test_any_change_of_any_line_is_named(book: list[UUID], change: dict[str, object]) -> None:
    for index, line in enumerate(book):
        fault = fault_after(partial(Line.objects.filter(pk=line).update, **change))
        assert fault == Fault(Wrong.CHANGED_LINE, index, line)


def test_any_missing_line_is_named(book: list[UUID]) -> None:
    for index, line in enumerate(book):
        fault = fault_after(Line.objects.filter(pk=line).delete)
        assert fault == Fault(Wrong.MISSING_LINE, index, line)


def test_of_two_bad_lines_the_first_is_named(book: list[UUID]) -> None:
    fault = fault_after(lambda: Line.objects.filter(pk__in=[book[13], book[8]]).update(act="x"))
    assert fault == Fault(Wrong.CHANGED_LINE, 8, book[8])


def test_any_line_given_another_id_is_named(book: list[UUID]) -> None:
    for index, line in enumerate(book):
        fault = fault_after(partial(Line.objects.filter(pk=line).update, id=uuid4()))
        assert fault == Fault(Wrong.MISSING_LINE, index, line)


@pytest.mark.parametrize("column", ["at", "actor", "reason"])
def test_a_line_that_cannot_be_read_is_named(book: list[UUID], column: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps no word in a column of another type")
    with undone(), connection.cursor() as cursor:
        nonsense = f"UPDATE ledger_line SET {column} = 'nonsense' WHERE id = %s"
        cursor.execute(nonsense, [book[3].hex])
        assert verdict().fault == Fault(Wrong.MISSING_LINE, 3, book[3])


def test_any_two_lines_that_changed_places_are_named(book: list[UUID]) -> None:
    for first in range(LINES):
        for second in range(first + 1, LINES):
            fault = fault_after(partial(swap, first, second))
            assert fault == Fault(Wrong.CHANGED_LINE, first, book[second])


def swap(one: int, other: int) -> None:
    Leaf.objects.filter(index=one).update(index=1000)
    Leaf.objects.filter(index=other).update(index=one)
    Leaf.objects.filter(index=1000).update(index=other)


def test_any_changed_or_lost_leaf_is_named(book: list[UUID]) -> None:
    for index, line in enumerate(book):
        leaf = Leaf.objects.filter(index=index)
        changed = fault_after(partial(leaf.update, hash=bytes(32)))
        assert changed == Fault(Wrong.CHANGED_LINE, index, line)
        renamed = fault_after(partial(leaf.update, line=UUID(int=9)))
        assert renamed == Fault(Wrong.MISSING_LINE, index, UUID(int=9))
        lost = fault_after(leaf.delete)
        wrong = Wrong.MISSING_LEAF if index < LINES - 1 else Wrong.SHORT_TREE
        assert lost == Fault(wrong, index)


@pytest.mark.parametrize("index", [-1, LINES, 10**9])
def test_a_leaf_that_nobody_signed_is_named(book: list[UUID], index: int) -> None:
    assert book
    fault = fault_after(lambda: Leaf.objects.create(index=index, line=UUID(int=9), hash=bytes(32)))
    assert fault == Fault(Wrong.UNSIGNED_LEAF, index, UUID(int=9))


def test_a_line_rewritten_with_its_leaf_betrays_itself_by_the_root(book: list[UUID]) -> None:
    for index, line in enumerate(book):
        with undone():
            Line.objects.filter(pk=line).update(act="x")
            forged = leaf_of(Line.objects.get(pk=line), index)
            Leaf.objects.filter(index=index).update(hash=forged)
            assert verdict().fault == Fault(Wrong.WRONG_ROOT, index // 5 * 5)


@pytest.mark.parametrize(("change", "wrong"), CHECKPOINT_CHANGES)
def test_any_changed_checkpoint_is_named(
    book: list[UUID], change: dict[str, object], wrong: Wrong
) -> None:
    assert book
    for number in range(1, 4):
        rows = Checkpoint.objects.filter(number=number)
        fault = fault_after(partial(rows.update, **change))
        assert fault == Fault(wrong, number * 5)


def test_any_lost_checkpoint_is_named(book: list[UUID]) -> None:
    for number in range(3):
        fault = fault_after(Checkpoint.objects.filter(number=number).delete)
        assert fault == Fault(Wrong.MISSING_CHECKPOINT, number * 5)
    last = fault_after(Checkpoint.objects.filter(number=3).delete)
    assert last == Fault(Wrong.UNSIGNED_LEAF, 15, book[15])
    every = fault_after(Checkpoint.objects.all().delete)
    assert every == Fault(Wrong.UNSIGNED_LEAF, 0, book[0])


@pytest.mark.parametrize(("size", "wrong"), [(12, Wrong.INCONSISTENT), (21, Wrong.SHORT_TREE)])
def test_a_checkpoint_added_with_the_key_must_fit_the_tree(
    book: list[UUID], size: int, wrong: Wrong
) -> None:
    added = Checkpoint(number=4, size=size, root=bytes(32), frontier=[], at=NOW + timedelta(days=1))
    added.note = signed(size, bytes(32))
    fault = fault_after(lambda: added.save(force_insert=True))
    assert fault == Fault(wrong, len(book))


def test_a_line_slipped_past_the_queue_is_named(book: list[UUID]) -> None:
    assert book
    slipped = Line(id=uuid4(), at=NOW, act="read", what="note", actor_kind="member", salt=b"")
    fault = fault_after(partial(slipped.save, force_insert=True))
    assert fault == Fault(Wrong.STRAY_LINE, None, slipped.id)


def test_a_changed_queue_is_named(book: list[UUID]) -> None:
    first, last = Waiting.objects.order_by("line").values_list("line", flat=True)
    assert fault_after(Waiting.objects.filter(line=first).delete) == Fault(
        Wrong.STRAY_LINE, None, first
    )
    assert fault_after(Line.objects.filter(pk=last).delete) == Fault(Wrong.MISSING_LINE, None, last)
    assert fault_after(lambda: Waiting.objects.create(line=book[4])) == Fault(
        Wrong.TWICE_LINE, None, book[4]
    )


def test_any_changed_naming_is_named(book: list[UUID]) -> None:
    for index, line in enumerate(book):
        names = Naming.objects.filter(line=line)
        one = names.filter(subject__in=[name.subject for name in names][:1])
        more = Naming(subject=THERAPIST, line=line)
        for tampering in (names.delete, one.delete, partial(more.save, force_insert=True)):
            assert fault_after(tampering) == Fault(Wrong.CHANGED_NAMING, index, line)


def test_a_changed_naming_of_a_waiting_line_is_named(book: list[UUID]) -> None:
    assert book
    waiting = Waiting.objects.order_by("line").values_list("line", flat=True)[0]
    fault = fault_after(lambda: Naming.objects.create(subject=THERAPIST, line=waiting))
    assert fault == Fault(Wrong.CHANGED_NAMING, None, waiting)


def test_a_line_that_is_carried_while_it_is_verified_may_be_named_already(book: list[UUID]) -> None:
    assert book
    waiting = Line.objects.get(pk=Waiting.objects.order_by("line").values("line")[:1])
    Naming.objects.bulk_create(Naming(subject=who, line=waiting.pk) for who in waiting.subjects)
    assert verdict().is_sound


@pytest.mark.parametrize("stray", [UUID(int=1), UUID(int=2**128 - 1)])
def test_a_naming_by_no_line_is_named(book: list[UUID], stray: UUID) -> None:
    assert book
    fault = fault_after(lambda: Naming.objects.create(subject=THERAPIST, line=stray))
    assert fault == Fault(Wrong.STRAY_NAMING, None, stray)


def test_another_key_has_signed_nothing(book: list[UUID]) -> None:
    assert book
    fault = verify(public=bytes(32), origin=ORIGIN).fault
    assert fault == Fault(Wrong.BAD_SIGNATURE, 0)


def test_every_checkpoint_held_elsewhere_fits_the_ledger(book: list[UUID]) -> None:
    assert book
    for note in Checkpoint.objects.values_list("note", flat=True):
        assert verdict(note).is_sound


def test_a_shortened_ledger_is_found_out_by_a_checkpoint_held_elsewhere(book: list[UUID]) -> None:
    held = queries.latest_checkpoint()
    Line.objects.filter(pk__in=book[15:]).delete()
    Naming.objects.filter(line__in=book[15:]).delete()
    Leaf.objects.filter(index__gte=15).delete()
    Checkpoint.objects.filter(number=3).delete()
    assert verdict().is_sound
    assert verdict(held).fault == Fault(Wrong.SHORT_TREE, 15)


def test_a_ledger_rewritten_with_the_key_is_found_out_by_a_checkpoint_held_elsewhere(
    book: list[UUID],
) -> None:
    assert book
    other = signed(12, bytes(32))
    assert verdict(other).fault == Fault(Wrong.WRONG_HELD, 10)


@pytest.mark.parametrize("held", ["no note", signed(0, EMPTY_ROOT, bytes(32))])
def test_a_checkpoint_held_elsewhere_must_be_the_ledgers_own(held: str) -> None:
    assert verdict(held).fault == Fault(Wrong.BAD_HELD)


def test_an_erased_line_leaves_every_other_proof_whole(book: list[UUID]) -> None:
    hashes = [bytes(leaf.hash) for leaf in Leaf.objects.order_by("index")]
    Line.objects.filter(pk=book[7]).delete()
    carry()
    assert [bytes(leaf.hash) for leaf in Leaf.objects.order_by("index")][:LINES] == hashes


def test_a_fault_says_what_and_where() -> None:
    assert str(Fault(Wrong.SHORT_TREE)) == "The tree is shorter than a checkpoint says."
    fault = Fault(Wrong.MISSING_LINE, 3, UUID(int=0))
    assert str(fault).endswith(f"read. Place 3. Line {UUID(int=0)}.")
