"""A reminder: once, neutral, while something is open, and only where it is safe to write."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.visitor import system
from holdspace.cellar.post.actions import deliver, queue_for_person
from holdspace.cellar.post.models import Outgoing
from holdspace.cellar.post.texts import UnknownText
from holdspace.cli.serving import keep_house, keep_once, safe_address_of
from holdspace.frame.people.models import ContactPoint
from holdspace.frame.practice.models import Practice
from holdspace.frame.therapy import actions as therapies
from holdspace.frame.therapy.safety import Enquiry
from holdspace.hour.measures import actions
from holdspace.hour.measures.models import Giving
from tests.cast import NOW, Cast, nobodys_id
from tests.measures.given import answer_all, handed

AFTER = NOW + timedelta(days=3)


@pytest.fixture
def reminding(cast: Cast) -> Cast:
    practice = Practice.objects.get(pk=cast.practice.id)
    practice.choices = {"reminds_clients": True}
    practice.save()
    return cast


def reminded(cast: Cast, at: Any = AFTER) -> int:
    return actions.remind(by=system(cast.practice.id), at=at)


def a_point(cast: Cast, value: str = "amara@home.example", **more: Any) -> ContactPoint:
    said = {"kind": "email", "safe": "yes", "from_at": NOW, **more}
    person = cast.participant().person
    return ContactPoint.objects.create(practice=cast.practice, person=person, value=value, **said)


def test_a_practice_that_did_not_choose_so_reminds_nobody(cast: Cast) -> None:
    assert handed(cast).remind_at is None
    assert reminded(cast) == 0


def test_one_is_reminded_once(reminding: Cast) -> None:
    giving = handed(reminding)
    assert reminded(reminding, NOW) == 0
    assert [reminded(reminding), reminded(reminding)] == [1, 0]
    [message] = Outgoing.objects.all()
    giving.refresh_from_db()
    assert (giving.reminder, giving.remind_at) == (message.id, None)
    assert (message.person, message.member) == (reminding.participant().person_id, None)


def test_of_what_is_over_or_late_nobody_is_reminded(reminding: Cast) -> None:
    answer_all(handed(reminding), *[1] * 9)
    actions.withdraw(handed(reminding).id, by=reminding.visitor("mira"), at=NOW)
    assert reminded(reminding) == 0
    handed(reminding)
    assert reminded(reminding, AFTER + timedelta(days=1)) == 0
    handed(reminding)
    Giving.objects.exclude(remind_at=None).update(withdrawn_at=NOW)
    assert reminded(reminding) == 0
    assert not Giving.objects.exclude(remind_at=None).exists()


def test_while_something_about_safety_is_open_a_reminder_waits(reminding: Cast) -> None:
    by, said = reminding.visitor("mira"), Enquiry(words={"said": "I would rather not wake up."})
    handed(reminding)
    item = therapies.open_safety(reminding.amara.id, said, by=by, at=NOW)
    assert reminded(reminding) == 0
    therapies.close_safety(item.id, "Talked over twice.", by=by, at=NOW)
    assert reminded(reminding) == 1


def test_only_the_house_itself_reminds_and_each_practice_its_own(reminding: Cast) -> None:
    handed(reminding)
    with pytest.raises(NotHere):
        actions.remind(by=reminding.visitor("mira"), at=AFTER)
    assert actions.remind(by=system(reminding.stranger.practice_id), at=AFTER) == 0


# ---- where it is sent


def test_it_says_nothing_in_somebodys_own_language(reminding: Cast) -> None:
    a_point(reminding)
    handed(reminding, language="de")
    reminded(reminding)
    assert deliver(lambda _: None, at=AFTER, persons=safe_address_of) == 1
    [out] = mail.outbox
    assert out.to == ["amara@home.example"]
    for word in ("PHQ", "Mira", "Linden", "Amara", "Therap"):
        assert word not in f"{out.subject} {out.body}"


@pytest.mark.parametrize(
    "more",
    [{"safe": "no"}, {"safe": "ask"}, {"to_at": NOW}, {"kind": "mobile"}, {"how": "never at home"}],
)
def test_nobody_is_written_to_where_it_is_not_plainly_safe(
    reminding: Cast, more: dict[str, Any]
) -> None:
    a_point(reminding, **more)
    assert safe_address_of(reminding.participant().person_id) is None


def test_the_preferred_of_the_safe_ones_is_taken(reminding: Cast) -> None:
    a_point(reminding)
    a_point(reminding, "amara@work.example", is_preferred=True)
    assert safe_address_of(reminding.participant().person_id) == "amara@work.example"


def test_where_nobody_says_how_a_person_is_reached_nothing_is_sent(reminding: Cast) -> None:
    handed(reminding)
    reminded(reminding)
    assert deliver(lambda _: "mira@linden.example", at=AFTER) == 0


def test_a_person_is_sent_only_our_own_sentences(cast: Cast) -> None:
    person = cast.participant().person_id
    with pytest.raises(UnknownText):
        queue_for_person(
            practice=nobodys_id(), person=person, text_key="PHQ-9", language="en", at=NOW
        )


def test_the_keeper_reminds_and_sends(reminding: Cast, time_machine: Any) -> None:
    a_point(reminding)
    handed(reminding)
    time_machine.move_to(AFTER, tick=False)
    keep_house()
    keep_once()
    assert [out.to for out in mail.outbox] == [["amara@home.example"]]
