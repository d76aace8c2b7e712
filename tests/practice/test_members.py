"""Who works here: invited, come in, given roles, gone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.ledger.models import Line
from holdspace.frame.practice import actions, queries
from holdspace.frame.practice.models import Account, Invitation, Member
from tests.cast import NOW, Cast, nobodys_id
from tests.practice.browser import signs_in

LATER = NOW + timedelta(days=1)
GOOD = "four words in a row"


def invited(cast: Cast, **more: Any) -> str:
    asked = {"name": "Nia Cole", "email": "Nia@Linden.example", "roles": ["therapist"], **more}
    return actions.invite(**asked, by=cast.visitor("olive"), at=NOW)


def test_whoever_is_invited_comes_in(cast: Cast) -> None:
    member = actions.accept(invited(cast), "Nia M. Cole", GOOD, at=LATER)
    stored = Member.objects.get(pk=member.pk)
    assert (stored.name, stored.roles, stored.practice_id) == (
        "Nia M. Cole", ["therapist"], cast.practice.id,
    )  # fmt: skip
    assert stored.account.email == "nia@linden.example"
    assert stored.account.check_password(GOOD)
    assert Line.objects.get(act="joined").actor == member.id


def test_the_link_is_kept_nowhere(cast: Cast) -> None:
    token = invited(cast)
    stored = Invitation.objects.get()
    assert token.encode() not in bytes(stored.token_hash)
    assert stored.email == "nia@linden.example"


def test_a_used_expired_withdrawn_or_made_up_link_leads_nowhere(cast: Cast) -> None:
    used, late, gone = (invited(cast, email=f"{name}@x.example") for name in ("a", "b", "c"))
    actions.accept(used, "Ann", GOOD, at=LATER)
    found = queries.invitation(gone, at=LATER)
    actions.withdraw(found.id, by=cast.visitor("olive"), at=LATER)
    for token, at in ((used, LATER), (late, NOW + timedelta(days=7)), (gone, LATER), ("x", LATER)):
        with pytest.raises(NotHere):
            actions.accept(token, "Nia", GOOD, at=at)


def test_a_link_used_in_the_same_moment_lets_in_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = invited(cast)
    found = queries.invitation(token, at=LATER)
    actions.accept(token, "Nia", GOOD, at=LATER)
    monkeypatch.setattr(queries, "invitation", lambda _token, **_: found)
    with pytest.raises(NotHere):
        actions.accept(token, "Nia", GOOD, at=LATER)


def test_an_address_taken_meanwhile_lets_nobody_in(cast: Cast) -> None:
    first, second = invited(cast), invited(cast)
    Invitation.objects.update(withdrawn_at=None)  # both led in for a moment
    actions.accept(first, "Nia", GOOD, at=LATER)
    with pytest.raises(NotHere):
        actions.accept(second, "Somebody", GOOD, at=LATER)
    assert queries.invitation(second, at=LATER).accepted_at is None


def test_of_two_links_to_one_address_the_last_leads_in(cast: Cast) -> None:
    first, second, other = invited(cast), invited(cast), invited(cast, email="b@x.example")
    with pytest.raises(NotHere):
        queries.invitation(first, at=LATER)
    assert all(queries.invitation(one, at=LATER) for one in (second, other))


def test_an_address_that_signs_in_is_not_invited_again(cast: Cast) -> None:
    for member in (cast.mira, cast.stranger):
        with pytest.raises(actions.CannotInvite):
            invited(cast, email=member.account.email)


def test_only_an_owner_invites(cast: Cast) -> None:
    for name in ("mira", "sam", "bill", "audrey", "jo"):
        with pytest.raises(NotHere):
            actions.invite("Nia", "n@x.example", ["owner"], by=cast.visitor(name), at=NOW)
        with pytest.raises(NotHere):
            queries.invitations(cast.visitor(name), at=NOW)


@pytest.mark.parametrize("name", ["mira", "sam", "bill", "audrey", "jo"])
def test_only_an_owner_changes_who_works_here(cast: Cast, name: str) -> None:
    invited(cast)
    waiting = Invitation.objects.get()
    who: Any = {"by": cast.visitor(name), "at": NOW}
    changes: list[Callable[[], object]] = [
        lambda: actions.set_roles(cast.tom.id, ["owner"], **who),
        lambda: actions.end_membership(cast.tom.id, **who),
        lambda: actions.withdraw(waiting.id, **who),
    ]
    for change in changes:
        with pytest.raises(NotHere):
            change()
    tom = Member.objects.get(pk=cast.tom.pk)
    assert (tom.roles, tom.left_at) == (["therapist"], None)
    assert queries.invitations(cast.visitor("olive"), at=NOW) == [waiting]


def test_an_invitation_needs_a_known_role(cast: Cast) -> None:
    with pytest.raises(actions.CannotChoose):
        invited(cast, roles=["wizard", "nobody"])


def test_an_invitation_elsewhere_cannot_be_withdrawn(cast: Cast) -> None:
    with pytest.raises(NotHere):
        actions.withdraw(nobodys_id(), by=cast.visitor("olive"), at=NOW)


def test_whoever_left_comes_back_as_who_they_were(cast: Cast) -> None:
    actions.end_membership(cast.mira.id, by=cast.visitor("olive"), at=NOW)
    token = invited(cast, email=cast.mira.account.email)
    assert actions.accept(token, "Mira Osei", GOOD, at=LATER).id == cast.mira.id
    cast.mira.account.refresh_from_db()
    assert cast.mira.account.is_active


def test_whoever_left_another_practice_is_not_invited_with_that_address(cast: Cast) -> None:
    cast.stranger.left_at = NOW
    cast.stranger.save()
    with pytest.raises(actions.CannotInvite):
        invited(cast, email=cast.stranger.account.email)


def test_an_owner_elsewhere_is_no_other_owner(cast: Cast) -> None:
    cast.stranger.roles = ["owner"]
    cast.stranger.save()
    by = cast.visitor("olive")
    with pytest.raises(actions.LastOwner):
        actions.end_membership(cast.olive.id, by=by, at=NOW)
    with pytest.raises(actions.LastOwner):
        actions.set_roles(cast.olive.id, ["therapist"], by=by, at=NOW)


@pytest.mark.urls("tests.practice.addresses")
def test_access_ends_in_every_browser_at_once(cast: Cast) -> None:
    client = signs_in(cast.mira)
    key = client.session.session_key
    actions.end_membership(cast.mira.id, by=cast.visitor("olive"), at=NOW)
    assert not UserSession.objects.filter(user=cast.mira.account).exists()
    assert not Session.objects.filter(pk=key).exists()
    assert client.get("/my/").status_code == 302
    assert signs_in(cast.mira).get("/my/").status_code == 302


def test_the_last_owner_stays(cast: Cast) -> None:
    owner = cast.visitor("olive")
    with pytest.raises(actions.LastOwner):
        actions.end_membership(cast.olive.id, by=owner, at=NOW)
    with pytest.raises(actions.LastOwner):
        actions.set_roles(cast.olive.id, ["therapist"], by=owner, at=NOW)
    actions.set_roles(cast.mira.id, ["therapist", "owner"], by=owner, at=NOW)
    actions.end_membership(cast.olive.id, by=owner, at=NOW)
    assert cast.olive.id not in [one.id for one in queries.members(cast.visitor("mira"))]


def test_roles_change_for_colleagues_alone(cast: Cast) -> None:
    with pytest.raises(NotHere):
        actions.set_roles(cast.stranger.id, ["owner"], by=cast.visitor("olive"), at=NOW)
    actions.set_roles(cast.tom.id, ["reception"], by=cast.visitor("olive"), at=NOW)
    assert Member.objects.get(pk=cast.tom.pk).roles == ["reception"]


def test_an_account_without_a_member_is_nobody(cast: Cast) -> None:
    actions.end_membership(cast.tom.id, by=cast.visitor("olive"), at=NOW)
    member = queries.behind(cast.tom.account_id)
    assert queries.signed_in(member, narrowed_to=None, lacks_second_factor=False) is None


def test_faults_of_a_password_are_said_in_sentences() -> None:
    assert queries.password_faults("short", "a@b.example")
    assert queries.password_faults(GOOD, "a@b.example") == []


def test_an_account_is_found_whatever_the_case_of_its_address(cast: Cast) -> None:
    found = Account.objects.get_by_natural_key(cast.mira.account.email.upper())
    assert found == cast.mira.account
    assert found.get_full_name() == cast.mira.account.email
