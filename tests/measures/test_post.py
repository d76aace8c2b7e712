"""Letters that say nothing."""

from datetime import timedelta

import pytest
from django.core import mail

from holdspace.cellar.post.actions import TRIES, deliver, queue
from holdspace.cellar.post.models import Outgoing
from holdspace.cellar.post.queries import sent
from holdspace.cellar.post.texts import UnknownText
from tests.cast import NOW, nobodys_id


def a_letter() -> Outgoing:
    return queue(practice=nobodys_id(), member=nobodys_id(), text_key="message", at=NOW)


def test_a_letter_says_nothing(house: None) -> None:  # noqa: ARG001
    letter = a_letter()
    assert deliver(lambda _: "mira@linden.example", at=NOW) == 1
    [out] = mail.outbox
    assert (out.subject, out.body) == ("Holdspace", "You have a message in Holdspace.")
    assert sent([letter.id]) == {letter.id: NOW}
    assert deliver(lambda _: "mira@linden.example", at=NOW) == 0


def test_a_letter_that_does_not_go_waits_and_is_given_up(house: None) -> None:  # noqa: ARG001
    a_letter()
    for day in range(TRIES + 2):
        assert deliver(lambda _: None, at=NOW + timedelta(days=day)) == 0
    assert Outgoing.objects.get().failed == TRIES


def test_a_server_that_is_away_is_no_error(house: None, settings: object) -> None:  # noqa: ARG001
    a_letter()
    settings.EMAIL_BACKEND = "tests.measures.away.Away"  # type: ignore[attr-defined]
    assert deliver(lambda _: "mira@linden.example", at=NOW) == 0
    assert Outgoing.objects.get().failed == 1


def test_only_our_own_sentences_are_sent(house: None) -> None:  # noqa: ARG001
    with pytest.raises(UnknownText):
        queue(practice=nobodys_id(), member=nobodys_id(), text_key="depression", at=NOW)
