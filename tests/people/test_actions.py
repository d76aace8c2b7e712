"""Taking in, describing, and how somebody can be reached."""

from uuid import uuid4

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.ledger.models import Line
from holdspace.frame.people import actions, queries
from holdspace.frame.people.models import ContactPoint, Person
from holdspace.frame.people.rules import CannotBe, Particulars, Point, PointKind, Safe
from tests.cast import NOW, Cast


def a_point(value: str = "07700 900123", **more: object) -> Point:
    return Point(**{"kind": PointKind.MOBILE, "value": value, "safe": Safe.ASK, **more})  # type: ignore[arg-type]


@pytest.fixture
def amara(known: Cast) -> Person:
    return known.participant().person


def test_somebody_new_is_sealed_and_found_by_the_desk(known: Cast) -> None:
    said = Particulars(name="Sukarno", preferred_name="Karno")
    person = actions.take_in(said, by=known.visitor("sam"), at=NOW)
    assert queries.find(known.visitor("sam"), "karno") == [person]
    assert Line.objects.latest("at").act == "took in"


def test_who_takes_nobody_in_is_refused(known: Cast) -> None:
    for who in ("bill", "audrey"):
        with pytest.raises(NotHere):
            actions.take_in(Particulars(name="Ana"), by=known.visitor(who), at=NOW)


def test_a_name_that_cannot_be_leaves_nothing_behind(known: Cast) -> None:
    before = Person.objects.count()
    with pytest.raises(CannotBe):
        actions.take_in(Particulars(name="x" * 10_000), by=known.visitor("sam"), at=NOW)
    assert Person.objects.count() == before


def test_somebody_renamed_is_found_by_the_new_name_alone(known: Cast, amara: Person) -> None:
    by = known.visitor("mira")
    actions.describe(amara.id, Particulars(name="Amara Osei"), by=by, at=NOW)
    assert [person.name for person in queries.find(by, "osei")] == ["Amara Osei"]
    assert queries.find(by, "kamau") == []


def test_a_colleague_describes_nobody_elses_client(known: Cast, amara: Person) -> None:
    with pytest.raises(NotHere):
        actions.describe(amara.id, Particulars(name="X"), by=known.visitor("tom"), at=NOW)


def test_the_preferred_way_comes_first_and_what_is_not_safe_last(
    known: Cast, amara: Person
) -> None:
    by = known.visitor("mira")
    for point in (
        a_point("07700 900121", safe=Safe.NO, how="Her brother answers"),
        a_point("07700 900122"),
        a_point("07700 900123", is_preferred=True),
        a_point("07700 900124", is_preferred=True),
    ):
        actions.add_contact_point(amara.id, point, by=by, at=NOW)
    points = queries.contact_points(by, amara.id)
    assert [point.value[-1] for point in points] == ["4", "2", "3", "1"]
    assert [point.is_preferred for point in points] == [True, False, False, False]


def test_a_changed_way_is_kept_with_its_end(known: Cast, amara: Person) -> None:
    by = known.visitor("mira")
    old = actions.add_contact_point(amara.id, a_point(), by=by, at=NOW)
    new = actions.change_contact_point(old.id, a_point(safe=Safe.NO), by=by, at=NOW)
    assert [point.id for point in queries.contact_points(by, amara.id)] == [new.id]
    assert len(queries.contact_points(by, amara.id, with_ended=True)) == 2
    assert ContactPoint.objects.get(pk=old.id).to_at == NOW


def test_an_ended_way_is_ended_once(known: Cast, amara: Person) -> None:
    by = known.visitor("sam")
    point = actions.add_contact_point(amara.id, a_point(), by=by, at=NOW)
    actions.end_contact_point(point.id, by=by, at=NOW)
    with pytest.raises(NotHere):
        actions.end_contact_point(point.id, by=by, at=NOW)


def test_a_way_of_a_colleagues_client_is_as_unknown_as_a_forged_one(
    known: Cast, amara: Person
) -> None:
    point = actions.add_contact_point(amara.id, a_point(), by=known.visitor("mira"), at=NOW)
    for forged in (point.id, uuid4()):
        with pytest.raises(NotHere):
            actions.end_contact_point(forged, by=known.visitor("tom"), at=NOW)


@pytest.mark.parametrize("who", ["tom", "bill", "audrey", "stranger"])
def test_who_may_not_know_somebody_neither_reads_nor_adds_a_way_to_them(
    known: Cast, amara: Person, who: str
) -> None:
    actions.add_contact_point(amara.id, a_point(), by=known.visitor("mira"), at=NOW)
    with pytest.raises(NotHere):
        queries.contact_points(known.visitor(who), amara.id)
    with pytest.raises(NotHere):
        actions.add_contact_point(amara.id, a_point(), by=known.visitor(who), at=NOW)
    assert ContactPoint.objects.count() == 1


def test_a_way_that_cannot_be_is_not_added(known: Cast, amara: Person) -> None:
    with pytest.raises(CannotBe):
        actions.add_contact_point(amara.id, a_point("no"), by=known.visitor("mira"), at=NOW)
    assert queries.contact_points(known.visitor("mira"), amara.id) == []
