"""What machines write, said as a person would: a browser's name for itself, a part of a date."""

from contextlib import suppress
from datetime import date
from typing import Final

from django.utils import formats
from django.utils.translation import gettext as _

# The order matters: most browsers also call themselves by the name of an older one.
BROWSERS: Final = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
MACHINES: Final = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"),
    ("Windows", "Windows"), ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def browser_words(agent: str) -> str:
    """Which browser on which machine, as far as it says so."""
    name = next((said for mark, said in BROWSERS if mark in agent), "")
    machine = next((said for mark, said in MACHINES if mark in agent), "")
    if name and machine:
        return _("%(browser)s on %(machine)s") % {"browser": name, "machine": machine}
    return name or machine or _("A browser that does not say what it is")


def date_words(written: str) -> str:
    """A date, a month or a year, in the reader's language; what is none of these stays as it is."""
    for ending, said in (("", "DATE_FORMAT"), ("-01", "YEAR_MONTH_FORMAT")):
        with suppress(ValueError):
            return formats.date_format(date.fromisoformat(f"{written}{ending}"), said)
    return written
