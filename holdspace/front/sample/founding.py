"""The sample practice itself: its members with their sign-ins, its house and rooms."""

from datetime import timedelta
from typing import Final

from django.contrib.auth.hashers import make_password

from holdspace.cellar.vault import keyring
from holdspace.frame.practice.models import Account, Member, Practice, Room, Site
from holdspace.front.sample.days import Hours
from holdspace.front.sample.laying import Laying
from holdspace.front.sample.reading import Entry, Story

PIN: Final = "2468"  # leads back from the shared screen, for everybody in the demo
LANGUAGES: Final[dict[str, str]] = {"en": "en-gb"}
FOUNDED: Final = timedelta(weeks=312)
JOINED_APART: Final = timedelta(weeks=13)


def founded(story: Story, hours: Hours) -> Laying:
    """A practice without rows yet, whose key is in the keyring."""
    said = story.practice
    practice = Practice(
        name=said["name"], language=LANGUAGES[said["language"]],
        voice="counselling", time_zone=said["time_zone"], currency=said["currency"],
        country=said["country"], choices={"crisis_help": said["crisis_contacts"]},
        founded_at=hours.at - FOUNDED,
    )  # fmt: skip
    keyring.new_practice(practice.id, at=hours.at)
    return Laying(story, hours, practice)


def settle(laying: Laying) -> None:
    """Write down the practice, those who work there, and where."""
    laying.practice.save()
    for number, (key, said) in enumerate(laying.story.members.items()):
        laying.members[key] = _member(laying, said, number)
    for said in laying.story.practice["sites"]:
        _site(laying, said)


def _member(laying: Laying, said: Entry, number: int) -> Member:
    account = Account.objects.create_user(said["email"], said["password"])
    return Member.objects.create(
        practice=laying.practice, account=account, name=said["name"], profession=said["title"],
        roles=said["roles"], voice=said["voice"], pin_hash=make_password(PIN),
        joined_at=laying.practice.founded_at + JOINED_APART * number,
    )  # fmt: skip


def _site(laying: Laying, said: Entry) -> None:
    address = "\n".join([*said["address"], said["phone"], said["arriving"]])
    site = Site.objects.create(practice=laying.practice, name=said["name"], address=address)
    for room in said["rooms"]:
        laying.rooms[room["key"]] = Room.objects.create(
            practice=laying.practice, site=site, name=room["name"]
        )
