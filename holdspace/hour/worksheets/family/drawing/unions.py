"""Lines of unions with their years and turns, and lines down to the children."""

from collections.abc import Callable, Collection, Iterator
from itertools import pairwise
from typing import Final

from holdspace.hour.worksheets.family.drawing.pen import Point, element, group, number, path, words
from holdspace.hour.worksheets.family.layout.places import Bond, Descent, Layout
from holdspace.hour.worksheets.family.model import How, Turn
from holdspace.hour.worksheets.family.refusal import _

SAID: Final = {How.DONOR: _("donor"), How.SURROGATE: _("surrogate")}
SLASH: Final = 8.0


def bond(one: Bond) -> str:
    """A union: married solid, together dashed, affair dotted; slashes for parting and return."""
    if not one.path:
        return ""
    turns = {step.turn for step in one.union.steps}
    kind = Turn.MARRIED if Turn.MARRIED in turns else one.union.steps[0].turn
    drawn = [path(one.path, f"bond {kind}"), *slashes(one.union.state, _three_quarters(one))]
    x, y = one.label
    for at, line in enumerate(reversed(one.lines)):
        drawn.append(words(line, x, y - 5 - 13 * at, "bond-year", "middle"))
    return group(*drawn)


def _three_quarters(one: Bond) -> Point:
    """On the line's level stretch, right of where the children come from."""
    (left, y), (right, end) = one.path[-2:] if len(one.path) == 2 else one.path[1:3]
    return left + (right - left) * 0.78, y + (end - y) * 0.78


def slashes(state: Turn, at: Point) -> Iterator[str]:
    """One for separated, two for divorced, one crossed back for together again."""
    x, y = at
    places = {Turn.SEPARATED: [0.0], Turn.DIVORCED: [-3.0, 3.0], Turn.REUNITED: [0.0]}
    for aside in places.get(state, []):
        yield path([(x + aside - 4, y + SLASH), (x + aside + 4, y - SLASH)], "slash")
    if state is Turn.REUNITED:
        yield path([(x - 4, y - SLASH), (x + 4, y + SLASH)], "slash")


def descents(layout: Layout, shown: Collection[str], say: Callable[[str], str]) -> str:
    """All lines down: the part that siblings share is plain, the last one says how a child came."""
    drawn: list[str] = []
    stretches: dict[tuple[Point, Point], None] = {}
    for one in layout.descents:
        if one.parentage.child in shown:
            *shared, above, end = one.path
            stretches |= dict.fromkeys(pairwise([*shared, above]))
            drawn.append(last(one.parentage.how, above, end))
            if one.parentage.how in SAID:
                word = say(SAID[one.parentage.how])
                drawn.append(words(word, end[0] + 5, end[1] - 20, "tie-word"))
    once = (path(stretch, "descent") for stretch in stretches)
    return group(*once, *drawn, *_identical(layout, shown), class_="descents")


def last(how: How, above: Point, end: Point) -> str:
    """Biological solid, adopted solid and dotted, foster dotted, donor and surrogate thin."""
    drawn = path([above, end], f"descent {how}")
    if how is How.ADOPTED:
        beside = [(above[0] + 4, above[1]), (end[0] + 4, end[1])]
        drawn += path(beside, f"descent {How.FOSTER}")
    return drawn


def _identical(layout: Layout, shown: Collection[str]) -> Iterator[str]:
    """A bar between the lines of twins who look the same."""
    twins: dict[tuple[str, str], list[Descent]] = {}
    for one in layout.descents:
        if one.apex and one.parentage.identical and one.parentage.child in shown:
            twins.setdefault((one.parentage.union, one.parentage.twins), []).append(one)
    for together in twins.values():
        middles = [_half(one.path[-2], one.path[-1]) for one in together]
        yield path([min(middles), max(middles)], "descent")


def _half(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def sample(kind: Turn, state: Turn | None = None) -> str:
    """A union's line for the legend."""
    line = element("path", d=f"M-{number(22.0)} 0H22", class_=f"bond {kind}")
    return line + "".join(slashes(state, (6.0, 0.0)) if state else ())
