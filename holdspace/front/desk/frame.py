"""The frame of every page: where one can go from here."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from holdspace.cellar.access.table import Action, Role, ways
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.ui.places import Place
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice.models import Member

# Address, label, icon, one-letter key, and the action on a layer that makes the place worth going.
PLACES = (
    ("today", _("Today"), "sun", "t", (Action.PLAN, Layer.ADMIN)),
    ("calendar", _("Calendar"), "calendar", "c", (Action.PLAN, Layer.ADMIN)),
    ("caseload", _("Caseload"), "users", "l", (Action.WRITE, Layer.RECORD)),
    ("find_person", _("Find"), "search", "f", (Action.FIND, Layer.ADMIN)),
    ("practice", _("Practice"), "home", "", (Action.CONFIGURE, Layer.ADMIN)),
    ("held", _("Sessions held"), "notebook-pen", "", (Action.COUNT, Layer.ADMIN)),
    ("book", _("Confidentiality"), "shield", "", (Action.AUDIT, Layer.ADMIN)),
)
LOW = ("practice", "held", "book")


def frame(request: HttpRequest) -> dict[str, Any]:
    """For every template: the places, whether this is the demo or a trial, and who is here."""
    visitor: Visitor | None = getattr(request, "visitor", None)
    member: Member | None = getattr(request, "member", None)
    house = {"is_demo": settings.HOLDSPACE_IS_DEMO, "is_trial": settings.HOLDSPACE_IS_TRIAL}
    if visitor is None or member is None or Role.SHARED_SCREEN in visitor.roles:
        return {"nav": [], **house}
    return {"nav": _places(request, visitor, member), **house}


def elsewhere(by: Visitor) -> str | None:
    """Where somebody works who has no day of sessions: whoever counts them, or reads the book."""
    goes = [name for name, *_words, (action, layer) in PLACES if ways(by.roles, layer, action)]
    return None if "today" in goes else next(iter(goes), "my_page")


def _places(request: HttpRequest, visitor: Visitor, member: Member) -> list[Place]:
    places = [
        Place(str(label), href, icon, request.path == href, None, name in LOW, key)
        for name, label, icon, key, needs in PLACES
        if ways(visitor.roles, needs[1], needs[0]) and (href := _address(name))
    ]
    mine = _address("my_page")
    places.append(Place(member.name, mine, "user", request.path == mine, None, low=True))
    return places


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
