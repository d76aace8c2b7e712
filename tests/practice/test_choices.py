"""What a practice chooses, where it is, and what one says of oneself."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.visitor import nobody
from holdspace.frame.practice import actions, queries, rules
from holdspace.frame.practice.actions.choices import IN_CHOICES
from holdspace.frame.practice.models import Member, Practice, Site
from tests.cast import NOW, Cast, nobodys_id
from tests.practice.canary import CANARY

FOUNDING: dict[str, Any] = {
    "name": "Willow Rooms", "owner_name": "Wren Ito", "email": "wren@willow.example",
    "password": "four words in a row", "language": "de", "voice": "systemic",
    "time_zone": "Europe/Berlin", "currency": "EUR", "country": "DE",
    "crisis_help": [("DE", "0800 1110111", "Telefonseelsorge")],
}  # fmt: skip
CHOICES: dict[str, Any] = {
    "name": "Linden", "language": "es", "voice": "play", "time_zone": "Europe/Madrid",
    "currency": "EUR", "country": "ES", "session_minutes": 45, "tells_of_safety": True,
    "reminds_clients": True,
    "cancellation_hours": 48, "service": "", "stance": "facilitative", "note_format": "soap",
}  # fmt: skip


@pytest.mark.usefixtures("house")
def test_a_practice_is_founded_with_its_owner() -> None:
    owner = actions.found_practice(**FOUNDING, at=NOW)
    by = queries.visitor_of(Member.objects.get(pk=owner.pk))
    assert queries.practice_of(by).name == "Willow Rooms"
    assert by.roles == rules.roles_from(["owner", "therapist"])
    assert queries.crisis_help(by) == [
        rules.CrisisHelp("DE", "0800 1110111", "Telefonseelsorge", owner.id, NOW.date())
    ]


@pytest.mark.usefixtures("house")
def test_a_founder_may_be_owner_alone() -> None:
    owner = actions.found_practice(**FOUNDING, roles=["owner"], at=NOW)
    assert owner.roles == ["owner"]


@pytest.mark.parametrize(
    "wrong",
    [{"voice": "loud"}, {"time_zone": "Europe/Nowhere"}, {"currency": "eur"}, {"country": "D"}],
)
@pytest.mark.usefixtures("house")
def test_a_practice_is_not_founded_on_choices_that_are_none(wrong: dict[str, str]) -> None:
    with pytest.raises(actions.CannotChoose):
        actions.found_practice(**{**FOUNDING, **wrong}, at=NOW)
    assert not Practice.objects.exists()


def test_an_owner_configures_the_practice(cast: Cast) -> None:
    owner = cast.visitor("olive")
    assert not queries.tells_of_safety(owner)
    actions.configure(actions.Choices(**CHOICES), by=owner, at=NOW)
    stored = queries.practice_of(owner)
    assert {name: getattr(stored, name) for name in CHOICES if hasattr(stored, name)} == {
        name: value for name, value in CHOICES.items() if name not in IN_CHOICES
    }
    assert queries.tells_of_safety(owner)
    assert queries.reminds_clients(owner)


def test_nobody_else_does(cast: Cast) -> None:
    for name in ("mira", "sam", "audrey"):
        with pytest.raises(NotHere):
            actions.configure(actions.Choices(**CHOICES), by=cast.visitor(name), at=NOW)
    with pytest.raises(NotHere):
        queries.practice_of(nobody())


@pytest.mark.parametrize("name", ["mira", "sam", "bill", "audrey", "jo"])
def test_only_an_owner_says_where_the_practice_is_and_what_helps_in_a_crisis(
    cast: Cast, name: str
) -> None:
    who: Any = {"by": cast.visitor(name), "at": NOW}
    for change in (
        lambda: actions.confirm_crisis_help("GB", "116 123", "Samaritans", **who),
        lambda: actions.withdraw_crisis_help("GB", "116 123", **who),
        lambda: actions.add_site("Annex", "1 Mill Lane", **who),
        lambda: actions.add_room(cast.room.site_id, "Attic", **who),
        lambda: actions.close_room(cast.room.id, **who),
    ):
        with pytest.raises(NotHere):
            change()
    assert [one.name for one in queries.rooms(cast.visitor("olive"))] == ["Room 2"]
    assert queries.crisis_help(cast.visitor("olive")) == []


@pytest.mark.parametrize(
    "wrong",
    [{"session_minutes": 1}, {"cancellation_hours": -1}, {"cancellation_hours": 400},
     {"service": "advice"}, {"stance": "upright"}, {"note_format": ""}],
)  # fmt: skip
def test_what_cannot_be_is_no_choice(cast: Cast, wrong: dict[str, Any]) -> None:
    choices = actions.Choices(**{**CHOICES, **wrong})
    with pytest.raises(actions.CannotChoose):
        actions.configure(choices, by=cast.visitor("olive"), at=NOW)


def test_crisis_help_is_confirmed_renewed_and_withdrawn(cast: Cast) -> None:
    owner = cast.visitor("olive")
    actions.confirm_crisis_help("GB", "116 123", "Samaritans", by=owner, at=NOW)
    later = NOW + timedelta(days=90)
    actions.confirm_crisis_help("GB", "116 123", "Samaritans, free", by=owner, at=later)
    (found,) = queries.crisis_help(cast.visitor("mira"))
    assert (found.words, found.verified_on) == ("Samaritans, free", later.date())
    actions.withdraw_crisis_help("GB", "116 123", by=owner, at=later)
    assert queries.crisis_help(owner) == []


def test_crisis_help_belongs_to_a_country(cast: Cast) -> None:
    with pytest.raises(actions.CannotChoose):
        actions.confirm_crisis_help("here", "1", "w", by=cast.visitor("olive"), at=NOW)


def test_a_number_that_nobody_verified_is_no_help() -> None:
    checked = rules.CrisisHelp("GB", "116 123", "Samaritans", uuid4(), date(2026, 3, 2))
    stored = rules.help_as_stored(checked)
    assert rules.help_from([stored, {**stored, "verified_by": ""}]) == [checked]
    assert rules.help_from([{**stored, "verified_on": ""}]) == []


def test_rooms_are_added_to_a_site_and_closed(cast: Cast) -> None:
    owner = cast.visitor("olive")
    site = actions.add_site("Annex", "1 Mill Lane", by=owner, at=NOW)
    room = actions.add_room(site.id, "Attic", by=owner, at=NOW)
    assert [one.name for one in queries.rooms(owner)] == ["Room 2", "Attic"]
    actions.close_room(room.id, by=owner, at=NOW)
    assert [one.name for one in queries.rooms(owner)] == ["Room 2"]
    with pytest.raises(NotHere):
        actions.close_room(room.id, by=owner, at=NOW)


def test_a_room_needs_a_site_of_this_practice(cast: Cast) -> None:
    other = Site.objects.create(practice=cast.stranger.practice, name="Elsewhere")
    for site in (other.id, nobodys_id()):
        with pytest.raises(NotHere):
            actions.add_room(site, "Attic", by=cast.visitor("olive"), at=NOW)


def test_a_member_describes_themselves(cast: Cast) -> None:
    mine = actions.Myself(CANARY, "Psychologist", "de", "analytic")
    actions.describe_myself(mine, by=cast.visitor("mira"), at=NOW)
    stored = Member.objects.get(pk=cast.mira.pk)
    assert (stored.name, stored.language, stored.voice) == (CANARY, "de", "analytic")
    assert CANARY.encode() not in bytes(Member.objects.values_list("name", flat=True)[0])


def test_a_voice_that_is_none_is_refused(cast: Cast) -> None:
    mine = actions.Myself("Mira", "", "", "loud")
    with pytest.raises(actions.CannotChoose):
        actions.describe_myself(mine, by=cast.visitor("mira"), at=NOW)
