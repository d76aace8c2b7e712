"""Sessions that repeat: a rule (RFC 5545) in local time, and the moments it names.

A session that repeats keeps its time by the clock on the wall, whatever daylight saving does. A
time that the clock skips moves forward by what it skipped; of a time that comes twice, the first
is meant (RFC 5545, section 3.3.5). Months without a 31st are left out (section 3.3.10).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Literal
from zoneinfo import ZoneInfo

from dateutil import rrule

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_NAMES: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
LONGEST_STEP: Final = 99
MOST_TIMES: Final = 9999
LAST_SECOND: Final = time(23, 59, 59)


def _(sentence: str) -> str:
    """Mark a sentence for translation; whoever shows it says it in the reader's language."""
    return sentence


class NotARule(Exception):
    """What was given is no repetition; says why, in a sentence with gaps for some values."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence.format(**values))
        self.sentence, self.values = sentence, values

    def said(self, gettext: Callable[[str], str]) -> str:
        """Why, in the language that `gettext` speaks."""
        return gettext(self.sentence).format(**self.values)


class Every(StrEnum):
    """What a repetition counts in."""

    DAY = "DAILY"
    WEEK = "WEEKLY"
    MONTH = "MONTHLY"


_FREQUENCIES: Final[dict[Every, Literal[1, 2, 3]]] = {
    Every.DAY: rrule.DAILY, Every.WEEK: rrule.WEEKLY, Every.MONTH: rrule.MONTHLY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """Every so many days, weeks or months; so many times, or until a day, that day included."""

    every: Every
    step: int = 1
    weekdays: tuple[int, ...] = ()  # Monday is 0; of weeks only; nothing means the first day's
    count: int | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.step <= LONGEST_STEP:
            raise NotARule(_("A repetition steps by 1 to {most}."), most=LONGEST_STEP)
        if self.weekdays and self.every is not Every.WEEK:
            raise NotARule(_("Days of the week belong to a repetition by weeks."))
        if any(day not in range(7) for day in self.weekdays):
            raise NotARule(_("A week has seven days."))
        if (self.count is None) == (self.until is None):
            raise NotARule(_("Say either how many times it repeats, or until when."))
        if self.count is not None and not 1 <= self.count <= MOST_TIMES:
            raise NotARule(_("A repetition happens at least once."))
        object.__setattr__(self, "weekdays", tuple(sorted(set(self.weekdays))))


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """What the clock on the wall calls this, in UTC."""
    return datetime.combine(day, clock.replace(fold=0), tzinfo=zone).astimezone(UTC)


# ------------------------------------------------------------------ as text


def to_text(rule: Rule, zone: ZoneInfo) -> str:
    """The rule as RFC 5545 writes it, its last day told in UTC."""
    parts = [f"FREQ={rule.every}"]
    if rule.step > 1:
        parts.append(f"INTERVAL={rule.step}")
    if rule.weekdays:
        parts.append("BYDAY=" + ",".join(DAYS[day] for day in rule.weekdays))
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        parts.append(f"UNTIL={moment(rule.until, LAST_SECOND, zone):%Y%m%dT%H%M%SZ}")
    return ";".join(parts)


def from_text(text: str, zone: ZoneInfo) -> Rule:
    """The rule that a text says; raises NotARule."""
    parts = dict(_parts(text))
    try:
        every = Every(parts.pop("FREQ", ""))
    except ValueError:
        raise NotARule(_("A repetition is by days, weeks or months.")) from None
    step = _number(parts.pop("INTERVAL", "1"))
    weekdays = tuple(_weekday(day) for day in parts.pop("BYDAY", "").split(",") if day)
    count, until = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    if parts:
        raise NotARule(_("A repetition with {part} is not known here."), part=min(parts))
    return Rule(
        every, step, weekdays,
        None if count is None else _number(count),
        None if until is None else _until(until, zone),
    )  # fmt: skip


def _parts(text: str) -> Iterator[tuple[str, str]]:
    seen = set()
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name in seen:
            raise NotARule(_("This is not a repetition as a calendar writes it."))
        seen.add(name)
        yield name, value


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise NotARule(_("A repetition counts in whole numbers."))
    return int(text)


def _weekday(text: str) -> int:
    if text not in DAYS:
        raise NotARule(_("A day of the week is MO, TU, WE, TH, FR, SA or SU."))
    return DAYS.index(text)


def _until(text: str, zone: ZoneInfo) -> date:
    try:
        if len(text) == 8:
            return date.fromisoformat(text)
        last = datetime.fromisoformat(text)
        return last.astimezone(zone).date() if last.tzinfo else last.date()
    except (ValueError, OverflowError):
        raise NotARule(_("The last day of a repetition is not a date.")) from None


# ------------------------------------------------------------------ as days and moments


def days(rule: Rule, first: date) -> Iterator[date]:
    """The days it names, from the first one on; possibly very many."""
    start = datetime.combine(first, time.min, tzinfo=UTC)
    until = rule.until and datetime.combine(rule.until, time.min, tzinfo=UTC)
    found = rrule.rrule(
        _FREQUENCIES[rule.every], start, rule.step,
        byweekday=rule.weekdays or None, count=rule.count, until=until, cache=False,
    )  # fmt: skip
    return (day.date() for day in found)


def occurrences(
    rule: Rule, first: date, clock: time, zone: ZoneInfo, *, at_most: int
) -> list[datetime]:
    """The moments it names, in UTC; raises NotARule where there are none, or more than asked."""
    found: list[datetime] = []
    for day in days(rule, first):
        if len(found) == at_most:
            raise NotARule(
                _("A series has at most {most} sessions; let it end earlier."), most=at_most
            )
        found.append(moment(day, clock, zone))
    if not found:
        raise NotARule(_("This repetition ends before it begins."))
    return found


def split(rule: Rule, first: date, on: date) -> tuple[Rule | None, Rule]:
    """The rule before a day, or nothing, and the rule from that day on, beginning with it."""
    before = 0
    for day in days(rule, first):
        if day >= on:
            break
        before += 1
    else:
        raise NotARule(_("The repetition has ended by that day."))
    if not before:
        return None, rule
    head = replace(rule, count=None, until=on - timedelta(days=1))
    if rule.count is None:
        return head, rule
    return head, replace(rule, count=rule.count - before)


def shifted(rule: Rule, by_days: int) -> Rule:
    """The same rule some days later or earlier: Mondays become Tuesdays."""
    return replace(
        rule,
        weekdays=tuple((day + by_days) % 7 for day in rule.weekdays),
        until=rule.until and rule.until + timedelta(days=by_days),
    )


# ------------------------------------------------------------------ in words


def words(
    rule: Rule,
    first: date,
    clock: time,
    gettext: Callable[[str], str] = str,
    written: Callable[[date], str] = date.isoformat,
) -> str:
    """The rule as one would say it; `gettext` and `written` say it in another language."""
    says = [
        _how_often(rule, first, gettext),
        gettext("at {time}").format(time=f"{clock:%H:%M}"),
    ]
    return f"{' '.join(says)}, {_how_long(rule, gettext, written)}"


def _how_often(rule: Rule, first: date, gettext: Callable[[str], str]) -> str:
    if rule.every is Every.DAY:
        each, many = gettext("every day"), gettext("every {step} days")
        return each if rule.step == 1 else many.format(step=rule.step)
    if rule.every is Every.MONTH:
        each, many = (
            gettext("every month on day {day}"),
            gettext("every {step} months on day {day}"),
        )
        return (each if rule.step == 1 else many).format(step=rule.step, day=first.day)
    each, many = gettext("every {days}"), gettext("every {step} weeks on {days}")
    named = [gettext(DAY_NAMES[day]) for day in rule.weekdays or (first.weekday(),)]
    listed = ", ".join(named[:-1])
    both = gettext("{some} and {last}").format(some=listed, last=named[-1]) if listed else named[0]
    return (each if rule.step == 1 else many).format(step=rule.step, days=both)


def _how_long(rule: Rule, gettext: Callable[[str], str], written: Callable[[date], str]) -> str:
    if rule.until is not None:
        return gettext("until {day}").format(day=written(rule.until))
    if rule.count == 1:
        return gettext("once")
    return gettext("{count} times").format(count=rule.count)
