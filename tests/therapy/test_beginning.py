"""A therapy begins, with one person or with twenty: all of it, or nothing."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.ledger.models import Line
from holdspace.frame.people.models import Person
from holdspace.frame.people.rules import CannotBe
from holdspace.frame.practice.rules import PlaceKind
from holdspace.frame.therapy import actions, queries
from holdspace.frame.therapy.models import Frame, Participant, Therapist, Therapy
from holdspace.frame.therapy.rules import AlreadyHere, Joining, Part, State, Unit
from tests.cast import NOW, TODAY, Cast, nobodys_id
from tests.therapy.conftest import CHOICES, TERMS, a_beginning, new


def test_a_therapy_with_one_person_begins(known: Cast) -> None:
    begun = actions.begin(
        a_beginning(known, brings="I cannot sleep"), by=known.visitor("mira"), at=NOW
    )
    therapy = queries.one(known.visitor("mira"), begun.id)
    assert (therapy.title, therapy.brings, therapy.state) == ("Ada B.", "I cannot sleep", "inquiry")
    assert Frame.objects.get(therapy=therapy).minutes == 50
    assert Therapist.objects.get(therapy=therapy).is_lead


def test_one_line_names_the_therapy_and_its_people(known: Cast) -> None:
    begun = actions.begin(a_beginning(known), by=known.visitor("mira"), at=NOW)
    person = Participant.objects.get(therapy=begun).person_id
    line = Line.objects.get(act="began")
    assert line.subjects == [str(begun.id), str(person)]


def test_a_group_of_eight_with_two_therapists_begins_in_one_action(known: Cast) -> None:
    people = [new(f"Member{number} Group") for number in range(8)]
    group = a_beginning(
        known, *people, title="Monday group", therapists=(known.mira.id, known.tom.id),
        choices=replace(CHOICES, unit=Unit.GROUP, voice="group"),
    )  # fmt: skip
    begun = actions.begin(group, by=known.visitor("mira"), at=NOW)
    assert Participant.objects.filter(therapy=begun).count() == 8
    assert [seat.is_lead for seat in queries.therapists(known.visitor("tom"), [begun.id])] == [
        True,
        False,
    ]


def test_somebody_known_comes_with_somebody_new(known: Cast) -> None:
    amara = Joining(part=Part.PARTNER, person=known.participant().person_id)
    begun = actions.begin(
        a_beginning(known, amara, new("Ben Orr")), by=known.visitor("mira"), at=NOW
    )
    assert begun.title == "Amara and Ben"


def test_a_colleagues_client_cannot_be_taken_by_a_forged_id(known: Cast) -> None:
    before = (Therapy.objects.count(), Person.objects.count())
    for forged in (known.participant("kofi").person_id, uuid4()):
        people = (new("Ada Byron"), Joining(part=Part.CLIENT, person=forged))
        with pytest.raises(NotHere):
            actions.begin(a_beginning(known, *people), by=known.visitor("mira"), at=NOW)
    assert (Therapy.objects.count(), Person.objects.count()) == before


def test_a_colleagues_client_may_be_taken_in_anew(known: Cast) -> None:
    mira = known.visitor("mira")
    begun = actions.begin(a_beginning(known, new("Kofi Boateng")), by=mira, at=NOW)
    (place,) = queries.participants(mira, [begun.id])
    assert place.person.name == "Kofi Boateng"
    assert place.person_id != known.participant("kofi").person_id


def test_the_desk_begins_for_a_colleague_without_words(known: Cast) -> None:
    begun = actions.begin(a_beginning(known), by=known.visitor("sam"), at=NOW)
    assert queries.one(known.visitor("mira"), begun.id) == begun
    with pytest.raises(CannotBe) as refusal:
        actions.begin(a_beginning(known, brings="words"), by=known.visitor("sam"), at=NOW)
    assert refusal.value.name == "brings"


def test_others_begin_nothing(known: Cast) -> None:
    for who in ("bill", "audrey"):
        with pytest.raises(NotHere):
            actions.begin(a_beginning(known), by=known.visitor(who), at=NOW)


def test_who_works_with_them_is_a_colleague_who_works_with_clients(known: Cast) -> None:
    for other in (known.sam.id, known.stranger.id, nobodys_id()):
        with pytest.raises(NotHere):
            actions.begin(a_beginning(known, therapists=(other,)), by=known.visitor("sam"), at=NOW)


def test_a_therapist_begins_their_own_work(known: Cast) -> None:
    for therapists in ((known.tom.id,), (), (known.mira.id, known.mira.id)):
        with pytest.raises(CannotBe):
            actions.begin(
                a_beginning(known, therapists=therapists), by=known.visitor("mira"), at=NOW
            )


def test_an_ended_therapy_can_be_written_in(known: Cast) -> None:
    ended = a_beginning(known, state=State.ENDED)
    assert actions.begin(ended, by=known.visitor("mira"), at=NOW).ended_on == TODAY


def test_the_same_person_is_not_there_twice(known: Cast) -> None:
    amara = Joining(part=Part.CLIENT, person=known.participant().person_id)
    with pytest.raises(AlreadyHere):
        actions.begin(a_beginning(known, amara, amara), by=known.visitor("mira"), at=NOW)


@pytest.mark.parametrize(
    "people",
    [[new("x" * 10_000)], [new("")], [Joining(part=Part.CLIENT)], [new("A")] * 61],
    ids=["long", "empty", "nobody", "many"],
)
def test_people_who_cannot_be_leave_nothing_behind(known: Cast, people: list[Joining]) -> None:
    before = Person.objects.count()
    with pytest.raises(CannotBe):
        actions.begin(a_beginning(known, new("Ada"), *people), by=known.visitor("mira"), at=NOW)
    assert Person.objects.count() == before


def test_nothing_begins_tomorrow_or_in_a_forged_room(known: Cast) -> None:
    with pytest.raises(CannotBe):
        actions.begin(
            a_beginning(known, started_on=date(2026, 3, 3)), by=known.visitor("mira"), at=NOW
        )
    forged = replace(TERMS, place=PlaceKind.ROOM, room=uuid4())
    with pytest.raises(NotHere):
        actions.begin(a_beginning(known, terms=forged), by=known.visitor("mira"), at=NOW)
