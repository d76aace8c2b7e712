"""Ecomaps: a household, and around it the people, places and services that it has to do with.

After Ann Hartman, Diagrammatic assessment of family relationships, Social Casework 59 (1978):
thick lines are strong, dashed ones tenuous, jagged ones stressful; arrows show where energy flows.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Any, Final, cast

import numpy as np

from holdspace.hour.worksheets.family.checking import day
from holdspace.hour.worksheets.family.drawing.pen import element, group, number, path, words
from holdspace.hour.worksheets.family.drawing.ties import Curve, arrow, beside, zigzag
from holdspace.hour.worksheets.family.layout import labels
from holdspace.hour.worksheets.family.reading import (
    Reader,
    ident,
    line,
    many,
    one_of,
    plain,
    record,
    yes_no,
)
from holdspace.hour.worksheets.family.reading import words as text
from holdspace.hour.worksheets.family.refusal import CannotTell, _

MOST_SYSTEMS: Final = 24
MOST_MEMBERS: Final = 12
NAME, NOTE = 60, 300
AROUND: Final = 52.0  # half of a system's circle
Say = Callable[[str], str]


class Strength(StrEnum):
    """How much holds."""

    STRONG = "strong"
    PLAIN = "plain"
    TENUOUS = "tenuous"


class Flow(StrEnum):
    """Where energy goes."""

    NONE = "none"
    TO_HOME = "to_home"
    FROM_HOME = "from_home"
    BOTH = "both"


STRENGTHS: Final = {
    Strength.STRONG: _("strong"), Strength.PLAIN: _("there"), Strength.TENUOUS: _("tenuous"),
}  # fmt: skip
FLOWS: Final = {
    Flow.NONE: _("no flow told"), Flow.TO_HOME: _("gives energy"),
    Flow.FROM_HOME: _("takes energy"), Flow.BOTH: _("gives and takes energy"),
}  # fmt: skip
SUGGESTED: Final = (
    _("School"), _("Work"), _("Health care"), _("Friends"), _("Relatives"), _("Faith"),
    _("Benefits"), _("Court"), _("Leisure"), _("Pets"), _("Online"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class System:
    """Something around the household, and what the connection is like."""

    id: str
    name: str = ""
    strength: Strength = Strength.PLAIN
    stress: bool = False
    flow: Flow = Flow.NONE
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Ecomap:
    """A household as somebody saw it on a day."""

    told_by: str = ""
    date: str = ""
    home: tuple[str, ...] = ()
    systems: tuple[System, ...] = ()


_SYSTEM: Final[dict[str, Reader]] = {
    "id": ident, "name": line(NAME), "strength": one_of(Strength), "stress": yes_no,
    "flow": one_of(Flow), "notes": text(NOTE),
}  # fmt: skip
_ECOMAP: Final = record(
    Ecomap,
    {
        "told_by": line(NAME),
        "date": day,
        "home": many(line(NAME), MOST_MEMBERS),
        "systems": many(record(System, _SYSTEM), MOST_SYSTEMS),
    },
)


def parse(told: Any) -> Ecomap:
    """An ecomap from plain JSON; raises CannotTell."""
    found = cast("Ecomap", _ECOMAP(told, ""))
    ids = [one.id for one in found.systems]
    if len(set(ids)) != len(ids):
        raise CannotTell(_("Something is told twice here."), field="systems")
    return found


def to_plain(told: Ecomap) -> dict[str, Any]:
    """The ecomap as plain JSON, which `parse` reads back as the same."""
    return cast("dict[str, Any]", plain(told))


# ------------------------------------------------------------------ in words


def facts(one: System, say: Say) -> str:
    """What is told of a connection, in one line."""
    told = [say(STRENGTHS[one.strength])]
    if one.stress:
        told.append(say(_("stressful")))
    if one.flow is not Flow.NONE:
        told.append(say(FLOWS[one.flow]))
    if one.notes:
        told.append(one.notes.replace("\n", " "))
    return " · ".join(told)


def as_text(told: Ecomap, say: Say) -> str:
    """The ecomap in lines: the household, then each connection."""
    home = ", ".join(told.home) or say(_("The household"))
    return "\n".join([home, *(f"{one.name}: {facts(one, say)}" for one in told.systems)])


def changed(before: Ecomap, after: Ecomap, say: Say) -> list[str]:
    """What is different between two days, a line each; systems are known by their names."""
    then = {one.name: one for one in before.systems}
    now = {one.name: one for one in after.systems}
    lines = [f"{name}: {say(_('new'))}" for name in now if name not in then]
    lines += [f"{name}: {say(_('gone'))}" for name in then if name not in now]
    for name in then.keys() & now.keys():
        was, is_now = facts(then[name], say), facts(now[name], say)
        if was != is_now:
            lines.append(f"{name}: {was} → {is_now}")
    return sorted(lines)


# ------------------------------------------------------------------ drawn


def drawn(told: Ecomap, title: str, *, say: Say, key: str = "e") -> str:
    """One `<svg>` element: the household in the middle, everything else around it, the legend."""
    home = [one for name in told.home for one in labels.lines(name, labels.NAME, 1)]
    home = home or [say(_("The household"))]
    middle = max(
        68.0, 14 + len(home) * 9.5, *(labels.width(one, labels.NAME) / 2 + 12 for one in home)
    )
    far = _far(len(told.systems), middle)
    spots = list(_spots(len(told.systems), far))
    parts = [_line(one, spot, middle) for one, spot in zip(told.systems, spots, strict=True)]
    parts += [_system(one, spot) for one, spot in zip(told.systems, spots, strict=True)]
    parts.append(element("circle", r=middle, class_="shape"))
    parts += _centred(tuple(home), "name", 0.0, 0.0)
    edge = far + AROUND + 10
    legend, high = _legend(-edge, edge, 2 * edge, say)
    return element(
        "svg", element("title", escape(title), id=f"{key}-title") + "".join([*parts, legend]),
        viewBox=" ".join(number(value) for value in (-edge, -edge, 2 * edge, 2 * edge + high)),
        width=round(2 * edge), height=round(2 * edge + high), class_="family ecomap", role="img",
        aria_labelledby=f"{key}-title",
    )  # fmt: skip


def _far(count: int, middle: float) -> float:
    """How far from the middle the circles stand, so that none touches another."""
    needed = (AROUND + 8) / math.sin(math.pi / count) if count > 1 else 0.0
    return max(middle + AROUND + 84, needed)


def _spots(count: int, far: float) -> Iterator[tuple[float, float]]:
    for at in range(count):
        turn = 2 * math.pi * at / count - math.pi / 2
        yield far * math.cos(turn), far * math.sin(turn)


def _system(one: System, spot: tuple[float, float]) -> str:
    lines = labels.lines(one.name, labels.SMALL, 3, 2 * AROUND - 14)
    circle = element("circle", cx=spot[0], cy=spot[1], r=AROUND, class_="shape")
    return group(circle, *_centred(lines, "system", *spot))


def _centred(lines: tuple[str, ...], class_: str, x: float, y: float) -> list[str]:
    step = (labels.NAME if class_ == "name" else labels.SMALL) * labels.LEADING
    top = y - step * (len(lines) - 1) / 2 + 4.5
    return [words(one, x, top + at * step, class_, "middle") for at, one in enumerate(lines)]


def _line(one: System, spot: tuple[float, float], middle: float) -> str:
    """From the household's edge to the circle's, with its pattern and arrows."""
    end = np.array(spot)
    along = end / np.hypot(*end)
    start, stop = along * (middle + 4), end - along * (AROUND + 4)
    if one.flow in (Flow.TO_HOME, Flow.BOTH):
        start = start + along * 4
    if one.flow in (Flow.FROM_HOME, Flow.BOTH):
        stop = stop - along * 4
    count = max(int(np.hypot(*(stop - start)) / 4), 6)
    return stroke(one, np.linspace(start, stop, count))


def stroke(one: System, points: Curve) -> str:
    """A connection along points that lead away from the household."""
    parts = [path(beside(points, 0), f"stroke {one.strength}")]
    if one.stress:
        parts.append(path(zigzag(points), "stroke jagged"))
    if one.flow in (Flow.FROM_HOME, Flow.BOTH):
        parts.append(arrow(points, 7.0, is_open=False))
    if one.flow in (Flow.TO_HOME, Flow.BOTH):
        parts.append(arrow(points[::-1], 7.0, is_open=False))
    return group(*parts, class_="tie system-line")


def _legend(left: float, top: float, wide: float, say: Say) -> tuple[str, float]:
    """What the lines mean; always whole, since it is short."""
    samples = [
        (System("x", strength=Strength.STRONG), _("strong")),
        (System("x"), _("there")),
        (System("x", strength=Strength.TENUOUS), _("tenuous")),
        (System("x", stress=True), _("stressful")),
        (System("x", flow=Flow.FROM_HOME), _("arrow: where energy flows")),
    ]
    columns = max(int(wide // 210), 1)
    parts = []
    points = np.column_stack([np.arange(-22.0, 22.1, 4), np.zeros(12)])
    for at, (sample, meaning) in enumerate(samples):
        x, y = left + at % columns * 210 + 30, top + (at // columns + 0.7) * 30
        word = words(say(meaning), 34.0, 4.0, "legend-word")
        place = f"translate({number(x)} {number(y)})"
        parts.append(group(stroke(sample, points), word, transform=place))
    return group(*parts, class_="legend"), -(-len(samples) // columns) * 30 + 16
