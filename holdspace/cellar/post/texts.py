"""The sentences that may leave the house. None says anything about anyone."""

from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class UnknownText(LookupError):
    """There is no such sentence."""


@dataclass(frozen=True, slots=True)
class Text:
    """A subject and a line, alike for every occasion."""

    subject: Promise
    line: Promise


TEXTS = MappingProxyType(
    {
        "message": Text(_("Holdspace"), _("You have a message in Holdspace.")),
        "reminder": Text(
            _("A message"), _("Something is waiting for you. Please use the link you were given.")
        ),
    }
)


def text(key: str) -> Text:
    """Return the sentence, or raise UnknownText."""
    if key not in TEXTS:
        raise UnknownText(key)
    return TEXTS[key]
