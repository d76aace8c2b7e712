"""What the pages of persons show."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.frame.people import queries
from holdspace.frame.people.labels import KINDS, SAFETY, SAFETY_TAGS, Label, language_name
from holdspace.frame.people.models import ContactPoint, Person
from holdspace.frame.people.relations import Belonging
from holdspace.frame.people.rules import age_on


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who was found, and where they belong."""

    person: Person
    belongings: list[Belonging]


@dataclass(frozen=True, slots=True)
class FindPage:
    """The search and what it found."""

    typed: str
    found: list[Found]
    is_full: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """A way to reach somebody, as it is shown."""

    point: ContactPoint
    kind: Label
    safety: Label
    tag: str
    is_safe: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person: what they are called, how it is safe to reach them, where they belong."""

    person: Person
    age: int | None
    languages: list[str]
    points: list[Reach]
    past_points: list[Reach]
    belongings: list[Belonging]


def find_page(by: Visitor, typed: str) -> FindPage:
    persons = queries.find(by, typed)
    places = queries.belongings(by, persons) if persons else {}
    found = [Found(person, places[person.id]) for person in persons]
    return FindPage(typed, found, is_full=len(found) == queries.MOST_FOUND)


def person_page(by: Visitor, person: UUID, *, today: date) -> PersonPage:
    known = queries.one(by, person, Action.READ)
    points = [_reach(point) for point in queries.contact_points(by, person, with_ended=True)]
    return PersonPage(
        person=known,
        age=age_on(known.birth_date, today),
        languages=[language_name(tag) for tag in known.languages],
        points=[reach for reach in points if reach.point.to_at is None],
        past_points=[reach for reach in points if reach.point.to_at is not None],
        belongings=queries.belongings(by, [known])[person],
    )


def _reach(point: ContactPoint) -> Reach:
    return Reach(
        point, KINDS[point.kind], SAFETY[point.safe], SAFETY_TAGS[point.safe],
        is_safe=point.safe != "no",
    )  # fmt: skip
