"""A telling as SVG: figures, unions, children, homes, what is between people, and the legend.

Colours and type come from the page (static/worksheets/family.css) or, on paper, from `paper.STYLE`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from html import escape
from typing import Final

import numpy as np

from holdspace.hour.worksheets.family.drawing import figures, homes, legend, ties, unions
from holdspace.hour.worksheets.family.drawing.pen import element, group, number
from holdspace.hour.worksheets.family.layout.places import Layout, Spot
from holdspace.hour.worksheets.family.model import Person, Telling
from holdspace.hour.worksheets.family.tellings import without_secrets


class Layer(StrEnum):
    """What can be laid over the family, and taken away again."""

    TIES = "ties"
    HEALTH = "health"
    HOMES = "homes"
    AGES = "ages"
    NOTES = "notes"
    SECRETS = "secrets"  # only where nobody but its author reads the drawing


OPEN: Final[frozenset[str]] = frozenset(Layer) - {Layer.SECRETS}
NARROWEST: Final = 480.0  # so that a small family's legend can be read


@dataclass(frozen=True)
class Look:
    """How a telling is shown: `key` keeps the ids of two drawings on one page apart."""

    title: str
    desc: str = ""
    layers: frozenset[str] = OPEN
    key: str = "g"
    say: Callable[[str], str] = str
    link: Callable[[str], str] | None = None  # where a figure leads to
    names: Mapping[str, str] = field(default_factory=dict)  # what a figure is called aloud
    chosen: str = ""
    has_legend: bool = True
    hidden: frozenset[str] = frozenset()  # ids of people and unions that are not there yet


def drawn(telling: Telling, layout: Layout, look: Look) -> str:
    """One `<svg>` element; its size in CSS pixels at 100 % is that of the layout and its legend."""
    left, top, right, bottom = layout.frame
    there = _there(telling, look)
    wide = max(right - left, NARROWEST)
    parts = [
        homes.outlines(there, layout) if Layer.HOMES in look.layers else "",
        unions.descents(layout, there.by_id.keys(), look.say),
        _ties(there, layout, look) if Layer.TIES in look.layers else "",
        *(unions.bond(one) for one in layout.bonds if one.union.id in there.union_by_id),
        group(*(_person(one, layout.spots[one.id], look) for one in there.people), class_="people"),
    ]
    high = bottom - top
    if look.has_legend:
        found = legend.items(there, look.layers, look.key)
        signs, more = legend.drawn(found, (left + 12, bottom + 8), wide - 24, look.say)
        parts.append(signs)
        high += more + 16
    return _svg("".join(parts), (left, top, wide, high), look)


def _svg(inside: str, frame: tuple[float, float, float, float], look: Look) -> str:
    title = element("title", escape(look.title), id=f"{look.key}-title")
    desc = element("desc", escape(look.desc), id=f"{look.key}-desc") if look.desc else ""
    return element(
        "svg", title + desc + inside,
        viewBox=" ".join(number(value) for value in frame), width=round(frame[2]),
        height=round(frame[3]), class_="family", role="group" if look.link else "img",
        aria_labelledby=f"{look.key}-title", aria_describedby=f"{look.key}-desc" if desc else None,
    )  # fmt: skip


def _there(telling: Telling, look: Look) -> Telling:
    """The telling without whoever is not there yet, and without secrets that are not asked for."""
    gone = look.hidden
    if Layer.SECRETS not in look.layers:
        telling = without_secrets(telling)
    unions = tuple(
        one for one in telling.unions if one.id not in gone and not gone & set(one.partners)
    )
    return replace(
        telling,
        people=tuple(one for one in telling.people if one.id not in gone),
        unions=unions,
        children=tuple(one for one in telling.children if not gone & {one.child, one.union}),
        lines=tuple(one for one in telling.lines if not gone & {one.source, one.target}),
    )


def _person(person: Person, spot: Spot, look: Look) -> str:
    age = spot.words.age if Layer.AGES in look.layers else ""
    clip = f"{look.key}-{person.id}" if Layer.HEALTH in look.layers else None
    said = figures.around(spot.words, has_notes=Layer.NOTES in look.layers)
    inside = figures.body(person, age, clip) + said + figures.marks(person)
    place = f"translate({number(spot.x)} {number(spot.y)})"
    kind = "person chosen" if person.id == look.chosen else "person"
    if look.link is None:
        return group(inside, class_=kind, transform=place)
    touch = element("rect", x=-25, y=-25, width=50, height=50, rx=12, class_="touch")
    return element(
        "a", touch + inside, href=look.link(person.id), class_=kind, transform=place,
        data_person=person.id, aria_label=look.names.get(person.id),
        aria_current="true" if person.id == look.chosen else None,
    )  # fmt: skip


def _ties(telling: Telling, layout: Layout, look: Look) -> str:
    parts = []
    between: dict[frozenset[str], int] = {}
    years = [
        (one.label[0], one.label[1] - 8.0 * len(one.lines)) for one in layout.bonds if one.lines
    ]
    for line in telling.lines:
        pair = frozenset((line.source, line.target))
        start, end = (layout.spots[one] for one in (line.source, line.target))
        others = [(one.x, one.y) for one in layout.spots.values() if one.person not in pair]
        obstacles = np.array(others + years).reshape(-1, 2)
        ends = (start.x, start.y), (end.x, end.y)
        points = ties.curve(*ends, obstacles, between.get(pair, 0))
        between[pair] = between.get(pair, 0) + 1
        parts.append(ties.drawn(line.tie, points, look.say))
    return group(*parts, class_="ties")
