"""Work out where the lines, dots and axes of small charts lie; templates draw them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

SPARK_MARGIN = 3.0
LEFT, RIGHT, TOP, BOTTOM = 26.0, 8.0, 10.0, 26.0
MOST_NUMBERS = 6


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the drawing, in its own units, rounded to a tenth."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class SparkLine:
    """A line of its own, without axes: the path's commands and its last dot."""

    path: str
    end: Point | None
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A label at a distance along its axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One value on the course."""

    x: float
    y: float
    is_last: bool


@dataclass(frozen=True, slots=True)
class Course:
    """Values by number, with gaps where none was given, before a band, cut lines and marks."""

    width: int
    height: int
    left: float
    right: float
    base: float
    path: str
    dots: tuple[Dot, ...]
    band: str
    rims: tuple[str, ...]  # the band's upper and lower edge
    cuts: tuple[Tick, ...]
    marks: tuple[Tick, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        return round(self.start + min(1.0, max(0.0, share)) * (self.end - self.start), 1)


def sparkline(
    points: Sequence[float | None], lo: float, hi: float, width: int = 120, height: int = 34
) -> SparkLine:
    """Draw values from `lo` to `hi` in equal steps; a missing value leaves a gap."""
    along = _Scale(0, max(len(points) - 1, 1), SPARK_MARGIN, width - SPARK_MARGIN)
    up = _Scale(lo, hi, height - SPARK_MARGIN, SPARK_MARGIN)
    spots = [
        None if value is None else Point(along(index), up(value))
        for index, value in enumerate(points)
    ]
    seen = [spot for spot in spots if spot is not None]
    return SparkLine(_path(spots), seen[-1] if seen else None, width, height)


def course(
    points: Sequence[tuple[int, float | None]],
    lo: float,
    hi: float,
    band: Sequence[tuple[int, float, float]] | None = None,
    cuts: Sequence[tuple[float, str]] = (),
    marks: Sequence[tuple[float, str]] = (),
) -> Course:
    """Draw (number, value) pairs; `band` is of (number, low, high), `cuts` of (value, label).

    `marks` are of (number, label), and may stand between two numbers.
    """
    width, height = 320, 190
    numbers = [number for number, _ in points] + [number for number, *_ in band or ()]
    first, last = _ends([*numbers, *(number for number, _ in marks)])
    along = _Scale(first, last, LEFT + 6, width - RIGHT)
    up = _Scale(lo, hi, height - BOTTOM, TOP)
    spots = [
        None if value is None else Point(along(number), up(value))
        for number, value in sorted(points, key=lambda point: point[0])
    ]
    seen = [spot for spot in spots if spot is not None]
    return Course(
        width=width,
        height=height,
        left=LEFT,
        right=width - RIGHT,
        base=height - BOTTOM,
        path=_path(spots),
        dots=tuple(Dot(spot.x, spot.y, spot is seen[-1]) for spot in seen),
        band=_band(band or (), along, up),
        rims=_rims(band or (), along, up),
        cuts=tuple(Tick(up(value), label) for value, label in cuts if lo <= value <= hi),
        marks=tuple(Tick(along(number), label) for number, label in marks),
        across=tuple(Tick(along(number), str(number)) for number in whole_steps(first, last)),
        up=tuple(Tick(up(value), f"{value:g}") for value in even_steps(lo, hi)),
    )


def _ends(numbers: Sequence[float]) -> tuple[int, int]:
    """The first and the last whole number that take all of these in."""
    if not numbers:
        return 1, 2
    first = math.floor(min(numbers))
    return first, max(math.ceil(max(numbers)), first + 1)


def even_steps(lo: float, hi: float, most: int = 5) -> list[float]:
    """Choose at most `most` round values, 1, 2 or 5 times a power of ten apart."""
    if hi <= lo:
        return [lo]
    rough = (hi - lo) / (most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(nice * power for nice in (1, 2, 5, 10) if nice * power >= rough * 0.999)
    first = math.ceil(lo / step - 1e-9)
    count = math.floor(hi / step + 1e-9) - first + 1
    return [round((first + index) * step, 6) for index in range(count)]


def whole_steps(first: int, last: int, most: int = MOST_NUMBERS) -> list[int]:
    """Choose whole numbers from `first` to `last`, both shown, none crowding either."""
    step = next(size for size in _whole_sizes() if (last - first) / size <= most - 1)
    between = (number for number in range(first + 1, last) if number % step == 0)
    roomy = (n for n in between if min(n - first, last - n) >= 0.7 * step)
    return [first, *roomy, last]


def _whole_sizes() -> Iterable[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def _path(spots: Sequence[Point | None]) -> str:
    commands = []
    for before, spot in pairwise([None, *spots]):
        if spot is not None:
            commands.append(f"{'M' if before is None else 'L'}{spot.x:g} {spot.y:g}")
    return " ".join(commands)


def _band(band: Sequence[tuple[int, float, float]], along: _Scale, up: _Scale) -> str:
    if not band:
        return ""
    over = [f"{along(number):g} {up(high):g}" for number, _, high in band]
    under = [f"{along(number):g} {up(low):g}" for number, low, _ in reversed(band)]
    return f"M{' L'.join([*over, *under])} Z"


def _rims(band: Sequence[tuple[int, float, float]], along: _Scale, up: _Scale) -> tuple[str, ...]:
    if not band:
        return ()
    edges = ([(n, high) for n, _, high in band], [(n, low) for n, low, _ in band])
    return tuple(
        f"M{' L'.join(f'{along(number):g} {up(value):g}' for number, value in edge)}"
        for edge in edges
    )
