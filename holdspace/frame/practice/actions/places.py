"""Where the practice is: sites and rooms."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice import queries
from holdspace.frame.practice.models import Room, Site


def add_site(name: str, address: str, *, by: Visitor, at: datetime) -> Site:
    queries.may_configure(by)
    with transaction.atomic():
        site = Site.objects.create(practice_id=by.practice, name=name, address=address)
        lines.did(by, "added", "site", [site.id], at=at, layer=Layer.ADMIN)
    return site


def add_room(site: UUID, name: str, *, by: Visitor, at: datetime) -> Room:
    queries.may_configure(by)
    found = Site.objects.filter(pk=site, practice_id=by.practice, closed_on=None).first()
    if found is None:
        raise NotHere(subject=site)
    with transaction.atomic():
        room = Room.objects.create(practice_id=by.practice, site=found, name=name)
        lines.did(by, "added", "room", [room.id], at=at, layer=Layer.ADMIN)
    return room


def close_room(room: UUID, *, by: Visitor, at: datetime) -> None:
    """Nothing is planned there any more; sessions that were keep their room."""
    queries.may_configure(by)
    with transaction.atomic():
        on = timezone.localdate(at, ZoneInfo(queries.practice_of(by).time_zone))
        here = Room.objects.filter(pk=room, practice_id=by.practice, closed_on=None)
        if not here.update(closed_on=on):
            raise NotHere(subject=room)
        lines.did(by, "closed", "room", [room], at=at, layer=Layer.ADMIN)
