"""Making sure that room, therapists and persons are free, and stay so until it is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from holdspace.cellar.access.visitor import Visitor
from holdspace.frame.people.models import Person
from holdspace.frame.practice import queries as practices
from holdspace.frame.practice.models import Member, Room
from holdspace.frame.practice.rules import PlaceKind
from holdspace.hour.encounters import queries
from holdspace.hour.encounters.queries import Needed, Span
from holdspace.hour.encounters.rules import (
    DAYS_SEARCHED,
    Holder,
    Kind,
    Taken,
    conflicts,
    free_times,
)


@dataclass(frozen=True, slots=True)
class Slot:
    """When and where a session is to be."""

    starts_at: datetime
    minutes: int
    place: PlaceKind = PlaceKind.ROOM
    room: UUID | None = None
    kind: Kind = Kind.REGULAR

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class CannotPlan(Exception):
    """A session cannot be planned like this; says why."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A time that is not free, and why."""

    starts_at: datetime
    reasons: tuple[str, ...]


class Conflict(Exception):
    """Something or somebody is not free; carries why, and times that are free."""

    def __init__(self, clashes: Sequence[Clash], free: Sequence[datetime] = ()) -> None:
        super().__init__(" ".join(reason for clash in clashes for reason in clash.reasons))
        self.clashes = tuple(clashes)
        self.free = tuple(free)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Each reason once, in its order."""
        every = (reason for clash in self.clashes for reason in clash.reasons)
        return tuple(dict.fromkeys(every))


@dataclass(slots=True)
class Diary:
    """What is taken of that which a session needs, held still for this transaction."""

    by: Visitor
    what: Needed
    taken: list[Taken]
    zone: ZoneInfo
    names: dict[UUID, str] = field(default_factory=dict)

    def clash(self, slot: Slot) -> Clash | None:
        """Why a slot is not free, or nothing."""
        found = conflicts(self.taken, slot.starts_at, slot.ends_at)
        if not found:
            return None
        self.names = self.names or queries.names_of(self.by, self.what)
        return Clash(slot.starts_at, tuple(reason(one, self.names, self.zone) for one in found))

    def take(self, slot: Slot) -> None:
        """Reckon with a session that is about to be written."""
        seats = ((Holder.THERAPIST, member) for member in self.what.members)
        self.taken += [Taken(slot.starts_at, slot.ends_at, *seat) for seat in seats]

    def free_near(
        self, slot: Slot, *, at: datetime, besides: Iterable[UUID] = ()
    ) -> list[datetime]:
        """Free times near a slot that is not."""
        since = slot.starts_at - timedelta(days=1)
        until = slot.starts_at + timedelta(days=DAYS_SEARCHED + 2)
        around = queries.taken(self.by, self.what, Span(since, until, tuple(besides)))
        return free_times(around, slot.starts_at, slot.minutes, self.zone, at=at)


def hold(by: Visitor, what: Needed, slots: Sequence[Slot], besides: Iterable[UUID] = ()) -> Diary:
    """Lock room, therapists and persons, in this order always, and see when they are taken.

    Two who plan at once meet at these rows: the second waits, and then sees what the first wrote.
    (SQLite has one writer at a time, so its transaction is the lock.)
    """
    for rows, ids in ((Room, [what.room]), (Member, what.members), (Person, what.persons)):
        chosen = rows.objects.filter(pk__in=[one for one in ids if one is not None])
        list(chosen.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    since = min(slot.starts_at for slot in slots)
    until = max(slot.ends_at for slot in slots)
    taken = queries.taken(by, what, Span(since, until, tuple(besides)))
    return Diary(by, what, taken, queries.zone_of(by))


def reason(one: Taken, names: dict[UUID, str], zone: ZoneInfo) -> str:
    """Why this is in the way; of another's therapy, no more than that somebody is not free."""
    name = names.get(one.holder_id, "")
    if not one.is_known:
        return _("%(name)s has something else then.") % {"name": name}
    told = {
        "name": name,
        "start": one.start.astimezone(zone).strftime("%H:%M"),
        "end": one.end.astimezone(zone).strftime("%H:%M"),
    }
    if one.holder is Holder.ROOM:
        return _("%(name)s is taken from %(start)s to %(end)s.") % told
    return _("%(name)s has a session from %(start)s to %(end)s.") % told


def place_of(by: Visitor, slot: Slot) -> UUID | None:
    """The room of a slot, one of the practice's own; raises CannotPlan."""
    if slot.place is not PlaceKind.ROOM or slot.room is None:
        return None
    if slot.room not in {room.id for room in practices.rooms(by)}:
        raise CannotPlan(_("There is no such room."))
    return slot.room
