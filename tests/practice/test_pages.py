"""The practice's pages, as an owner and a therapist see them."""

import re
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from holdspace.frame.practice import queries
from holdspace.frame.practice.models import Invitation, Member
from tests.cast import NOW, Cast, nobodys_id
from tests.practice.browser import seen, sent, shows_again, signs_in, words_of

pytestmark = [
    pytest.mark.urls("tests.practice.addresses"),
    pytest.mark.usefixtures("no_second_factor"),
]
CHOICES: dict[str, Any] = {
    "name": "Linden", "language": "de", "voice": "play", "time_zone": "Europe/Berlin",
    "currency": "eur", "country": "de", "session_minutes": 45,
    "cancellation_hours": 48, "service": "counselling", "stance": "", "note_format": "dap",
}  # fmt: skip
HELP = {"country": "gb", "number": "116 123", "words": "Samaritans", "checked": "on"}


@pytest.fixture
def owner(cast: Cast) -> Client:
    client = signs_in(cast.olive)
    shows_again(client)
    return client


def test_every_page_of_an_owner_opens(owner: Client, cast: Cast) -> None:
    for name in ("practice", "members", "invite", "places", "my_page", "pin", "usersessions_list"):
        assert seen(owner, name).status_code == 200, name
    assert seen(owner, "member", cast.mira.id).status_code == 200


def test_pages_of_owners_are_not_there_for_others(cast: Cast) -> None:
    client = signs_in(cast.mira)
    for name in ("practice", "invite", "places"):
        assert seen(client, name).status_code == 404, name
    assert seen(client, "member", cast.tom.id).status_code == 404
    page = words_of(seen(client, "members"))
    assert "Tom Ashby" in page
    assert "Invite somebody" not in page


def test_the_practice_is_configured_in_place(owner: Client, cast: Cast) -> None:
    assert sent(owner, "practice", **CHOICES).status_code == 302
    stored = queries.practice_of(cast.visitor("olive"))
    assert (stored.currency, stored.country, stored.language) == ("EUR", "DE", "de")
    assert queries.cancellation_hours(cast.visitor("mira")) == 48
    assert stored.choices["note_format"] == "dap"
    page = words_of(seen(owner, "practice"))
    for name, value in (("cancellation_hours", "48"), ("session_minutes", "45")):
        assert f'name="{name}" value="{value}"' in page
    assert "Praxis" in words_of(seen(owner, "practice")) or stored.time_zone == "Europe/Berlin"


def test_wrong_choices_keep_what_was_typed(owner: Client) -> None:
    for wrong in ({"currency": "12"}, {"time_zone": "Nowhere"}, {"country": "1"}):
        page = sent(owner, "practice", **{**CHOICES, **wrong})
        assert page.status_code == 422
        assert 'value="Linden"' in words_of(page)


def test_crisis_help_is_confirmed_and_taken_away(owner: Client) -> None:
    assert sent(owner, "confirm_help", **HELP).status_code == 302
    page = words_of(seen(owner, "practice"))
    assert "116 123" in page
    assert "Olive Grant" in page
    sent(owner, "withdraw_help", country="GB", number="116 123")
    assert "clients are shown none" in words_of(seen(owner, "practice"))


def test_crisis_help_must_be_checked(owner: Client) -> None:
    for wrong in ({"checked": ""}, {"country": "1x"}):
        page = sent(owner, "confirm_help", **{**HELP, **wrong})
        assert page.status_code == 422
        assert 'value="116 123"' in words_of(page)


def test_dangerous_things_ask_once_more_who_it_is(cast: Cast) -> None:
    client = signs_in(cast.olive)
    again = reverse("account_reauthenticate")
    for name, args in (("invite", []), ("pin", []), ("member", [cast.mira.id])):
        assert seen(client, name, *args).headers["location"].startswith(again)
    assert sent(client, "end_membership", cast.mira.id).headers["location"].startswith(again)
    assert Member.objects.get(pk=cast.mira.pk).left_at is None
    assert "Is it still you" in words_of(client.get(again))


def test_somebody_is_invited_and_comes_in(owner: Client) -> None:
    asked = {"name": "Nia Cole", "email": "nia@linden.example", "roles": ["therapist"]}
    page = sent(owner, "invite", **asked)
    link = re.findall(r'value="http://testserver([^"]+)"', words_of(page))[0]
    assert link not in words_of(seen(owner, "members"))
    guest = Client()
    assert "Welcome to Linden House" in words_of(guest.get(link))
    wrong = {"name": "Nia", "password": "short", "again": "other"}
    assert guest.post(link, wrong).status_code == 422
    differ = {"name": "Nia", "password": "four words in a row", "again": "other"}
    assert "differ" in words_of(guest.post(link, differ))
    right = {**differ, "again": "four words in a row"}
    assert guest.post(link, right).headers["location"] == reverse("account_login")
    assert guest.get(link).status_code == 404


def test_a_made_up_link_is_answered_like_a_used_one(house: None) -> None:  # noqa: ARG001
    assert seen(Client(), "invitation", "made-up").status_code == 404


def test_an_invitation_that_cannot_be_says_why(owner: Client, cast: Cast) -> None:
    asked = {"name": "Mira", "email": cast.mira.account.email, "roles": ["therapist"]}
    assert "signs in with this e-mail" in words_of(sent(owner, "invite", **asked))


def test_an_invitation_is_withdrawn(owner: Client) -> None:
    sent(owner, "invite", name="Nia Cole", email="n@x.example", roles=["therapist"])
    assert "Nia Cole" in words_of(seen(owner, "members"))
    sent(owner, "withdraw_invitation", Invitation.objects.get().id)
    assert "Nia Cole" not in words_of(seen(owner, "members"))
    assert sent(owner, "withdraw_invitation", nobodys_id()).status_code == 404


def test_roles_are_changed_on_a_members_page(owner: Client, cast: Cast) -> None:
    sent(owner, "member", cast.tom.id, roles=["reception", "biller"])
    assert Member.objects.get(pk=cast.tom.pk).roles == ["biller", "reception"]
    page = sent(owner, "member", cast.olive.id, roles=["therapist"])
    assert "needs an owner" in words_of(page)


def test_access_is_ended_on_a_members_page(owner: Client, cast: Cast) -> None:
    sent(owner, "end_membership", cast.tom.id)
    assert "Tom Ashby" not in words_of(seen(owner, "members"))
    page = owner.post(reverse("end_membership", args=[cast.olive.id]), follow=True)
    assert "needs an owner" in words_of(page)


def test_what_was_posted_goes_on_after_showing_who_one_is(cast: Cast) -> None:
    client = signs_in(cast.olive)
    ask = sent(client, "end_membership", cast.tom.id).headers["location"]
    client.post(ask, {"password": "a long enough password"})
    assert Member.objects.get(pk=cast.tom.pk).left_at is not None


def test_my_page_is_changed_in_my_language(cast: Cast) -> None:
    client = signs_in(cast.mira)
    sent(client, "my_page", name="Mira O.", profession="Psychologist", language="de", voice="")
    page = seen(client, "my_page")
    assert 'lang="de"' in words_of(page)
    assert "Mira O." in words_of(page)
    assert sent(client, "my_page", name="").status_code == 422


def test_a_pin_is_set_and_leads_on(cast: Cast) -> None:
    client = signs_in(cast.mira)
    shows_again(client)
    for wrong in ({"pin": "12", "again": "12"}, {"pin": "2468", "again": "1357"}):
        assert sent(client, "pin", **wrong).status_code == 422
    page = sent(client, "pin", pin="2468", again="2468", next="/shared/")
    assert page.headers["location"] == "/shared/"
    away = sent(client, "pin", pin="2468", again="2468", next="https://elsewhere.example/")
    assert away.headers["location"] == reverse("my_page")
    assert "Your PIN brings you back" in words_of(seen(client, "my_page"))


def test_places_are_added_and_closed(owner: Client, cast: Cast) -> None:
    sent(owner, "add_site", site_name="Annex", address="1 Mill Lane")
    site = queries.sites(cast.visitor("olive"))[1]
    sent(owner, "add_room", site=str(site.id), room_name="Attic")
    assert "Attic" in words_of(seen(owner, "places"))
    sent(owner, "close_room", queries.rooms(cast.visitor("olive"))[1].id)
    assert "Attic" not in words_of(seen(owner, "places"))
    assert sent(owner, "add_site", site_name="").status_code == 422
    assert sent(owner, "add_room", site="x", room_name="Attic").status_code == 422


def test_my_other_browsers_are_signed_out_one_by_one(cast: Cast) -> None:
    here, there = signs_in(cast.mira), signs_in(cast.mira)
    other = UserSession.objects.get(session_key=there.session.session_key)
    assert "own description of itself are kept" in words_of(seen(here, "my_page"))
    sent(here, "revoke_session", other.pk)
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
    assert sent(here, "revoke_session", other.pk).status_code == 404


def test_nobody_ends_a_colleagues_sign_in(cast: Cast) -> None:
    here, toms = signs_in(cast.mira), signs_in(cast.tom)
    theirs = UserSession.objects.get(session_key=toms.session.session_key)
    assert sent(here, "revoke_session", theirs.pk).status_code == 404
    assert queries.sessions(cast.visitor("mira"), cast.tom.account_id) == []
    assert toms.get("/").status_code == 200


def test_all_other_browsers_are_signed_out_together(cast: Cast) -> None:
    here, there = signs_in(cast.mira), signs_in(cast.mira)
    sent(here, "usersessions_list")
    assert (here.get("/").status_code, there.get("/").status_code) == (200, 302)


def test_a_browser_whose_session_is_gone_is_not_listed(cast: Cast) -> None:
    client = signs_in(cast.mira)
    UserSession.objects.create(user=cast.mira.account, session_key="gone", ip="10.0.0.1")
    assert len(queries.sessions(cast.visitor("mira"), cast.mira.account_id)) == 1
    assert client.get("/").status_code == 200


def test_joining_long_ago_or_today_members_are_in_order(cast: Cast) -> None:
    found = queries.members(cast.visitor("mira"))
    assert [one.joined_at for one in found] == [NOW] * 7


def test_a_browser_that_signs_itself_out_is_led_to_sign_in(cast: Cast) -> None:
    here = signs_in(cast.mira)
    this = UserSession.objects.get(user=cast.mira.account)
    assert sent(here, "revoke_session", this.pk).headers["location"] == reverse("account_login")
    assert seen(here, "my_page").status_code == 302
