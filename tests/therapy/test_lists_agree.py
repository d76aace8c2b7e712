"""The list and the single answer agree, for whoever asks and whatever there is."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdspace.cellar.access.gate import NotHere, may
from holdspace.cellar.access.table import Action, Role
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.ledger.entry import ActorKind
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people import queries as people
from holdspace.frame.people.models import Person
from holdspace.frame.therapy import queries
from holdspace.frame.therapy.models import Participant, Therapist, Therapy
from tests.cast import TODAY, Cast

WHO = ("mira", "tom", "jo", "olive", "sam", "bill", "stranger")
WHICH = ("amara", "reyes", "kofi", "jos")
ROLES = st.frozensets(st.sampled_from(list(Role)), max_size=3)
ASKED = st.tuples(st.sampled_from(list(Action)), st.sampled_from(list(Layer)))
SEATS = st.lists(st.tuples(st.sampled_from(WHICH), st.sampled_from(WHO), st.booleans()), max_size=4)
GONE = st.frozensets(st.integers(0, 5), max_size=3)
drawn = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def a_visitor(cast: Cast, who: str, roles: frozenset[Role], narrowed: str | None) -> Visitor:
    member = getattr(cast, who)
    to = getattr(cast, narrowed).id if narrowed else None
    screen = frozenset({Role.SHARED_SCREEN}) if narrowed and not roles else roles
    return Visitor(member.id, member.practice_id, ActorKind.MEMBER, screen, narrowed_to=to)


def seat(cast: Cast, seats: list[tuple[str, str, bool]], gone: frozenset[int]) -> None:
    """Other members in the therapies, some gone, and some participants gone."""
    Therapist.objects.all().delete()
    for which, who, is_open in dict.fromkeys(seats):
        therapy, member = getattr(cast, which), getattr(cast, who)
        Therapist.objects.create(
            practice=therapy.practice, therapy=therapy, member=member, from_on=TODAY,
            to_on=None if is_open else TODAY,
        )  # fmt: skip
    for number, place in enumerate(Participant.objects.order_by("id")):
        place.to_on = TODAY if number in gone else None
        place.save()


@drawn
@given(
    who=st.sampled_from(WHO), roles=ROLES, narrowed=st.sampled_from((None, *WHICH)), asked=ASKED,
    seats=SEATS, gone=GONE,
)  # fmt: skip
def test_the_list_and_the_single_answer_agree(
    cast: Cast, who: str, roles: frozenset[Role], narrowed: str | None,
    asked: tuple[Action, Layer], seats: list[tuple[str, str, bool]], gone: frozenset[int],
) -> None:  # fmt: skip
    seat(cast, seats, gone)
    by = a_visitor(cast, who, roles, narrowed)
    action, layer = asked
    listed = set(queries.visible_to(by, action, layer))
    assert listed == {
        one for one in Therapy.objects.all() if may(by, action, layer, queries.relations(by, one))
    }
    reached = queries.reached(by, [one.id for one in Therapy.objects.all()], action, layer)
    ours = Therapy.objects.filter(practice_id=by.practice)  # whoever hands ids in asks of the same
    assert {one for one in ours if one.id in reached} == listed
    persons = set(people.visible_to(by, action, layer))
    assert persons == {
        one for one in Person.objects.all() if may(by, action, layer, people.relations_to(by, one))
    }


def test_a_shared_screen_reaches_its_therapys_shared_layer_alone(cast: Cast) -> None:
    screen = replace(
        cast.visitor("mira"), roles=frozenset({Role.SHARED_SCREEN}), narrowed_to=cast.amara.id
    )
    assert queries.one(screen, cast.amara.id, Action.READ, Layer.SHARED) == cast.amara
    for therapy, layer in ((cast.amara, Layer.RECORD), (cast.reyes, Layer.SHARED)):
        with pytest.raises(NotHere):
            queries.one(screen, therapy.id, Action.READ, layer)
    assert list(people.visible_to(screen)) == []
    assert {p.name for p in people.visible_to(screen, layer=Layer.SHARED)} == {"Amara Kamau"}
