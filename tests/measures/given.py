"""What the tests of measures give and answer."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from holdspace.hour.measures import actions, queries
from holdspace.hour.measures.models import Answering, Giving
from tests.cast import NOW, Cast

PHQ9 = tuple(f"q{number}" for number in range(1, 10))


def handed(cast: Cast, *instruments: str, at: datetime = NOW, **more: Any) -> Giving:
    """Questionnaires given to Amara by Mira; the PHQ-9 where nothing else is said."""
    who = cast.participant()
    handing = actions.Handing(cast.amara.id, who.id, instruments or ("phq9",), **more)
    return actions.give(handing, by=cast.visitor("mira"), at=at)


def rows(giving: Giving) -> list[Answering]:
    return list(Answering.objects.filter(giving=giving).order_by("order"))


def answer_all(giving: Giving, *values: int | None, at: datetime = NOW) -> Answering:
    """Answer the first questionnaire of a giving in the order of its items, and hand it over."""
    row, by = rows(giving)[0], queries.visitor_by_link(giving)
    for item, value in zip(PHQ9, values, strict=False):
        actions.answer(row.id, item, value, by=by, at=at)
    actions.finish(row.id, by=by, at=at)
    return Answering.objects.get(pk=row.id)


def weeks_of(cast: Cast, *scores: int) -> UUID:
    """A PHQ-9 a week whose totals are these, each at most 24, without a safety item."""
    for week, total in enumerate(scores):
        values = [min(3, max(0, total - 3 * place)) for place in range(8)]
        giving = handed(cast, at=NOW + timedelta(weeks=week))
        answer_all(giving, *values, 0, at=NOW + timedelta(weeks=week))
    return cast.amara.id
