"""How members come to know persons. Rooms above say so; where none does, nobody is known.

Persons stand below therapies, so this room cannot ask who takes part in what. A room that relates
members to persons names a module of its own in its app's config: `relates_persons = "…"`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Protocol, cast
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from holdspace.cellar.access.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Belonging:
    """A place that a person has in something, for a link to it."""

    title: str
    part: str
    href: str
    is_past: bool = False


class Relating(Protocol):
    """What a room that relates members to persons can answer."""

    def known_to(self, by: Visitor) -> Q:
        """The persons whom this visitor works with, as a condition on persons."""

    def belongings(self, by: Visitor, persons: Iterable[UUID]) -> dict[UUID, list[Belonging]]:
        """Where these persons belong, as far as this visitor may know."""


@cache
def _rooms() -> tuple[Relating, ...]:
    named = [getattr(config, "relates_persons", "") for config in apps.get_app_configs()]
    return tuple(cast("Relating", import_module(name)) for name in named if name)


def known_to(by: Visitor) -> Q:
    """The persons whom this visitor works with."""
    known = Q(pk__in=[])
    for room in _rooms():
        known |= room.known_to(by)
    return known


def belongings(by: Visitor, persons: Iterable[UUID]) -> dict[UUID, list[Belonging]]:
    """Where persons belong, as far as this visitor may know."""
    wanted = list(persons)
    found: dict[UUID, list[Belonging]] = {person: [] for person in wanted}
    for room in _rooms():
        for person, places in room.belongings(by, wanted).items():
            found[person] += places
    return found
