"""A page of outcomes added up, in the order it is read.

Where `whole` is said, the numbers are the practice's, and small ones are not shown.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from holdspace.office.outcomes.queries.service import Numbers
from holdspace.office.outcomes.shown.change import attended, changed
from holdspace.office.outcomes.shown.doses import answered, good_enough
from holdspace.office.outcomes.shown.endings import ended
from holdspace.office.outcomes.shown.parts import Section
from holdspace.office.outcomes.shown.therapists import among


def caveat() -> str:
    """What no figure of outcomes says."""
    return _(
        "These figures restate scores. They prove no effect of anybody's work: people change for"
        " many reasons, and those who stay to answer differ from those who do not."
    )


def on_paper(shown: Iterable[Section], of: Numbers | None, *, about: str = "") -> dict[str, Any]:
    """Sections as the template of the report takes them: what they are about, and how old."""
    at = "" if of is None else date_format(localtime(of.as_of), "DATETIME_FORMAT")
    return {
        "as_of": " · ".join(filter(None, [about, at and _("As of %s") % at])),
        "about": caveat(),
        "sections": [one.on_paper() for one in shown],
    }


def sections(of: Numbers, *, whole: bool) -> list[Section]:
    """Everything that can be said from these numbers."""
    found = []
    if of.change is not None and of.chosen is not None:
        found.append(changed(of.change, of.chosen.name, whole=whole))
    if of.answered is not None:
        found += [answered(of.answered, whole=whole), good_enough(of.answered, whole=whole)]
    found += [ended(of.stayed, whole=whole), attended(of, whole=whole)]
    if of.colleagues is not None:
        found.append(among(of.colleagues, whole=whole))
    return found
