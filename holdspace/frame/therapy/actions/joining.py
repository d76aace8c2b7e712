"""Who takes a place: somebody whom the visitor may find, or somebody new."""

from datetime import datetime

from django.utils.translation import gettext as _

from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.frame.people import queries as people
from holdspace.frame.people.actions import take_in
from holdspace.frame.people.models import Person
from holdspace.frame.people.rules import CannotBe
from holdspace.frame.therapy.rules import Joining


def known(joining: Joining, *, by: Visitor) -> Person | None:
    """Only whom the visitor may find can be taken: an id alone opens nothing."""
    return people.one(by, joining.person, Action.FIND) if joining.person else None


def newcomer(joining: Joining, *, by: Visitor, at: datetime) -> Person:
    """Somebody who is new here."""
    if joining.newcomer is None:
        raise CannotBe(_("Please write a name. One name is enough."), "name")
    return take_in(joining.newcomer, by=by, at=at)
