"""Laying Linden House, the sample practice, into an empty house, around a moment."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

from django.db import transaction

from holdspace.cellar.ledger import actions as ledger
from holdspace.cellar.ledger.entry import ActorKind, Entry
from holdspace.cellar.vault import keyring
from holdspace.frame.practice.models import Practice
from holdspace.front.sample import (
    agreeing,
    answering,
    considering,
    diary,
    founding,
    noting,
    peopling,
)
from holdspace.front.sample.days import Hours
from holdspace.front.sample.laying import Laying
from holdspace.front.sample.reading import Story, story


class NotEmpty(Exception):
    """The sample is laid into an empty house alone."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A sign-in of the demo. It opens nothing anywhere else."""

    role: str
    name: str
    email: str
    password: str


def load(*, at: datetime) -> list[DemoAccount]:
    """Lay the whole practice, or nothing of it; answers how one signs in. Raises NotEmpty.

    The house has its tables and its root key already, and nobody in it. Every date is laid around
    `at`; the same moment gives the same words, times and scores.
    """
    if Practice.objects.exists():
        msg = "There is a practice in this house already; the sample is laid into an empty one."
        raise NotEmpty(msg)
    told = story()
    laying = founding.founded(told, Hours(at, ZoneInfo(told.practice["time_zone"])))
    with transaction.atomic():
        founding.settle(laying)
        peopling.gather(laying)
        agreeing.gather(laying)
        _make_keys(laying)
        for part in (peopling, agreeing, diary, answering, considering, noting):
            part.write(laying)
        ledger.write(_line(laying), at=at)
    return _accounts(told)


def _accounts(told: Story) -> list[DemoAccount]:
    """How each member signs in, by the first of their roles."""
    return [
        DemoAccount(said["roles"][0], said["name"], said["email"], said["password"])
        for said in told.members.values()
    ]


def _make_keys(laying: Laying) -> None:
    """One key for each person, each therapy and each place in one."""
    works = laying.works.values()
    places = (place.id for work in works for place in work.places.values())
    persons = (person.id for person in laying.persons.values())
    scopes = chain(persons, (work.row.id for work in works), places)
    keyring.new_scopes(scopes, practice=laying.practice.id, at=laying.at)


def _line(laying: Laying) -> Entry:
    return Entry(
        practice=laying.practice.id, actor=None, actor_kind=ActorKind.SYSTEM,
        act="loaded", what="sample practice", subjects=(laying.practice.id,),
    )  # fmt: skip
