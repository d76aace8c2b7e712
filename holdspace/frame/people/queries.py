"""Reading persons: who may be found by whom, and how they can be reached."""

from uuid import UUID

from django.db.models import QuerySet

from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.table import Action, Relation, ways
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people import names, relations
from holdspace.frame.people.models import ContactPoint, Person
from holdspace.frame.people.relations import Belonging

MOST_FOUND = 50
WITH_FALSE_HITS = 80  # looked at: at 100,000 people one or two of them are false


def visible_to(
    by: Visitor, action: Action = Action.READ, layer: Layer = Layer.ADMIN
) -> QuerySet[Person]:
    """The persons a visitor may do this to: the same answer as the gate's, as SQL."""
    through = ways(by.roles, layer, action)
    everybody = Person.objects.filter(practice_id=by.practice)
    if Relation.SAME_PRACTICE in through and by.narrowed_to is None:
        return everybody
    if Relation.THERAPIST_OF in through:
        return everybody.filter(relations.known_to(by))
    return everybody.none()


def relations_to(by: Visitor, person: Person) -> frozenset[Relation]:
    """How a visitor stands to a person."""
    found: set[Relation] = set()
    if by.practice == person.practice_id:
        if by.narrowed_to is None:
            found.add(Relation.SAME_PRACTICE)
        if Person.objects.filter(relations.known_to(by), pk=person.pk).exists():
            found.add(Relation.THERAPIST_OF)
    return frozenset(found)


def one(
    by: Visitor, person: UUID, action: Action = Action.READ, layer: Layer = Layer.ADMIN
) -> Person:
    """A person, or NotHere; the page's line names them."""
    found = Person.objects.filter(pk=person, practice_id=by.practice).first()
    if found is None:
        raise NotHere(subject=person)
    check(by, action, layer, relations_to(by, found), subject=person)
    by.opened.note([person])
    return found


def find(by: Visitor, typed: str) -> list[Person]:
    """Persons by the beginnings of their names: one's own, or the practice's for the desk.

    A therapist's search cannot tell a colleague's client from somebody who was never here. At most
    fifty, the latest first looked at, in the order of their names.
    """
    words = names.asked(typed)
    if not words:
        return []
    among = visible_to(by, Action.FIND)
    perhaps = names.perhaps(by.practice, words, among).order_by("-id")[:WITH_FALSE_HITS]
    persons = list(perhaps)
    keyring.warm(person.id for person in persons)
    found = [person for person in persons if names.holds(person, words)][:MOST_FOUND]
    by.opened.note(person.id for person in found)
    return sorted(found, key=lambda person: person.name.casefold())


def belongings(by: Visitor, persons: list[Person]) -> dict[UUID, list[Belonging]]:
    """Where persons that the caller has already opened belong, as far as the visitor may know."""
    return relations.belongings(by, [person.id for person in persons])


def contact_points(by: Visitor, person: UUID, *, with_ended: bool = False) -> list[ContactPoint]:
    """How a person can be reached: the preferred way first, what is not safe last."""
    one(by, person)
    chosen = ContactPoint.objects.filter(practice_id=by.practice, person_id=person)
    if not with_ended:
        chosen = chosen.filter(to_at=None)
    order = {"yes": 0, "ask": 1, "no": 2}
    return sorted(
        chosen.order_by("id"), key=lambda point: (not point.is_preferred, order[point.safe])
    )


def contact_point(by: Visitor, point: UUID, action: Action = Action.READ) -> ContactPoint:
    """One way to reach somebody that still holds, or NotHere."""
    chosen = ContactPoint.objects.filter(pk=point, practice_id=by.practice, to_at=None)
    found = chosen.select_related("person", "practice").first()
    if found is None:
        raise NotHere(subject=point)
    check(by, action, Layer.ADMIN, relations_to(by, found.person), subject=point)
    by.opened.note([found.person_id])
    return found
