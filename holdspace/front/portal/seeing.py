"""A client's own course in plain words and, where that was chosen, as a chart."""

from dataclasses import dataclass

from django.utils import translation

from holdspace.cellar.ui import charts
from holdspace.front.portal.pages import Checkin
from holdspace.front.portal.words import Words
from holdspace.hour.measures.change import Change, Kind
from holdspace.hour.measures.instruments import Direction
from holdspace.hour.measures.queries import Course, shown_by_link
from holdspace.hour.measures.rules import Shows
from holdspace.hour.measures.sentences import number
from holdspace.hour.measures.wording import wording


@dataclass(frozen=True, slots=True)
class Seen:
    """One course as a client sees it; `drawn` where a chart was chosen."""

    name: str
    sentence: str
    drawn: charts.Course | None


def seen(checkin: Checkin, say: Words) -> list[Seen]:
    """What was chosen to be shown on this device, of what was just answered."""
    if not checkin.sees_answers:
        return []
    shows, found = shown_by_link(checkin.by, checkin.held.giving)
    with translation.override(checkin.language):
        return [
            _seen(
                course,
                say,
                checkin.language,
                has_chart=shows is Shows.CHART and len(course.scored) > 1,
            )
            for course in found
            if course.last is not None
        ]


def _seen(course: Course, say: Words, language: str, *, has_chart: bool) -> Seen:
    low, high = course.range
    drawn = charts.course(list(enumerate(course.totals, start=1)), low, high) if has_chart else None
    return Seen(wording(course.instrument, language).name, sentence(course, say), drawn)


def sentence(course: Course, say: Words) -> str:
    """Where it stands, where it began, which way is better, and what chance would make of it."""
    last, most = course.scored[-1], number(course.range[1])
    said = [say.seen_now.format(last=number(last), most=most)]
    if len(course.scored) > 1:
        said.append(say.seen_first.format(first=number(course.scored[0])))
    is_up = course.direction is Direction.HIGHER_BETTER
    said.append(say.seen_higher if is_up else say.seen_lower)
    said.append(_beyond_chance(course.change, say))
    return " ".join(filter(None, said))


def _beyond_chance(change: Change | None, say: Words) -> str:
    """Only by a rule that was checked at its source; else nothing is said."""
    rule = change.rule if change else None
    if change is None or rule is None or not rule.verified or not change.difference:
        return ""
    return say.seen_chance if change.kind is Kind.NO_RELIABLE_CHANGE else say.seen_more
