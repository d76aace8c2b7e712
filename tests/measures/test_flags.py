"""Answers that a person must look at."""

from datetime import timedelta

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.post.models import Outgoing
from holdspace.frame.practice.models import Practice
from holdspace.hour.measures import actions, queries
from holdspace.hour.measures.models import SafetyFlag
from tests.cast import NOW, Cast, nobodys_id
from tests.measures.given import answer_all, handed, rows

LATER = NOW + timedelta(days=30)


def flagged(cast: Cast, value: int = 2) -> SafetyFlag:
    giving = handed(cast)
    row, by = rows(giving)[0], queries.visitor_by_link(giving)
    assert actions.answer(row.id, "q9", value, by=by, at=NOW)
    return SafetyFlag.objects.get()


def test_a_flag_is_raised_as_the_answer_comes_in(cast: Cast) -> None:
    flag = flagged(cast)
    assert flag.what["answers"][0]["words"] == "More than half the days"
    assert flag.what["text"].startswith("Thoughts")
    assert queries.open_flags(cast.visitor("mira"), [cast.amara.id]) == [flag]
    assert queries.open_flags(cast.visitor("tom"), [cast.amara.id]) == []


def test_no_flag_without_reason(cast: Cast) -> None:
    answer_all(handed(cast), *[1] * 8, 0)
    assert not SafetyFlag.objects.exists()


def test_finishing_does_not_raise_the_same_flag_twice(cast: Cast) -> None:
    answer_all(handed(cast), *[1] * 9)
    flag = SafetyFlag.objects.get()
    assert len(flag.what["answers"]) == 1


def test_a_changed_answer_is_added_and_asks_to_look_again(cast: Cast) -> None:
    flag = flagged(cast, 1)
    actions.look(flag.id, by=cast.visitor("mira"), at=NOW)
    by = queries.visitor_by_link(flag.answering.giving)
    actions.answer(flag.answering_id, "q9", 3, by=by, at=NOW)
    flag.refresh_from_db()
    assert [said["value"] for said in flag.what["answers"]] == [1, 3]
    assert flag.seen_at is None


def test_what_the_client_saw_is_written_down_once(cast: Cast) -> None:
    flag = flagged(cast)
    by = queries.visitor_by_link(flag.answering.giving)
    actions.show_help(flag.answering_id, "q9", {"numbers": []}, by=by, at=NOW)
    actions.show_help(flag.answering_id, "q9", {"numbers": [1]}, by=by, at=LATER)
    actions.show_help(flag.answering_id, "q8", {"numbers": []}, by=by, at=NOW)
    flag.refresh_from_db()
    assert flag.what["shown"] == {"numbers": [], "at": NOW.isoformat()}


def test_looking_is_written_down_with_the_first_who_looked(cast: Cast) -> None:
    flag, by = flagged(cast), cast.visitor("mira")
    actions.look(flag.id, by=by, at=NOW)
    seen = actions.look(flag.id, by=by, at=LATER)
    assert (seen.seen_at, seen.seen_by_id) == (NOW, cast.mira.id)
    assert queries.open_flags(by, [cast.amara.id]) == []
    assert queries.flags_of(by, cast.amara.id) == [seen]
    with pytest.raises(NotHere):
        actions.look(flag.id, by=cast.visitor("olive"), at=NOW)
    with pytest.raises(NotHere):
        actions.look(nobodys_id(), by=by, at=NOW)


def test_nobody_is_told_unless_the_practice_chose_so(cast: Cast) -> None:
    assert flagged(cast).told == []
    assert not Outgoing.objects.exists()


def test_therapists_are_told_that_something_came(cast: Cast) -> None:
    practice = Practice.objects.get(pk=cast.practice.id)
    practice.choices = {"tells_of_safety": True}
    practice.save()
    told = flagged(cast).told
    message = Outgoing.objects.get()
    assert (message.member, message.text_key) == (cast.mira.id, "message")
    assert [each["message"] for each in told] == [str(message.id)]
