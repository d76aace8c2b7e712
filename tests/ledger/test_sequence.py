"""The sequencer carries committed lines into the tree and signs its head."""

from datetime import timedelta
from uuid import UUID

import pytest

from holdspace.cellar.ledger import checkpoint, queries
from holdspace.cellar.ledger.actions import CannotContinue, sequence
from holdspace.cellar.ledger.models import Checkpoint, Leaf, Line, Naming, Waiting
from holdspace.cellar.ledger.tree import root
from tests.ledger import guards
from tests.ledger.book import NOW, ORIGIN, PUBLIC, SEED, carry, verdict, write_lines

pytestmark = pytest.mark.django_db


def test_nothing_waits_so_nothing_is_signed() -> None:
    assert carry() == 0
    assert queries.latest_checkpoint() is None


def test_lines_enter_the_tree_in_the_order_of_writing() -> None:
    written = write_lines(7)
    assert carry() == 7
    assert list(Leaf.objects.order_by("index").values_list("index", "line")) == list(
        enumerate(written)
    )
    assert not Waiting.objects.exists()


def test_a_long_queue_is_carried_in_parts() -> None:
    write_lines(7)
    assert [carry(3), carry(3), carry(3), carry(3)] == [3, 3, 1, 0]
    sizes = Checkpoint.objects.order_by("number").values_list("number", "size")
    assert list(sizes) == [(0, 3), (1, 6), (2, 7)]


def test_the_signed_head_is_the_root_over_all_leaves() -> None:
    write_lines(11)
    carry(4)
    carry()
    note = queries.latest_checkpoint()
    assert note
    head = checkpoint.check(note, origin=ORIGIN, public=PUBLIC)
    hashes = [bytes(leaf.hash) for leaf in Leaf.objects.order_by("index")]
    assert (head.size, head.root) == (11, root(hashes))
    assert verdict().is_sound


@pytest.mark.parametrize(
    "change",
    [
        {"root": bytes(32)},
        {"size": 4},
        {"size": 5},
        {"frontier": ["00" * 32, "00" * 32]},
        {"frontier": ["not hex", ""]},
        {"note": "no note"},
    ],
)
def test_nothing_is_signed_on_top_of_a_changed_checkpoint(change: dict[str, object]) -> None:
    write_lines(3)
    carry()
    write_lines(1)
    guards.lower()
    Checkpoint.objects.update(**change)
    with pytest.raises(CannotContinue):
        carry()


def test_another_key_does_not_continue_the_ledger() -> None:
    write_lines(1)
    carry()
    write_lines(1)
    with pytest.raises(CannotContinue):
        sequence(seed=bytes(32), origin=ORIGIN, at=NOW)


def test_another_log_does_not_continue_the_ledger() -> None:
    write_lines(1)
    carry()
    write_lines(1)
    with pytest.raises(CannotContinue):
        sequence(seed=SEED, origin="other.example", at=NOW)


def test_a_place_in_the_queue_without_a_line_holds_nothing_up() -> None:
    Waiting.objects.create(line=UUID(int=0))
    assert carry() == 0
    write_lines(2)
    assert carry() == 2


def test_a_clock_that_was_put_back_does_no_harm() -> None:
    write_lines(2)
    carry(1)
    carry(1, at=NOW - timedelta(hours=1))
    assert verdict().is_sound


def test_a_line_that_was_named_as_it_was_written_is_carried_all_the_same() -> None:
    first, second = write_lines(2)
    line = Line.objects.get(pk=first)
    Naming.objects.bulk_create(Naming(subject=who, line=line.pk) for who in line.subjects)
    assert carry() == 2
    assert set(Naming.objects.values_list("line", flat=True)) == {first, second}
    assert verdict().is_sound
