"""What the signs mean: the legend that stands under every drawing, of the signs that are in it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from holdspace.hour.worksheets.family.drawing import figures, ties, unions
from holdspace.hour.worksheets.family.drawing.pen import Point, element, group, number, words
from holdspace.hour.worksheets.family.layout import labels
from holdspace.hour.worksheets.family.meanings import FIGURES, HEALTH, HOWS, TIES, TURNS
from holdspace.hour.worksheets.family.model import Figure, Person, Telling, Tie, Turn
from holdspace.hour.worksheets.family.refusal import _

Item = tuple[str, str]  # a sign drawn around 0, 0 and what it means
WIDE, HIGH = 210.0, 36.0
SIGN: Final = 46.0


def items(telling: Telling, layers: frozenset[str], key: str) -> list[Item]:
    """A sign and its meaning for all that is in the drawing, people first."""
    found = [*_people(telling), *_unions(telling)]
    if "health" in layers:
        found += _health(telling, key)
    if "ties" in layers:
        kinds = dict.fromkeys(line.tie for line in telling.lines)
        found += [(_tie(tie), TIES[tie]) for tie in Tie if tie in kinds]
    if "homes" in layers and telling.homes:
        frame = element("rect", x=-20, y=-13, width=40, height=26, rx=8, class_="home home-0")
        found.append((frame, _("live together")))
    if any(one.secret for one in telling.people):
        found.append((figures.secret(0, 0), _("a secret")))
    return found


def _people(telling: Telling) -> Iterator[Item]:
    used = {one.figure for one in telling.people}
    for figure, meaning in FIGURES.items():
        if figure in used:
            yield _small(figures.body(Person("x", figure=figure), "", None)), meaning
    samples = {
        _("whose family this is"): Person("x", figure=Figure.WOMAN, index=True),
        _("lives as the outer sign"): Person("x", figure=Figure.MAN, inner=Figure.WOMAN),
        _("has died"): Person("x", figure=Figure.WOMAN, dead=True),
    }
    there = (
        any(one.index for one in telling.people),
        any(one.inner and one.figure is not Figure.STILLBIRTH for one in telling.people),
        any(one.has_died for one in telling.people),
    )
    for (meaning, person), is_there in zip(samples.items(), there, strict=True):
        if is_there:
            yield _small(figures.body(person, "", None)), meaning
    if any(one.unspoken for one in telling.people):
        yield figures.unspoken(0, 0), _("not talked about")


def _unions(telling: Telling) -> Iterator[Item]:
    pairs = [one for one in telling.unions if len(one.partners) == 2]
    used = {step.turn for one in pairs for step in one.steps}
    for turn, meaning in TURNS.items():
        if turn in used:
            is_kind = turn in (Turn.MARRIED, Turn.TOGETHER, Turn.AFFAIR)
            yield (
                unions.sample(turn if is_kind else Turn.MARRIED, None if is_kind else turn),
                meaning,
            )
    hows = {one.how for one in telling.children}
    for how, meaning in HOWS.items():
        if how in hows:
            yield unions.last(how, (0.0, -16.0), (0.0, 16.0)), meaning
    if any(one.twins for one in telling.children):
        twins = element("path", d="M-12 14L0-14 12 14", class_="descent")
        yield twins, _("twins")
    if any(one.identical for one in telling.children):
        twins = element("path", d="M-12 14L0-14 12 14M-6 0H6", class_="descent")
        yield twins, _("identical twins")


def _health(telling: Telling, key: str) -> Iterator[Item]:
    used = {("substance", one.substance) for one in telling.people}
    used |= {("illness", one.illness) for one in telling.people}
    for at, ((what, mark), meaning) in enumerate(HEALTH.items()):
        if (what, mark) in used:
            man = Person("x", figure=Figure.MAN)
            is_substance = what == "substance"
            person = replace(man, substance=mark) if is_substance else replace(man, illness=mark)
            yield _small(figures.body(person, "", f"{key}-l{at}")), meaning


def _tie(tie: Tie) -> str:
    points = np.column_stack([np.arange(-22.0, 22.1, 4), np.zeros(12)])
    return ties.drawn(tie, points, lambda _word: "")


def _small(sign: str) -> str:
    return group(sign, transform="scale(.72)")


def drawn(
    found: list[Item], corner: Point, wide: float, say: Callable[[str], str]
) -> tuple[str, float]:
    """The legend from its upper left corner, so wide, and how high it is."""
    left, top = corner
    columns = max(int(wide // WIDE), 1)
    parts = []
    for at, (sign, meaning) in enumerate(found):
        x, y = left + at % columns * WIDE + SIGN / 2, top + (at // columns + 0.5) * HIGH
        lines = labels.lines(say(meaning), labels.SMALL, 2, WIDE - SIGN - 14)
        first = labels.SMALL * 0.35 - 7 * (len(lines) - 1)
        said = (
            words(line, SIGN / 2 + 8, first + 14 * number_of, "legend-word")
            for number_of, line in enumerate(lines)
        )
        parts.append(group(sign, *said, transform=f"translate({number(x)} {number(y)})"))
    return group(*parts, class_="legend"), -(-len(found) // columns) * HIGH
