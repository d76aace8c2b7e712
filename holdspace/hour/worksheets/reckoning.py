"""What is worked out from what somebody wrote: a few fixed sums, by name. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType
from typing import Any, Final

from holdspace.hour.worksheets.definitions import GRADED, Type

DAY: Final = 24 * 60  # minutes
_TIMES, _NUMBERS = frozenset({Type.TIME}), frozenset(GRADED)


@dataclass(frozen=True, slots=True)
class How:
    """A sum: what it takes and of which types, in what it is said, and between which ends."""

    takes: Mapping[str, frozenset[Type]]
    work: Callable[..., float | None]
    unit: str = ""
    least: float | None = None
    most: float | None = None


def minutes_between(start: str, end: str) -> int:
    """Return the minutes from one time of day (`HH:MM`) to the next time that it is the other."""
    first, last = (time.fromisoformat(one) for one in (start, end))
    return (60 * (last.hour - first.hour) + last.minute - first.minute) % DAY


def hours_in_bed(to_bed: str, up: str) -> float:
    """Return the hours from going to bed to getting up."""
    return round(minutes_between(to_bed, up) / 60, 1)


def hours_asleep(tried: str, woke: str, until_asleep: float, awake: float) -> float | None:
    """Return the hours slept: from trying to sleep until waking for good, less the minutes awake.

    Nothing where more minutes were awake than there were. Source: the total sleep time of the
    consensus sleep diary (Carney and others, Sleep 35, 2012); general knowledge, not looked up.
    """
    minutes = minutes_between(tried, woke) - until_asleep - awake
    return round(minutes / 60, 1) if minutes >= 0 else None


def sleep_efficiency(
    to_bed: str, tried: str, woke: str, up: str, until_asleep: float, awake: float
) -> float | None:
    """Return how much of the time in bed was slept, in percent; nothing where that cannot be.

    Total sleep time by time in bed, as in the consensus sleep diary (Carney and others, 2012).
    """
    in_bed = minutes_between(to_bed, up)
    asleep = minutes_between(tried, woke) - until_asleep - awake
    return float(round(100 * asleep / in_bed)) if in_bed and 0 <= asleep <= in_bed else None


def change(before: float, after: float) -> float:
    """Return by how much a number went up; below 0 where it went down."""
    return after - before


_SLEEP: Final = {
    "to_bed": _TIMES, "tried": _TIMES, "woke": _TIMES, "up": _TIMES,
    "until_asleep": _NUMBERS, "awake": _NUMBERS,
}  # fmt: skip
HOWS: Final[Mapping[str, How]] = MappingProxyType(
    {
        "change": How({"before": _NUMBERS, "after": _NUMBERS}, change),
        "hours_asleep": How(
            {name: _SLEEP[name] for name in ("tried", "woke", "until_asleep", "awake")},
            hours_asleep, "h", 0, 12,
        ),
        "hours_in_bed": How({name: _SLEEP[name] for name in ("to_bed", "up")}, hours_in_bed, "h"),
        "sleep_efficiency": How(_SLEEP, sleep_efficiency, "%", 0, 100),
    }
)  # fmt: skip


def worked_out(how: str, values: Mapping[str, Any]) -> float | None:
    """Return what comes of a sum; nothing unless all that it takes was said."""
    of = [values.get(name) for name in HOWS[how].takes]
    found = None if any(one is None for one in of) else HOWS[how].work(*of)
    return int(found) if found is not None and float(found).is_integer() else found
