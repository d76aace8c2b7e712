"""Laying the sample at odd hours, and twice alike."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from holdspace.front.desk import queries as desk
from holdspace.front.sample.actions import load
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures.models import Answering
from holdspace.hour.notes.models import Note
from tests.sample.conftest import MORNING, visitor

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    "local",
    ["2026-11-23T00:10", "2026-11-28T08:00", "2026-03-29T13:00", "2026-10-25T23:40"],
)
def test_miras_today_is_full_whenever_it_is_laid(house: None, local: str) -> None:  # noqa: ARG001
    at = datetime.fromisoformat(local).replace(tzinfo=LONDON).astimezone(UTC)
    load(at=at)
    day = desk.day(visitor("Mira"), on=at.astimezone(LONDON).date(), zone=LONDON, at=at)
    assert len(day.slots) == 6
    assert [slot.therapy.title for slot in day.slots if slot.is_now] == ["Amara K."]
    assert sum(len(slot.flags) for slot in day.slots) == 1


def laid() -> list[object]:
    """Scores, words and times of the whole sample, laid and taken away again."""
    with transaction.atomic():
        load(at=MORNING)
        scores = list(Answering.objects.order_by("id").values_list("total", flat=True))
        words = [note.content for note in Note.objects.order_by("began_at", "format", "id")]
        times = list(Session.objects.order_by("id").values_list("starts_at", "state"))
        transaction.set_rollback(True)
    return [scores, words, times]


def test_the_same_moment_gives_the_same_scores_words_and_times(house: None) -> None:  # noqa: ARG001
    once, again = laid(), laid()
    assert once[0]
    assert once == again


def test_every_member_can_be_told_how_to_sign_in(house: None) -> None:  # noqa: ARG001
    accounts = load(at=MORNING)
    assert [account.role for account in accounts[:2]] == ["therapist", "owner"]
    assert all(len(account.password) >= 12 for account in accounts)
    assert len({account.email for account in accounts}) == 6
