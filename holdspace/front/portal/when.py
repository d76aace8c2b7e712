"""Who reads the answers, and when, in the client's words."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats, translation

from holdspace.front.portal.words import Words
from holdspace.hour.measures.queries import Held


def written_date(on: date, say: Words, language: str) -> str:
    """A date in the client's language."""
    with translation.override(language):
        return str(formats.date_format(on, say.date_format))


def reads(held: Held, say: Words, language: str, *, at: datetime) -> str:
    """Who reads it before which meeting, and that nobody is watching in between."""
    session = held.session
    if session is None or session.starts_at <= at:
        return say.reads_next.format(reader=held.reader)
    zone = ZoneInfo(session.time_zone)
    starts = session.starts_at.astimezone(zone)
    ahead = starts.date() - at.astimezone(zone).date()
    day = {timedelta(0): say.today, timedelta(days=1): say.tomorrow}.get(ahead)
    if day is None:
        day = say.on_day.format(date=written_date(starts.date(), say, language))
    return say.reads_before.format(reader=held.reader, day=day, time=f"{starts:%H:%M}")


def occasion(held: Held, say: Words, *, at: datetime) -> str:
    """The small line over each question: about whom, where that is another; else what for."""
    if held.about:
        return say.about.format(name=held.about)
    if held.session is None:
        return say.for_reader.format(reader=held.reader)
    line = say.before_session if held.session.starts_at > at else say.after_session
    return line.format(reader=held.reader)
