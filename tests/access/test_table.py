"""The whole table, and the gate that reads it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.cellar.access.gate import NotHere, check, may
from holdspace.cellar.access.table import TABLE, Action, Relation, Role, allowed, ways
from holdspace.cellar.access.visitor import Visitor, nobody, system
from holdspace.cellar.ledger.entry import ActorKind
from holdspace.cellar.vault.layers import Layer
from tests.access.expected import EXPECTED
from tests.cast import nobodys_id

EVERYTHING = list(product(Role, Relation, Layer, Action))


def visitor(*roles: Role) -> Visitor:
    return Visitor(nobodys_id(), nobodys_id(), ActorKind.MEMBER, frozenset(roles))


def test_the_whole_table_is_as_it_was_agreed() -> None:
    found = {
        f"{role} · {relation} · {layer}": " ".join(
            sorted(a for a in Action if allowed(frozenset({role}), {relation}, layer, a))
        )
        for role, relation, layer in product(Role, Relation, Layer)
    }
    assert {cell: actions for cell, actions in found.items() if actions} == EXPECTED


@pytest.mark.parametrize("action", Action)
def test_nobody_may_do_anything(action: Action) -> None:
    for relation, layer in product(Relation, Layer):
        assert not may(nobody(), action, layer, {relation})


@pytest.mark.parametrize("action", Action)
def test_the_house_itself_passes_no_gate(action: Action) -> None:
    for relation, layer in product(Relation, Layer):
        assert not may(system(nobodys_id()), action, layer, {relation})


@pytest.mark.parametrize("role", [Role.OWNER, Role.RECEPTION, Role.BILLER, Role.AUDITOR])
def test_being_in_the_practice_opens_nobodys_words(role: Role) -> None:
    worded = (Layer.PRIVATE, Layer.RECORD, Layer.SHARED, Layer.CLIENT)
    for layer, action in product(worded, Action):
        assert not may(visitor(role), action, layer, {Relation.SAME_PRACTICE})


def test_a_shared_screen_reads_and_fills_what_both_may_see_and_nothing_else() -> None:
    found = {
        (relation, layer, action)
        for role, relation, layer, action in EVERYTHING
        if role is Role.SHARED_SCREEN and allowed(frozenset({role}), {relation}, layer, action)
    }
    both, done = (Layer.SHARED, Layer.CLIENT), (Action.FIND, Action.READ, Action.FILL)
    assert found == {(Relation.THERAPIST_OF, *each) for each in product(both, done)}


def test_the_gate_raises_with_a_reason_and_the_subject() -> None:
    with pytest.raises(NotHere) as refusal:
        check(visitor(Role.BILLER), Action.READ, Layer.RECORD, set(), subject=nobodys_id())
    assert refusal.value.reason == "biller may not read on the record layer"
    assert refusal.value.subject == nobodys_id()


def test_the_gate_says_so_where_there_is_no_role() -> None:
    with pytest.raises(NotHere, match="no role may not read"):
        check(visitor(), Action.READ, Layer.RECORD, set())


@given(
    roles=st.frozensets(st.sampled_from(Role)),
    relations=st.frozensets(st.sampled_from(Relation)),
    layer=st.sampled_from(Layer),
    action=st.sampled_from(Action),
)
def test_lists_and_the_gate_agree(
    roles: frozenset[Role], relations: frozenset[Relation], layer: Layer, action: Action
) -> None:
    """A list is filtered by the relations that the gate would take."""
    through = ways(roles, layer, action)
    assert allowed(roles, relations, layer, action) == bool(through & relations)


def test_no_row_of_the_table_is_empty() -> None:
    assert all(row.roles and row.layers and row.actions for row in TABLE)
