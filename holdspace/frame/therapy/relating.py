"""How this room relates members to persons: through the therapies that both have a place in."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.prepared import Many, One, prepared
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people.relations import Belonging
from holdspace.frame.therapy.labels import PARTS
from holdspace.frame.therapy.models import Participant
from holdspace.frame.therapy.queries import own, reached


def known_to(by: Visitor) -> Q:
    """Those who take part, or once took part, in a therapy that the visitor still works in."""
    placed = Participant.objects.filter(therapy_id__in=own(by))
    return Q(pk__in=placed.values("person_id"))


def belongings(by: Visitor, persons: Iterable[UUID]) -> dict[UUID, list[Belonging]]:
    """The therapies these persons take part in, as far as the visitor may know of them."""
    rows = _places(practice=by.practice, persons=list(persons))
    known = set(reached(by, {row.therapy_id for row in rows}, Action.FIND, Layer.ADMIN))
    places = [row for row in rows if row.therapy_id in known]
    keyring.warm(place.therapy_id for place in places)
    by.opened.note(place.therapy_id for place in places)
    found: dict[UUID, list[Belonging]] = defaultdict(list)
    for place in places:
        found[place.person_id].append(
            Belonging(
                title=place.therapy.title,
                part=str(PARTS[place.part]),
                href=reverse("therapy", args=[place.therapy_id]),
                is_past=place.to_on is not None,
            )
        )
    return found


@prepared
def _places(practice: One, persons: Many) -> QuerySet[Participant]:
    held = Participant.objects.filter(practice_id=practice, person__in=persons)
    return held.select_related("therapy").order_by("-from_on", "id")
