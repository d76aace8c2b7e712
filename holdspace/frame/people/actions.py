"""Changing persons: taking in, describing, and how it is safe to reach them."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import check
from holdspace.cellar.access.table import Action, Relation
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people import names, queries
from holdspace.frame.people.models import ContactPoint, Person
from holdspace.frame.people.rules import Particulars, Point, checked, checked_point
from holdspace.frame.practice.queries import practice_of


def take_in(said: Particulars, *, by: Visitor, at: datetime) -> Person:
    """A new person. Whether somebody of that name is known here already is not said."""
    check(by, Action.TAKE_IN, Layer.ADMIN, {Relation.SAME_PRACTICE})
    kept = checked(said, today=at.date())
    person = Person(practice_id=by.practice, known_since=at, **asdict(kept))
    keyring.new_scope(person.id, practice=by.practice, at=at)
    with transaction.atomic():
        person.save()
        names.enter(person)
        lines.did(by, "took in", "person", [person.id], at=at, layer=Layer.ADMIN)
    return person


def describe(person: UUID, said: Particulars, *, by: Visitor, at: datetime) -> Person:
    """Change what is said of a person: the name, and all that goes with it."""
    known = queries.one(by, person, Action.WRITE)
    kept = checked(said, today=at.date())
    for name, value in asdict(kept).items():
        setattr(known, name, value)
    with transaction.atomic():
        known.save()
        names.enter(known)
        lines.did(by, "described", "person", [person], at=at, layer=Layer.ADMIN)
    return known


def add_contact_point(person: UUID, point: Point, *, by: Visitor, at: datetime) -> ContactPoint:
    """A further way to reach somebody."""
    queries.one(by, person, Action.WRITE)
    kept = checked_point(point, country=practice_of(by).country)
    with transaction.atomic():
        added = _enter(person, kept, by, at)
        lines.did(by, "added", "contact point", [person], at=at, layer=Layer.ADMIN)
    return added


def change_contact_point(point: UUID, to: Point, *, by: Visitor, at: datetime) -> ContactPoint:
    """The old one ends and a new one takes its place, so that what once was safe can be known."""
    old = queries.contact_point(by, point, Action.WRITE)
    kept = checked_point(to, country=old.practice.country)
    with transaction.atomic():
        _end(old, at)
        new = _enter(old.person_id, kept, by, at)
        lines.did(by, "changed", "contact point", [old.person_id], at=at, layer=Layer.ADMIN)
    return new


def end_contact_point(point: UUID, *, by: Visitor, at: datetime) -> ContactPoint:
    """From now on nobody is to be reached this way."""
    ended = queries.contact_point(by, point, Action.WRITE)
    with transaction.atomic():
        _end(ended, at)
        lines.did(by, "ended", "contact point", [ended.person_id], at=at, layer=Layer.ADMIN)
    return ended


def _end(point: ContactPoint, at: datetime) -> None:
    point.to_at = at
    point.save()


def _enter(person: UUID, point: Point, by: Visitor, at: datetime) -> ContactPoint:
    """One way at a time is the preferred one."""
    if point.is_preferred:
        for other in ContactPoint.objects.filter(person_id=person, to_at=None, is_preferred=True):
            other.is_preferred = False
            other.save()
    return ContactPoint.objects.create(
        practice_id=by.practice, person_id=person, from_at=at,
        kind=point.kind, value=point.value, safe=point.safe, how=point.how,
        is_preferred=point.is_preferred,
    )  # fmt: skip
