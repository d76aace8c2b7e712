"""Founding a practice, and what its owner chooses for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.table import Role
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice import queries, rules
from holdspace.frame.practice.actions.refusals import CannotChoose
from holdspace.frame.practice.models import Account, Member, Practice


class Founding(TypedDict):
    """What a practice begins with. Crisis help: (country, number, words), as the owner checked."""

    name: str
    owner_name: str
    email: str
    password: str
    language: str
    voice: str
    time_zone: str
    currency: str
    country: str
    crisis_help: Iterable[tuple[str, str, str]]
    roles: NotRequired[Iterable[str]]


@dataclass(frozen=True, slots=True)
class Choices:
    """What an owner chooses for everybody."""

    name: str
    language: str
    voice: str
    time_zone: str
    currency: str
    country: str
    session_minutes: int
    cancellation_hours: int  # before a session: who cancels later, cancels late
    service: str  # what a new therapy begins with; empty where the voice says it
    stance: str
    note_format: str
    tells_of_safety: bool  # a neutral message to the therapist when an answer needs a look
    reminds_clients: bool = False  # once of a questionnaire, neutrally, where it is safe


IN_CHOICES = (
    "cancellation_hours", "service", "stance", "note_format", "tells_of_safety", "reminds_clients",
)  # fmt: skip


def found_practice(*, at: datetime, **given: Unpack[Founding]) -> Member:
    """A practice and its first owner, who works in it too unless `roles` says otherwise."""
    _check_place(given["voice"], given["time_zone"], given["currency"], given["country"])
    practice = Practice(
        name=given["name"], language=given["language"], voice=given["voice"],
        time_zone=given["time_zone"], currency=given["currency"], country=given["country"],
        founded_at=at,
    )  # fmt: skip
    keyring.new_practice(practice.id, at=at)
    roles = list(given.get("roles", (Role.OWNER.value, Role.THERAPIST.value)))
    owner = Member(practice=practice, name=given["owner_name"], roles=roles, joined_at=at)
    practice.choices = {
        "crisis_help": [_verified(practice, owner.id, one, at) for one in given["crisis_help"]]
    }
    with transaction.atomic():
        practice.save()
        owner.account = Account.objects.create_user(given["email"], given["password"])
        owner.save()
        by = queries.visitor_of(owner)
        lines.did(by, "founded", "practice", [practice.id, owner.id], at=at, layer=Layer.ADMIN)
    return owner


def configure(choices: Choices, *, by: Visitor, at: datetime) -> Practice:
    queries.may_configure(by)
    _check_place(choices.voice, choices.time_zone, choices.currency, choices.country)
    shortest, longest = rules.SESSION_MINUTES
    if not shortest <= choices.session_minutes <= longest:
        raise CannotChoose(_("A session lasts from 5 minutes to 4 hours here."))
    if not 0 <= choices.cancellation_hours <= rules.NOTICE_HOURS_AT_MOST:
        raise CannotChoose(_("One cancels in time from 0 to 336 hours before a session."))
    _check_beginning(choices)
    with transaction.atomic():
        practice = queries.locked_practice(by)
        for field in ("name", "language", "voice", "time_zone", "currency", "country"):
            setattr(practice, field, getattr(choices, field))
        practice.session_minutes = choices.session_minutes
        chosen = {name: getattr(choices, name) for name in IN_CHOICES}
        practice.choices = {**practice.choices, **chosen}
        practice.save()
        lines.did(by, "configured", "practice", [practice.id], at=at, layer=Layer.ADMIN)
    return practice


def confirm_crisis_help(
    country: str, number: str, words: str, *, by: Visitor, at: datetime
) -> None:
    """The owner says that they checked this number, today; a client may then be shown it."""
    queries.may_configure(by)
    if not rules.is_country(country):
        raise CannotChoose(_("A country is written as two capital letters, such as GB."))
    with transaction.atomic():
        practice = queries.locked_practice(by)
        others = _without(practice, country, number)
        entry = _verified(practice, by.id, (country, number, words), at)
        practice.choices = {**practice.choices, "crisis_help": [*others, entry]}
        practice.save()
        lines.did(by, "confirmed", "crisis help", [practice.id], at=at, layer=Layer.ADMIN)


def withdraw_crisis_help(country: str, number: str, *, by: Visitor, at: datetime) -> None:
    queries.may_configure(by)
    with transaction.atomic():
        practice = queries.locked_practice(by)
        others = _without(practice, country, number)
        practice.choices = {**practice.choices, "crisis_help": others}
        practice.save()
        lines.did(by, "withdrew", "crisis help", [practice.id], at=at, layer=Layer.ADMIN)


def _check_beginning(choices: Choices) -> None:
    known = (
        ("", *rules.SERVICES), ("", *rules.STANCES), rules.NOTE_FORMATS
    )  # fmt: skip
    said = (choices.service, choices.stance, choices.note_format)
    if any(one not in some for one, some in zip(said, known, strict=True)):
        raise CannotChoose(_("A therapy cannot begin like this."))


def _check_place(voice: str, time_zone: str, currency: str, country: str) -> None:
    if voice not in rules.VOICES:
        raise CannotChoose(_("There is no such voice."))
    if not rules.is_time_zone(time_zone):
        raise CannotChoose(_("There is no time zone of this name."))
    if not rules.is_currency(currency):
        raise CannotChoose(_("A currency is written as three capital letters, such as GBP."))
    if not rules.is_country(country):
        raise CannotChoose(_("A country is written as two capital letters, such as GB."))


def _verified(
    practice: Practice, by: UUID, help_at: tuple[str, str, str], at: datetime
) -> dict[str, str]:
    on = timezone.localdate(at, ZoneInfo(practice.time_zone))
    return rules.help_as_stored(rules.CrisisHelp(*help_at, verified_by=by, verified_on=on))


def _without(practice: Practice, country: str, number: str) -> list[dict[str, str]]:
    kept = practice.choices.get("crisis_help", [])
    return [one for one in kept if (one["country"], one["number"]) != (country, number)]
