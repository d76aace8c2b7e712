"""What stands at a place of a sheet, in words."""

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from holdspace.hour.worksheets.definitions import GRADED, Field, Language, Type, WorkedOut
from holdspace.hour.worksheets.reckoning import HOWS
from holdspace.hour.worksheets.typed import Value


def written(field: Field, value: Value, language: Language) -> str:
    """What stands at a place, in words: `70 %`, `yes`, `2 March 2026`; empty where it is."""
    if value is None or value == []:
        return ""
    if field.options:
        labels = {option.id: option.label.said(language) for option in field.options}
        return ", ".join(labels[one] for one in (value if isinstance(value, list) else [value]))
    if field.type in GRADED:
        return _number(field, value, language)
    if field.type is Type.YES_NO:
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    return _day(value) if field.type is Type.DATE else str(value)


def sum_said(one: WorkedOut, value: float) -> str:
    """What was worked out, in words: `83 %`."""
    unit = HOWS[one.how].unit
    return f"{formats.number_format(value)} {unit}".rstrip()


def _day(value: str) -> str:
    return str(formats.date_format(date.fromisoformat(value), "DATE_FORMAT"))


def _number(field: Field, value: float, language: Language) -> str:
    said = formats.number_format(value)
    if field.unit:
        return f"{said} {field.unit.said(language)}"
    if field.type is Type.PERCENT:
        return f"{said} %"
    return said if field.most is None else _("%(value)s of %(most)s") % {
        "value": said, "most": formats.number_format(field.most),
    }  # fmt: skip
