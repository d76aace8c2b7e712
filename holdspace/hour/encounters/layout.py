"""Where blocks lie in a column of time: which rows, and side by side where they overlap."""

from collections.abc import Sequence
from typing import Final

DAY_MINUTES: Final = 24 * 60
SHORTEST_SHOWN: Final = 15
MOST_LANES: Final = 4
USUAL_HOURS: Final = (8, 19)

Span = tuple[int, int]  # minutes since midnight: from, up to


def lanes(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """For each span, its lane and how many lanes share the width; spans that touch may follow."""
    found: list[tuple[int, int]] = [(0, 1)] * len(spans)
    together: list[int] = []
    ends: list[int] = []
    for index in sorted(range(len(spans)), key=lambda one: spans[one]):
        start, end = spans[index]
        if together and start >= max(ends):
            _share(found, together, len(ends))
            together, ends = [], []
        lane = next((lane for lane, until in enumerate(ends) if until <= start), len(ends))
        ends[lane : lane + 1] = [end]
        found[index] = (lane, 1)
        together.append(index)
    _share(found, together, len(ends))
    return found


def _share(found: list[tuple[int, int]], together: Sequence[int], width: int) -> None:
    width = min(width, MOST_LANES)
    for index in together:
        found[index] = (found[index][0] % width, width)


def shown(span: Span) -> Span:
    """A span as it is drawn: within the day, and high enough to be read."""
    start, end = span
    end = min(max(end, start + SHORTEST_SHOWN), DAY_MINUTES)
    return min(start, end - SHORTEST_SHOWN), end


def hours_shown(spans: Sequence[Span]) -> tuple[int, int]:
    """The first hour of a page and how many: the usual ones, and all that holds a session."""
    first, last = USUAL_HOURS
    starts = [start // 60 for start, _ in spans]
    ends = [-(-end // 60) for _, end in spans]
    first, last = min([first, *starts]), max([last, *ends])
    return first, last - first


def classes(span: Span, lane: tuple[int, int]) -> str:
    """The classes that place a block; steps of five minutes, of thirty where it is very long."""
    start, end = span
    step = 5 if end - start <= 240 else 30
    length = max(SHORTEST_SHOWN, -(-(end - start) // step) * step)
    number, width = lane
    return f"h{start // 60} m{start % 60 // 5 * 5} d{length} lane-{number}-of-{width}"
