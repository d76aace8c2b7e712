"""The schools a therapy can be of, by id, name and family: for choosing and naming."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from holdspace.frame.approaches.catalogue import Approach, catalogue, families
from holdspace.frame.approaches.tongues import spoken

Choices = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class School:
    """One approach."""

    id: str
    name: str
    short: str  # for a line with little room
    family: str  # as it is called
    family_id: str


@cache
def schools(language: str) -> Mapping[str, School]:
    """Every approach by its id, family by family, in one of our languages."""
    return {one.id: school_of(one, language) for one in catalogue().values()}


def school_of(one: Approach, language: str) -> School:
    """An approach as it is chosen and named."""
    family = families()[one.family][language]
    return School(one.id, one.name[language], one.short[language], family, one.family)


def is_known(approach: str) -> bool:
    """Say whether the house knows such an approach."""
    return approach in catalogue()


def choices(own: Iterable[Approach] = ()) -> Choices:
    """The approaches as a form offers them: in their families, by name, the practice's own too."""
    language = spoken()
    offered = [*schools(language).values(), *(school_of(one, language) for one in own)]
    order = list(families())
    offered.sort(key=lambda one: (order.index(one.family_id), one.name.casefold()))
    return [
        (family, [(one.id, one.name) for one in members])
        for family, members in groupby(offered, key=lambda one: one.family)
    ]


def name_of(approach: str, own: Mapping[str, Approach] | None = None) -> str:
    """What an approach is called; one that is not known goes by its id."""
    known = _known(approach, own)
    return known.name[spoken()] if known else _by_id(approach)


def short_name_of(approach: str, own: Mapping[str, Approach] | None = None) -> str:
    """What it is called where there is little room."""
    known = _known(approach, own)
    return known.short[spoken()] if known else _by_id(approach)


def _known(approach: str, own: Mapping[str, Approach] | None) -> Approach | None:
    return catalogue().get(approach) or (own or {}).get(approach)


def _by_id(approach: str) -> str:
    return approach.replace("_", " ").capitalize()
