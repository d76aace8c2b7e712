"""Which outcomes somebody asks for: read from an address, and written into one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from holdspace.office.outcomes.queries.service import CLIENT, InUse, Numbers, Wanted

ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Choice:
    """A measure that can be looked at, and how many courses there are on it."""

    name: str
    href: str
    courses: int
    is_current: bool


def wanted(said: Mapping[str, str], *, may_narrow: bool = True) -> Wanted:
    """What an address asks for; what is not there is answered with the measure used most.

    Of a whole practice nothing is narrowed: two tables side by side would tell small numbers.
    """
    instrument, _dot, respondent = said.get("measure", "").partition(".")
    return Wanted(
        instrument[:32], respondent[:12] or CLIENT, may_narrow and said.get("only") == ENDED
    )


def asked(numbers: Numbers | None, of: Wanted) -> dict[str, str]:
    """The same as parts of an address."""
    chosen = numbers.chosen if numbers else None
    return {
        "measure": measure(chosen) if chosen else "", "only": ENDED if of.only_ended else ""
    }  # fmt: skip


def measure(of: InUse) -> str:
    return of.instrument if of.respondent == CLIENT else f"{of.instrument}.{of.respondent}"


def choices(
    numbers: Numbers, address: Callable[[dict[str, str]], str], of: Wanted, fewest: int
) -> list[Choice]:
    """Every measure in use on which there are so many courses."""
    only = ENDED if of.only_ended else ""
    return [
        Choice(
            name_of(one), address({"measure": measure(one), "only": only}), one.courses,
            one == numbers.chosen,
        )
        for one in numbers.shelf
        if one.courses >= fewest
    ]  # fmt: skip


def name_of(of: InUse) -> str:
    """The measure, and who answered where that was not the client."""
    if of.respondent == CLIENT:
        return of.name
    return _("%(name)s, by %(respondent)s") % {"name": of.name, "respondent": of.respondent}
