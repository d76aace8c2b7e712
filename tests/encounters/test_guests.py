"""Who is in one session without taking part in the therapy."""

from uuid import uuid4

import pytest
from django.urls import reverse

from holdspace.cellar.access.gate import NotHere
from holdspace.frame.people.rules import CannotBe
from holdspace.hour.encounters import actions, queries
from holdspace.hour.encounters.models import Guest
from holdspace.hour.encounters.rules import GuestRole
from tests.access.examples import signed_in
from tests.cast import NOW, Cast


def an_interpreter(cast: Cast, name: str = "Ines Prado") -> Guest:
    return actions.add_guest(
        cast.session.id, GuestRole.INTERPRETER, name, is_agreed=True,
        by=cast.visitor("mira"), at=NOW,
    )  # fmt: skip


def test_an_interpreter_is_there_in_one_session_alone(cast: Cast) -> None:
    guest = an_interpreter(cast)
    by = cast.visitor("mira")
    assert [one.name for one in queries.guests_of(by, cast.session.id)] == ["Ines Prado"]
    actions.take_back_guest(guest.id, by=by, at=NOW)
    assert queries.guests_of(by, cast.session.id) == []
    with pytest.raises(NotHere):
        actions.take_back_guest(guest.id, by=by, at=NOW)


def test_a_guest_has_a_name(cast: Cast) -> None:
    with pytest.raises(CannotBe):
        an_interpreter(cast, "  ")


def test_a_colleague_and_the_desk_learn_of_no_guests(cast: Cast) -> None:
    guest = an_interpreter(cast)
    for who in ("tom", "sam"):
        assert queries.guests_of(cast.visitor(who), cast.session.id) == []
        for one in (guest.id, uuid4()):
            with pytest.raises(NotHere):
                actions.take_back_guest(one, by=cast.visitor(who), at=NOW)


def test_the_page_of_a_session_names_its_guests(cast: Cast, settings: object) -> None:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False  # type: ignore[attr-defined]
    client = signed_in("mira")(cast, None)  # type: ignore[arg-type]
    page = reverse("session_guest", args=[cast.session.id])
    assert client.get(page).status_code == 200
    assert client.post(page, {"role": "student", "name": "Lea Kern"}).status_code == 302
    shown = client.get(reverse("session", args=[cast.session.id])).text
    assert "Lea Kern" in shown
    assert "not agreed yet" in shown
    mistaken = reverse("guest_mistaken", args=[Guest.objects.get().id])
    assert client.post(mistaken).status_code == 302
    assert "Lea Kern" not in client.get(reverse("session", args=[cast.session.id])).text
