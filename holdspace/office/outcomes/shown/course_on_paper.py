"""A therapy's course as a document: charts, every score and where it comes from; no signals.

Signals are for the therapist at the screen, who can look behind them and switch them off.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from holdspace.office.outcomes.shown.course import ShownCourse, ShownEvent, ShownScore, Whose
from holdspace.office.outcomes.shown.drawings import course_for_paper


def course(title: str, whose: Iterable[Whose], events: Sequence[ShownEvent]) -> dict[str, Any]:
    """What the template of a course prints."""
    return {
        "about": title,
        "people": [
            {"name": one.name, "courses": [_course(shown) for shown in one.courses]}
            for one in whose
            if one.courses
        ],
        "head": [
            _("Date"), _("Session"), _("Score"), _("Published word"), _("Answered"), _("Version")
        ],
        "events_title": _("Life events"),
        "events": [_event(one) for one in events],
    }  # fmt: skip


def _course(shown: ShownCourse) -> dict[str, Any]:
    plain = [] if shown.instrument.validated else [_("Not a validated scale.")]
    return {
        "title": shown.instrument.name,
        "seen_by": shown.seen_by,
        "drawing": course_for_paper(shown.drawn, shown.sentence),
        "expected": shown.expected,
        "rows": [_row(one, len(shown.instrument.items)) for one in shown.scores],
        "sources": [*map(str, shown.sources), *plain],
    }


def _row(one: ShownScore, items: int) -> list[str]:
    scored = one.scored
    answered = _("%(n)s of %(of)s") % {"n": scored.answered, "of": items}
    return [
        date_format(timezone.localdate(scored.ended_at), "j M Y"),
        str(scored.number),
        one.total,
        one.band,
        f"{one.by}, {answered}" + (f", {_('prorated')}" if scored.prorated else ""),
        f"{scored.version} · {scored.thresholds}",
    ]


def _event(one: ShownEvent) -> str:
    on = date_format(one.event.on, "j M Y")
    whose = f" ({one.whose})" if one.whose else ""
    return f"{one.number} · {on}: {one.event.words}{whose}"
