"""What the tests of courses and their signals answer, session by session."""

from datetime import datetime, timedelta
from uuid import UUID

from holdspace.frame.therapy.models import Participant
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures.instruments import load
from holdspace.hour.measures.models import Answering, Giving
from tests.cast import NOW, Cast, a_session

WEEK = timedelta(weeks=1)


def sessions(cast: Cast, count: int, until: datetime = NOW) -> list[Session]:
    """So many sessions of Amara's that were held, a week apart, the last one before `until`."""
    return [a_session(cast.amara, until - WEEK * ago, state="held") for ago in range(count, 0, -1)]


def answered(
    who: Participant,
    total: float | None,
    ended_at: datetime,
    instrument: str = "phq9",
    session: Session | None = None,
) -> Answering:
    """A questionnaire that came to this total."""
    known = load(instrument)
    return Answering.objects.create(
        practice=who.practice, giving=given(who, ended_at, session), therapy_id=who.therapy_id,
        participant=who, instrument=instrument, instrument_version=str(known.version),
        threshold_set=known.thresholds, language="en", state="finished",
        answered=len(known.items), total=total, ended_at=ended_at,
    )  # fmt: skip


def given(who: Participant, at: datetime, session: Session | None = None) -> Giving:
    """A link that works for two weeks."""
    token = f"{who.id} {at} {Giving.objects.count()}"
    return Giving.objects.create(
        practice=who.practice, therapy_id=who.therapy_id, participant=who, session=session,
        given_at=at, token=token, token_hash=token.encode(), ends_at=at + 2 * WEEK,
    )  # fmt: skip


def left(
    who: Participant,
    at: datetime,
    instrument: str = "phq9",
    session: Session | None = None,
    state: str = "waiting",
) -> Answering:
    """A questionnaire that was given and not answered."""
    return Answering.objects.create(
        practice=who.practice, giving=given(who, at, session), therapy_id=who.therapy_id,
        participant=who, instrument=instrument, instrument_version="1", language="en", state=state,
    )  # fmt: skip


def a_course(cast: Cast, *totals: float | None, instrument: str = "phq9") -> UUID:
    """One answer before each of so many sessions, the last one today; the newest answering."""
    held, who = sessions(cast, len(totals), NOW + WEEK), cast.participant()
    row = None
    for session, total in zip(held, totals, strict=True):
        at = session.starts_at - timedelta(hours=2)
        row = answered(who, total, at, instrument, session)
    assert row is not None
    return row.id
