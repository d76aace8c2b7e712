"""The PIN, and the screen turned to the client."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client, RequestFactory
from django.utils import timezone

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.ledger.models import Line
from holdspace.frame.practice import actions, queries, sign_in
from tests.cast import NOW, Cast
from tests.practice.browser import seen, signs_in, words_of


def test_the_right_pin_passes(cast: Cast) -> None:
    actions.set_pin("2468", by=cast.visitor("mira"), at=NOW)
    actions.check_pin(cast.mira.id, "2468", at=NOW)
    cast.mira.refresh_from_db()
    assert "2468" not in cast.mira.pin_hash
    assert cast.mira.pin_failures == 0


def test_five_wrong_tries_and_then_a_wait(cast: Cast) -> None:
    actions.set_pin("2468", by=cast.visitor("mira"), at=NOW)
    for left in ("4 tries are", "3 tries are", "2 tries are", "1 try is"):
        with pytest.raises(actions.WrongPin, match=f"{left} left"):
            actions.check_pin(cast.mira.id, "1357", at=NOW)
    for pin in ("1357", "2468"):
        with pytest.raises(actions.PinMustWait, match="Wait 15 minutes"):
            actions.check_pin(cast.mira.id, pin, at=NOW)
    actions.check_pin(cast.mira.id, "2468", at=NOW + timedelta(minutes=15))


def test_a_pin_has_digits(cast: Cast) -> None:
    for pin in ("123", "1234567890123", "12a4", "１２３４"):
        with pytest.raises(actions.CannotChoose):
            actions.set_pin(pin, by=cast.visitor("mira"), at=NOW)


def test_without_a_pin_none_is_right(cast: Cast) -> None:
    with pytest.raises(actions.NoPinYet):
        actions.check_pin(cast.mira.id, "", at=NOW)


def test_a_screen_turned_to_the_client_changes_nothing_of_its_members_own(cast: Cast) -> None:
    signs_in(cast.mira)
    found = queries.signed_in(cast.mira, narrowed_to=cast.amara.id, lacks_second_factor=False)
    (browser,) = UserSession.objects.filter(user=cast.mira.account)
    assert found is not None
    who: Any = {"by": found.visitor, "at": NOW}
    changes: list[Callable[[], object]] = [
        lambda: actions.set_pin("2468", **who),
        lambda: actions.describe_myself(actions.Myself("X", "", "", ""), **who),
        lambda: actions.revoke_session(browser.pk, **who),
        lambda: queries.sessions(found.visitor, cast.mira.account_id),
        lambda: queries.members(found.visitor),
    ]
    for change in changes:
        with pytest.raises(NotHere):
            change()
    assert UserSession.objects.filter(pk=browser.pk).exists()


def asked(client: Client, cast: Cast) -> Any:
    """A request of this browser, as a page of the desk has it."""
    request: Any = RequestFactory().get("/")
    request.session = client.session
    narrowed = cast.amara.id if sign_in.NARROWED in client.session else None
    member = queries.behind(cast.mira.account_id)
    found = queries.signed_in(member, narrowed_to=narrowed, lacks_second_factor=False)
    assert found is not None
    request.visitor, request.member = found.visitor, found.member
    return request


@pytest.fixture
def mine(cast: Cast) -> Client:
    """Mira's browser; she has a PIN."""
    actions.set_pin("2468", by=cast.visitor("mira"), at=NOW)
    return signs_in(cast.mira)


def turned(client: Client, cast: Cast) -> None:
    request = asked(client, cast)
    sign_in.narrow(request, cast.amara.id, session=cast.session.id)
    request.session.save()


@pytest.mark.urls("tests.practice.addresses")
@pytest.mark.usefixtures("no_second_factor")
def test_a_narrowed_browser_sees_the_shared_page_alone(cast: Cast, mine: Client) -> None:
    turned(mine, cast)
    assert words_of(mine.get("/shared/")) == f"shared {cast.amara.id}"
    for name in ("today", "my_page", "members", "practice", "mfa_index", "pin",
                 "account_change_password", "account_login", "account_reauthenticate",
                 "mfa_view_recovery_codes", "usersessions_list"):  # fmt: skip
        assert seen(mine, name).status_code == 404, name
    assert seen(mine, "account_logout").status_code == 200


@pytest.mark.urls("tests.practice.addresses")
@pytest.mark.usefixtures("no_second_factor")
def test_the_pin_leads_back(cast: Cast, mine: Client) -> None:
    turned(mine, cast)
    request = asked(mine, cast)
    with pytest.raises(actions.WrongPin):
        sign_in.widen(request, "1357", at=timezone.now())
    assert Line.objects.filter(act="refused", what="pin").exists()
    assert sign_in.widen(request, "2468", at=timezone.now()) == cast.session.id
    request.session.save()
    assert words_of(mine.get("/")) == "today"
    assert Line.objects.filter(act="turned back", actor=cast.mira.id).exists()


@pytest.mark.urls("tests.practice.addresses")
def test_without_a_pin_the_screen_is_not_turned(cast: Cast) -> None:
    client = signs_in(cast.mira)
    with pytest.raises(actions.NoPinYet):
        sign_in.narrow(asked(client, cast), cast.amara.id)


@pytest.mark.urls("tests.practice.addresses")
def test_a_screen_turned_from_no_session_comes_back_to_none(cast: Cast, mine: Client) -> None:
    request = asked(mine, cast)
    sign_in.narrow(request, cast.amara.id)
    assert sign_in.widen(request, "2468", at=timezone.now()) is None
