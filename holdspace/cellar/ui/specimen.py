"""What the specimen shows: every component once, with invented words, to be looked at."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.ui.charts import course, sparkline
from holdspace.cellar.ui.forms import Answers, Day, ManyChips, Words
from holdspace.cellar.ui.places import Place

SHEETS = {
    "": "ui/specimen.html",
    "after": "ui/specimen/after.html",
    "week": "ui/specimen/week.html",
    "client": "ui/specimen/client.html",
    "plain": "ui/specimen/plain.html",
    "dark": "ui/specimen/dark.html",
}

VALUES = [12, 12, 14, 13, 16, None, 18, 20, 21]
EXPECTED = [(1, 10.0, 14.0), (3, 11.0, 18.0), (6, 11.5, 21.5), (9, 12.0, 24.0)]
FEW_OF_MANY = [
    (0, _("Not at all")),
    (1, _("Several days")),
    (2, _("More than half the days")),
    (3, _("Nearly every day")),
]


class SpecimenForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name"), help_text=_("As they wish to be called."))
    born = forms.DateField(label=_("Born"), widget=Day, required=False)
    place = forms.ChoiceField(
        label=_("Place"), choices=[("room", _("Room")), ("video", _("Video"))]
    )
    words = forms.CharField(label=_("In their words"), widget=Words, required=False)
    how_often = forms.TypedChoiceField(
        label=_("How often"), choices=FEW_OF_MANY, coerce=int, widget=Answers
    )
    days = forms.MultipleChoiceField(
        label=_("Days that suit"),
        choices=[("mo", _("Monday")), ("tu", _("Tuesday")), ("we", _("Wednesday"))],
        widget=ManyChips,
        required=False,
    )
    agreed = forms.BooleanField(label=_("We spoke about this together"))


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the specimen's week."""

    start: datetime
    minutes: int
    title: str
    kind: str = ""


def specimen_context(*, at: datetime) -> dict[str, object]:
    """Return everything that the specimen's templates name; `at` is the moment they show."""
    return {
        "now": timezone.localtime(at),
        "ends": at + timedelta(minutes=8),
        "zone": timezone.get_current_timezone_name(),
        "is_warm": True,
        "nav": _places(),
        "empty_form": SpecimenForm(),
        "wrong_form": SpecimenForm({"name": "", "words": "What was typed stays", "days": ["mo"]}),
        "line": sparkline(VALUES, 5, 35),
        "course": course(VALUES_BY_NUMBER, 5, 35, band=EXPECTED, cuts=[(20, str(_("middle")))]),
        "earlier": at - timedelta(minutes=12),
        "pairs": [(_("Between"), _("Letter, not to send")), (_("Towards"), _("Say no"))],
        "hours": range(8, 20),
        "week": _week(at),
        "four": range(4),
    }


VALUES_BY_NUMBER = list(enumerate(VALUES, start=1))


def _places() -> list[Place]:
    return [
        Place(str(_("Today")), "#", "sun", current=True, key="t"),
        Place(str(_("Calendar")), "#", "calendar"),
        Place(str(_("Caseload")), "#", "users", count=23),
        Place(str(_("Messages")), "#", "message-square", count=2),
        Place(str(_("Outcomes")), "#", "line-chart"),
        Place(str(_("Supervision")), "#", "graduation-cap"),
        Place(str(_("Confidentiality")), "#", "shield", low=True),
        Place("Dr Mira Osei", "#", "user", low=True),
    ]


def _week(at: datetime) -> list[tuple[datetime, list[Block]]]:
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - timedelta(days=today.weekday())
    plan = {
        0: [(9, 0, 50, "J. Marsh", "done"), (10, 0, 50, "Amara K.", ""), (18, 0, 90, "Group", "")],
        1: [(11, 30, 75, "The Reyes family", ""), (12, 0, 50, "Jonas Lind", "private")],
        2: [(14, 0, 50, "Theo L.", "soon"), (16, 0, 50, "D. Whitlock", "look")],
        3: [(9, 15, 50, "R. Adeyemi", "off")],
        4: [(8, 0, 240, "Away", "away")],
    }
    days = []
    for number in range(5):
        midnight = monday + timedelta(days=number)
        blocks = [
            Block(midnight + timedelta(hours=hour, minutes=minute), length, title, kind)
            for hour, minute, length, title, kind in plan[number]
        ]
        days.append((midnight, blocks))
    return days
