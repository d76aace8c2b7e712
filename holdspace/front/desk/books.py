"""Two pages of bookkeeping: sessions held with their fees, and the ledger in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from holdspace.cellar.access.gate import check
from holdspace.cellar.access.table import Action, Relation
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.ledger import queries as ledger
from holdspace.cellar.ledger.queries import Recorded
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy.models import Frame, Therapy
from holdspace.hour.encounters import queries as encounters
from holdspace.hour.encounters.models import Session

LINES_ON_A_PAGE = 200


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A session that was held, and what was agreed to be paid for it."""

    session: Session
    therapy: Therapy
    fee: Decimal | None


@dataclass(frozen=True, slots=True)
class Month:
    """The sessions held in one month of the practice."""

    first: date
    lines: Sequence[HeldLine]

    @property
    def total(self) -> Decimal:
        return sum((line.fee for line in self.lines if line.fee is not None), Decimal(0))

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return (self.first + timedelta(days=32)).replace(day=1)


def held(by: Visitor, *, month: date, zone: ZoneInfo) -> Month:
    """What was held in a month, for who sends the bills: times, names and fees, no words."""
    check(by, Action.COUNT, Layer.ADMIN, {Relation.SAME_PRACTICE})
    since = datetime.combine(month, time(), tzinfo=zone)
    until = datetime.combine((month + timedelta(days=32)).replace(day=1), time(), tzinfo=zone)
    chosen = encounters.visible_to(by, Action.COUNT, Layer.ADMIN).filter(
        state="held", starts_at__gte=since, starts_at__lt=until
    )
    sessions = list(chosen.select_related("therapy").order_by("starts_at", "id"))
    ids = {session.therapy_id for session in sessions}
    keyring.warm(ids)
    by.opened.note(ids)
    fees = _fees(by, ids)
    return Month(month, [HeldLine(s, s.therapy, fees.get(s.therapy_id)) for s in sessions])


def _fees(by: Visitor, therapies: set[UUID]) -> dict[UUID, Decimal | None]:
    chosen = Frame.objects.filter(practice_id=by.practice, therapy_id__in=therapies, to_on=None)
    return dict(chosen.values_list("therapy_id", "fee"))


def book(by: Visitor, *, on: date, zone: ZoneInfo) -> list[Recorded]:
    """A day of the ledger, for who may read it: who, what and when, by ids, without any words."""
    check(by, Action.AUDIT, Layer.ADMIN, {Relation.SAME_PRACTICE})
    since = datetime.combine(on, time(), tzinfo=zone)
    until = since + timedelta(days=1)
    return list(reversed(ledger.between(by.practice, since, until, limit=LINES_ON_A_PAGE)))
