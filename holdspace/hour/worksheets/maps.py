"""Genograms and ecomaps as maps of the room: read from what is kept, drawn and said."""

import json
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext, override
from django.utils.translation import gettext as _

from holdspace.hour.worksheets.family import checking, ecomap, text
from holdspace.hour.worksheets.family.drawing import Look, drawn
from holdspace.hour.worksheets.family.layout import laid_out
from holdspace.hour.worksheets.family.model import Telling
from holdspace.hour.worksheets.family.refusal import CannotTell


class CannotDraw(Exception):
    """What came in is no such map; the message says what is wrong."""


def title(told_by: str) -> str:
    """What a genogram is called; by whom it is told, where that was said."""
    return _("The family as %(who)s tells it") % {"who": told_by} if told_by else _("The family")


def picture(telling: Telling, look: Look | None = None) -> str:
    """A telling as it is drawn in the language of the moment."""
    plain = Look(title(telling.told_by), text.summary(telling, gettext), say=gettext)
    return drawn(telling, laid_out(telling), look or plain)


def lines(telling: Telling) -> list[tuple[int, str]]:
    """The family in words, each line with how deep it stands."""
    found = text.as_text(telling, gettext).splitlines()
    return [((len(one) - len(one.lstrip(" "))) // 2, one.strip()) for one in found]


def _read(said: object, parse: Callable[[Any], Any]) -> Any:
    try:
        return parse(json.loads(said) if isinstance(said, str) else said)
    except CannotTell as why:
        raise CannotDraw(why.said(gettext)) from None
    except (ValueError, RecursionError):
        raise CannotDraw(_("This is not in the shape of the form.")) from None


class Genogram:
    """A family as it is told."""

    page = "family"

    def parse(self, said: object) -> Any:
        """Return a telling as plain JSON; raises CannotDraw."""
        return checking.to_plain(_read(said, checking.parse))

    def svg(self, kept: Any, language: str) -> str:
        """Return the genogram as one `<svg>` element."""
        with override(language):
            return picture(checking.parse(kept))

    def text(self, kept: Any, language: str) -> list[str]:
        """Return the family as lines; what hangs on a line stands deeper."""
        with override(language):
            return ["\u2003" * deep + words for deep, words in lines(checking.parse(kept))]


class Around:
    """A household and what is around it."""

    page = "ecomap"

    def parse(self, said: object) -> Any:
        """Return an ecomap as plain JSON; raises CannotDraw."""
        return ecomap.to_plain(_read(said, ecomap.parse))

    def svg(self, kept: Any, language: str) -> str:
        """Return the ecomap as one `<svg>` element."""
        with override(language):
            return ecomap.drawn(ecomap.parse(kept), _("What is around us"), say=gettext)

    def text(self, kept: Any, language: str) -> list[str]:
        """Return the ecomap as lines."""
        with override(language):
            return ecomap.as_text(ecomap.parse(kept), gettext).splitlines()
