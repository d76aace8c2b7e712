"""The frame of every page: where one can go from here."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
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
    ("outcomes", _("Outcomes"), "line-chart", "o", (Action.SURVEY, Layer.ADMIN)),
    ("approaches", _("Approaches"), "sprout", "", (Action.WRITE, Layer.RECORD)),
    ("practice", _("Practice"), "home", "", (Action.CONFIGURE, Layer.ADMIN)),
    ("held", _("Sessions held"), "notebook-pen", "", (Action.COUNT, Layer.ADMIN)),
    ("book", _("Confidentiality"), "shield", "", (Action.AUDIT, Layer.ADMIN)),
)
LOW = ("approaches", "practice", "held", "book")


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
    names = [name for name, *_words in _open_to(by.roles)]
    return None if "today" in names else next(iter(names), "my_page")


@cache  # as many as there are sets of roles, and asked twice a page
def _open_to(roles: frozenset[Role]) -> list[tuple[str, Promise, str, str, str]]:
    """The places worth going to with these roles: name, label, icon, key, address."""
    return [
        (name, label, icon, key, _address(name))
        for name, label, icon, key, (action, layer) in PLACES
        if ways(roles, layer, action)
    ]


def _places(request: HttpRequest, visitor: Visitor, member: Member) -> list[Place]:
    places = [
        Place(str(label), href, icon, request.path == href, None, name in LOW, key)
        for name, label, icon, key, href in _open_to(visitor.roles)
        if href
    ]
    mine = _address("my_page")
    places.append(Place(member.name, mine, "user", request.path == mine, None, low=True))
    return places


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
