"""A prepared statement answers what the same question asked anew answers."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Count, QuerySet
from django.test.utils import CaptureQueriesContext

from holdspace.cellar.prepared import Many, One, first, prepared
from holdspace.frame.people.models import Person
from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.hour.encounters.models import Session
from tests.cast import NOW, TODAY, Cast

BUILT: list[str] = []


@prepared
def sessions(practice: One, among: Many, since: One) -> QuerySet[Session]:
    BUILT.append("sessions")
    chosen = Session.objects.filter(practice_id=practice, therapy_id__in=among)
    chosen = chosen.filter(starts_at__gte=since).exclude(state="withdrawn")
    return chosen.select_related("therapy", "room").order_by("starts_at", "id")


@prepared
def taking_part(among: Many, on: One) -> QuerySet[Participant, tuple[UUID, int]]:
    here = Participant.objects.filter(therapy_id__in=among, from_on__lte=on)
    return here.order_by("therapy_id").values_list("therapy_id").annotate(people=Count("id"))


@prepared
def names(person: One) -> QuerySet[Person]:
    return Person.objects.filter(pk=person).only("row_version", "practice_id", "layer", "name")[:1]


def test_rows_come_with_what_was_selected_and_in_order(cast: Cast) -> None:
    among = [cast.amara.id, cast.kofi.id]
    asked = sessions(practice=cast.practice.id, among=among, since=NOW - timedelta(days=1))
    assert asked == list(Session.objects.filter(therapy__in=among).order_by("starts_at", "id"))
    with CaptureQueriesContext(connection) as more:
        titles = [row.therapy.title for row in asked]
    assert titles == [cast.amara.title]
    assert len(more) == 0


def test_it_is_built_once_and_bound_each_time(cast: Cast) -> None:
    values = {"practice": cast.practice.id, "since": NOW - timedelta(days=1)}
    assert sessions(among=[cast.amara.id], **values)
    BUILT.clear()
    assert not sessions(among=[cast.kofi.id], **values)
    assert not sessions(among=[], **values)
    assert not sessions(**{**values, "practice": uuid4()}, among=[cast.amara.id])
    assert not sessions(**{**values, "since": NOW + timedelta(days=1)}, among=[cast.amara.id])
    assert BUILT == []


def test_values_and_counts(cast: Cast) -> None:
    therapies = [cast.reyes.id, cast.amara.id]
    assert dict(taking_part(among=therapies, on=TODAY)) == {cast.reyes.id: 3, cast.amara.id: 1}
    long_ago = TODAY.replace(year=1990)
    assert taking_part(among=therapies, on=long_ago) == []


def test_sealed_words_open_and_what_was_left_out_is_read_when_needed(cast: Cast) -> None:
    person = cast.participant().person
    found = first(names(person=person.id))
    assert found is not None
    assert found.name == person.name
    assert found.known_since == person.known_since


def test_what_is_asked_is_a_value_and_never_sql(cast: Cast) -> None:
    @prepared
    def by_state(state: One) -> QuerySet[Therapy]:
        return Therapy.objects.filter(state=state)

    assert {row.id for row in by_state(state=cast.amara.state)} >= {cast.amara.id}
    assert by_state(state="' OR 1=1 --") == []


def test_the_first_of_none_is_nothing() -> None:
    assert first([]) is None
    assert first((1, 2)) == 1
