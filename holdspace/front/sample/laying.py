"""What every part of the sample is laid with: the moment, the story, and what is there already."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from holdspace.frame.people.models import Person
from holdspace.frame.practice.models import Member, Practice, Room
from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.front.sample.days import Hours
from holdspace.front.sample.reading import Entry, Story
from holdspace.hour.encounters.models import Attendance, Session

SEED: Final = "Linden House"


@dataclass(slots=True)
class Held:
    """A session that was held, with who came."""

    session: Session
    came: set[UUID]  # participants


@dataclass(slots=True)
class Work:
    """One therapy as it is laid: its rows, and its sessions in order of time."""

    key: str
    entry: Entry
    row: Therapy
    lead: Member
    places: dict[str, Participant] = field(default_factory=dict)  # by the key of the person
    held: list[Held] = field(default_factory=list)  # before today
    parents: list[tuple[Held, str]] = field(default_factory=list)  # meetings without the child
    today: Session | None = None


@dataclass(slots=True)
class Laying:
    """A practice in the making."""

    story: Story
    hours: Hours
    practice: Practice
    members: dict[str, Member] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    works: dict[str, Work] = field(default_factory=dict)
    attendance: list[Attendance] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        return self.hours.at

    @property
    def today(self) -> date:
        return self.hours.today

    def weeks_ago(self, weeks: int) -> date:
        return self.today - timedelta(weeks=weeks)

    def chance(self, *of: str) -> Random:
        """The same chances for the same thing, whenever the sample is laid."""
        return Random("/".join((SEED, *of)))  # noqa: S311 - a sample, not a secret
