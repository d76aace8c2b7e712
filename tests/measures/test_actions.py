"""Giving, opening, answering, declining, finishing; flags; paper."""

from datetime import timedelta
from typing import Any

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.ledger.models import Line
from holdspace.frame.therapy.links import hash_of
from holdspace.frame.therapy.models import Therapist
from holdspace.frame.therapy.rules import PIN_TRIES
from holdspace.hour.encounters.rules import Kind
from holdspace.hour.measures import actions, queries
from holdspace.hour.measures.models import Answering, Giving, Rule, SafetyFlag
from holdspace.hour.measures.rules import Moment, State, When
from tests.cast import NOW, TODAY, Cast, a_session, nobodys_id
from tests.measures.given import PHQ9, answer_all, handed, rows

LATER = NOW + timedelta(days=30)


def ruling(cast: Cast, when: When = When.EACH_SESSION, **more: object) -> actions.Ruling:
    standing = {"instrument": "phq9", "from_on": TODAY, **more}
    return actions.Ruling(cast.amara.id, cast.participant().id, when=when, **standing)  # type: ignore[arg-type]


# ---- rules


def test_a_rule_asks_before_each_session(cast: Cast) -> None:
    by = cast.visitor("mira")
    actions.add_rule(ruling(cast), by=by, at=NOW)
    [due] = queries.due(by, cast.session.id)
    assert (due.instrument, due.participant_id) == ("phq9", cast.participant().id)
    assert queries.due(by, cast.session.id, Moment.AFTER) == []


def test_one_instrument_follows_one_rule(cast: Cast) -> None:
    by = cast.visitor("mira")
    rule = actions.add_rule(ruling(cast), by=by, at=NOW)
    with pytest.raises(actions.CannotRule, match="already"):
        actions.add_rule(ruling(cast), by=by, at=NOW)
    actions.end_rule(rule.id, by=by, at=NOW)
    actions.add_rule(ruling(cast), by=by, at=NOW)
    assert Rule.objects.filter(to_on=None).count() == 1


@pytest.mark.parametrize("wrong", [{"instrument": "mmpi"}, {"every": 0}, {"every": 53}])
def test_a_rule_that_cannot_stand_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(actions.CannotRule):
        actions.add_rule(ruling(cast, **wrong), by=cast.visitor("mira"), at=NOW)


def test_a_rule_is_for_who_takes_part(cast: Cast) -> None:
    other = cast.participant("kofi").id
    wrong = actions.Ruling(cast.amara.id, other, "phq9", When.ONCE, TODAY)
    with pytest.raises(NotHere):
        actions.add_rule(wrong, by=cast.visitor("mira"), at=NOW)


def test_a_rule_ends_once_and_only_by_its_own_people(cast: Cast) -> None:
    rule = actions.add_rule(ruling(cast), by=cast.visitor("mira"), at=NOW)
    for stranger in (cast.visitor("tom"), cast.visitor("stranger")):
        with pytest.raises(NotHere):
            actions.end_rule(rule.id, by=stranger, at=NOW)
    ended = actions.end_rule(rule.id, by=cast.visitor("mira"), at=NOW)
    assert ended.to_on == TODAY
    assert actions.end_rule(rule.id, by=cast.visitor("mira"), at=LATER).to_on == TODAY


def test_an_ended_rule_asks_for_nothing_later(cast: Cast) -> None:
    by = cast.visitor("mira")
    rule = actions.add_rule(ruling(cast), by=by, at=NOW)
    actions.end_rule(rule.id, by=by, at=NOW)
    assert queries.due(by, a_session(cast.amara, LATER).id) == []


def test_what_is_due_is_given_once(cast: Cast) -> None:
    by = cast.visitor("mira")
    actions.add_rule(ruling(cast), by=by, at=NOW)
    actions.add_rule(ruling(cast, instrument="gad7"), by=by, at=NOW)
    [giving] = actions.give_what_is_due(cast.session.id, Moment.BEFORE, by=by, at=NOW)
    assert [row.instrument for row in rows(giving)] == ["phq9", "gad7"]
    assert (giving.session_id, giving.language) == (cast.session.id, "en")
    assert actions.give_what_is_due(cast.session.id, Moment.BEFORE, by=by, at=NOW) == []


def test_what_is_due_speaks_the_first_of_somebodys_languages_that_it_can(cast: Cast) -> None:
    by, person = cast.visitor("mira"), cast.participant().person
    person.languages = ["sw", "de-AT", "en"]
    person.save()
    actions.add_rule(ruling(cast), by=by, at=NOW)
    [giving] = actions.give_what_is_due(cast.session.id, Moment.BEFORE, by=by, at=NOW)
    assert giving.language == "de"


def test_sessions_that_were_held_are_counted_and_the_last_one_is_known(cast: Cast) -> None:
    by = cast.visitor("mira")
    actions.add_rule(ruling(cast, When.EVERY_N, every=2), by=by, at=NOW)
    actions.add_rule(ruling(cast, When.AT_START_AND_END, instrument="gad7"), by=by, at=NOW)
    handed(cast, "gad7")
    cast.session.state = "held"
    cast.session.save()
    last = a_session(cast.amara, LATER, kind=Kind.ENDING.value)
    assert [due.instrument for due in queries.due(by, last.id)] == ["gad7"]


def test_what_is_due_is_no_strangers_business(cast: Cast) -> None:
    for session in (cast.session.id, nobodys_id()):
        with pytest.raises(NotHere):
            queries.due(cast.visitor("tom"), session)


# ---- giving


def test_only_the_hash_of_a_token_can_be_looked_up(cast: Cast) -> None:
    giving = handed(cast)
    assert bytes(giving.token_hash) == hash_of(giving.token)
    assert queries.by_token(giving.token, at=NOW).giving == giving
    assert Line.objects.filter(act="gave").count() == 1


@pytest.mark.parametrize(
    ("instruments", "more"),
    [
        (("phq9", "phq9"), {}),
        (("mmpi",), {}),
        (("phq9",), {"pin": "12"}),
        (("phq9",), {"days": 0}),
        (("phq9",), {"days": 91}),
    ],
)
def test_what_cannot_be_given_is_refused(
    cast: Cast, instruments: tuple[str, ...], more: dict[str, Any]
) -> None:
    with pytest.raises(actions.CannotGive):
        handed(cast, *instruments, **more)
    assert not Giving.objects.exists()


def test_giving_nothing_is_refused(cast: Cast) -> None:
    with pytest.raises(actions.CannotGive, match="at least one"):
        actions.give(
            actions.Handing(cast.amara.id, cast.participant().id, ()),
            by=cast.visitor("mira"), at=NOW,
        )  # fmt: skip


def test_a_giving_is_for_a_session_of_the_same_therapy(cast: Cast) -> None:
    elsewhere = a_session(cast.kofi, NOW)
    with pytest.raises(NotHere):
        handed(cast, session=elsewhere.id)


@pytest.mark.parametrize("name", ["tom", "olive", "sam", "bill", "audrey", "stranger"])
def test_only_the_therapist_gives(cast: Cast, name: str) -> None:
    handing = actions.Handing(cast.amara.id, cast.participant().id, ("phq9",))
    with pytest.raises(NotHere):
        actions.give(handing, by=cast.visitor(name), at=NOW)


def test_a_withdrawn_link_opens_nothing(cast: Cast) -> None:
    giving, by = handed(cast), cast.visitor("mira")
    actions.withdraw(giving.id, by=by, at=NOW)
    assert actions.withdraw(giving.id, by=by, at=LATER).withdrawn_at == NOW
    assert rows(giving)[0].state == State.WITHDRAWN.value
    with pytest.raises(NotHere):
        actions.exchange(giving.token, "", "", at=NOW)


def test_a_link_is_taken_back_by_its_own_people_alone(cast: Cast) -> None:
    giving = handed(cast)
    for which, who in ((giving.id, "tom"), (giving.id, "stranger"), (nobodys_id(), "mira")):
        with pytest.raises(NotHere):
            actions.withdraw(which, by=cast.visitor(who), at=NOW)
    assert rows(giving)[0].state == State.WAITING.value


# ---- opening


def test_the_first_device_is_bound_and_known_again(cast: Cast) -> None:
    giving = handed(cast)
    first = actions.exchange(giving.token, "", "", at=NOW)
    again = actions.exchange(giving.token, "", first.device, at=NOW)
    assert first.sees_answers
    assert (again.device, again.sees_answers) == (first.device, True)


def test_another_device_without_a_pin_sees_nothing_earlier(cast: Cast) -> None:
    giving = handed(cast)
    actions.exchange(giving.token, "", "", at=NOW)
    other = actions.exchange(giving.token, "", "not a secret of ours", at=NOW)
    assert not other.sees_answers
    assert other.device != "not a secret of ours"


def test_another_device_with_the_pin_sees(cast: Cast) -> None:
    giving = handed(cast, pin="4711")
    with pytest.raises(actions.PinNeeded) as needed:
        actions.exchange(giving.token, "", "", at=NOW)
    assert not needed.value.was_wrong
    assert actions.exchange(giving.token, "4711", "", at=NOW).sees_answers
    assert actions.exchange(giving.token, "4711", "", at=NOW).sees_answers


def test_wrong_pins_are_counted_and_then_wait(cast: Cast) -> None:
    giving = handed(cast, pin="4711")
    for _ in range(PIN_TRIES):
        with pytest.raises(actions.PinNeeded, match="not right"):
            actions.exchange(giving.token, "0000", "", at=NOW)
    with pytest.raises(actions.TryLater) as later:
        actions.exchange(giving.token, "4711", "", at=NOW)
    assert actions.exchange(giving.token, "4711", "", at=later.value.until).sees_answers
    assert Giving.objects.get().pin_failures == 0
    assert Line.objects.filter(what="wrong pin").count() == PIN_TRIES


def test_an_expired_or_unknown_link_opens_nothing(cast: Cast) -> None:
    giving = handed(cast)
    for token, at in ((giving.token, LATER), ("made up", NOW)):
        with pytest.raises(NotHere):
            actions.exchange(token, "", "", at=at)


def test_who_reads_is_named(cast: Cast) -> None:
    giving = handed(cast)
    assert queries.by_token(giving.token, at=NOW).reader == "Mira Osei"
    Giving.objects.update(given_by=None)
    assert queries.held(giving.id, at=NOW).reader == "Mira Osei"
    Therapist.objects.update(to_on=TODAY)
    assert queries.held(giving.id, at=NOW).reader == "Linden House"


# ---- answering


def test_each_answer_is_saved_at_once(cast: Cast) -> None:
    giving = handed(cast)
    row, by = rows(giving)[0], queries.visitor_by_link(giving)
    assert not actions.answer(row.id, "q1", 2, by=by, at=NOW)
    actions.answer(row.id, "q2", None, by=by, at=NOW)
    saved = Answering.objects.get(pk=row.id)
    assert (saved.state, saved.answered, saved.answers) == ("begun", 1, {"q1": 2, "q2": None})


def test_an_answer_takes_few_questions(cast: Cast, django_assert_max_num_queries: object) -> None:
    giving = handed(cast)
    row, by = rows(giving)[0], queries.visitor_by_link(giving)
    actions.answer(row.id, "q1", 2, by=by, at=NOW)
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        actions.answer(row.id, "q2", 1, by=by, at=NOW)


@pytest.mark.parametrize(("item", "value"), [("q1", 4), ("q1", -1), ("q10", 1)])
def test_what_is_not_offered_is_refused(cast: Cast, item: str, value: int) -> None:
    giving = handed(cast)
    with pytest.raises(actions.NotOffered):
        actions.answer(rows(giving)[0].id, item, value, by=queries.visitor_by_link(giving), at=NOW)


def test_answers_come_by_their_own_link_alone(cast: Cast) -> None:
    giving, other = handed(cast), handed(cast, "gad7")
    row = rows(giving)[0].id
    for by in (queries.visitor_by_link(other), cast.visitor("mira"), cast.visitor("tom")):
        with pytest.raises(NotHere):
            actions.answer(row, "q1", 1, by=by, at=NOW)
    with pytest.raises(NotHere):
        actions.answer(nobodys_id(), "q1", 1, by=queries.visitor_by_link(giving), at=NOW)


def test_nothing_is_answered_when_the_link_is_past(cast: Cast) -> None:
    giving = handed(cast)
    row, by = rows(giving)[0].id, queries.visitor_by_link(giving)
    with pytest.raises(NotHere):
        actions.answer(row, "q1", 1, by=by, at=LATER)
    Giving.objects.update(withdrawn_at=NOW)
    with pytest.raises(NotHere):
        actions.answer(row, "q1", 1, by=by, at=NOW)


def test_a_finished_questionnaire_is_scored_and_closed(cast: Cast) -> None:
    giving = handed(cast)
    row = answer_all(giving, 2, 2, 1, 2, 1, 1, 1, None, 0)
    assert (row.state, row.total, row.answered, row.prorated) == ("finished", 11, 8, True)
    assert (row.threshold_set, row.language) == ("phq9-2026-11", "en")
    with pytest.raises(actions.HandedOver):
        actions.answer(row.id, "q1", 0, by=queries.visitor_by_link(giving), at=NOW)


def test_with_too_few_answers_there_is_no_total(cast: Cast) -> None:
    assert answer_all(handed(cast), 2, 2, 1).total is None


def test_the_language_it_was_asked_in_is_kept(cast: Cast) -> None:
    giving = handed(cast, "session_rating")
    row, by = rows(giving)[0], queries.visitor_by_link(giving)
    actions.answer(row.id, "heard", 9, by=by, at=NOW, language="de")
    assert rows(giving)[0].language == "de"


def test_a_whole_questionnaire_can_be_declined_and_taken_up_again(cast: Cast) -> None:
    giving = handed(cast)
    row, by = rows(giving)[0].id, queries.visitor_by_link(giving)
    actions.answer(row, "q1", 3, by=by, at=NOW)
    actions.decline(row, by=by, at=NOW)
    saved = rows(giving)[0]
    assert (saved.state, saved.answers, saved.answered) == ("declined", {}, 0)
    actions.answer(row, "q1", 1, by=by, at=NOW)
    assert rows(giving)[0].state == "begun"


# ---- paper


def copied(cast: Cast, **more: object) -> actions.Copied:
    sheet = {"instrument": "phq9", "filled_in_at": NOW, "answers": dict.fromkeys(PHQ9, 1), **more}
    return actions.Copied(cast.amara.id, cast.participant().id, **sheet)  # type: ignore[arg-type]


def test_paper_is_scored_like_the_rest_and_flagged(cast: Cast) -> None:
    row = actions.enter_paper(copied(cast), by=cast.visitor("mira"), at=LATER)
    assert (row.total, row.answered_by, row.ended_at) == (9, "paper", NOW)
    assert SafetyFlag.objects.get().answering_id == row.id
    with pytest.raises(NotHere):
        queries.by_token(row.giving.token, at=LATER)


@pytest.mark.parametrize(
    "wrong", [{"instrument": "mmpi"}, {"answers": {"q1": 7}}, {"filled_in_at": LATER}]
)
def test_paper_that_cannot_be_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(actions.NotOffered):
        actions.enter_paper(copied(cast, **wrong), by=cast.visitor("mira"), at=NOW)
    assert not Answering.objects.exists()
