"""About safety: opened in words, added to, carried, closed with a reason, opened again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.ledger.models import Line
from holdspace.frame.people.rules import CannotBe
from holdspace.frame.therapy import actions, queries
from holdspace.frame.therapy.models import SafetyItem, SafetyStep
from holdspace.frame.therapy.safety import Calming, Channel, Enquiry, Result, Source, Step
from tests.cast import NOW, Cast, nobodys_id
from tests.therapy.conftest import Browser

LATER = NOW + timedelta(days=1)
SAID = {"said": "I would rather not wake up.", "agreed": "Call Tunde tonight."}


def opened(cast: Cast) -> SafetyItem:
    by = cast.visitor("mira")
    return actions.open_safety(cast.amara.id, Enquiry(words=SAID), by=by, at=NOW)


def a_crisis(cast: Cast) -> SafetyItem:
    return actions.begin_crisis(cast.amara.id, by=cast.visitor("mira"), at=NOW)


def entries(cast: Cast, item: SafetyItem) -> list[tuple[str, dict[str, str]]]:
    return [(one.kind, one.words) for one in queries.safety_entries(cast.visitor("mira"), item)]


def test_what_came_up_is_open_until_somebody_closes_it_with_a_reason(cast: Cast) -> None:
    by, item = cast.visitor("mira"), opened(cast)
    assert [one.id for one in queries.open_safety(by, [cast.amara.id])] == [item.id]
    assert queries.with_open_safety(cast.practice.id) == {cast.amara.id}
    closed = actions.close_safety(item.id, "Talked over twice; no longer there.", by=by, at=LATER)
    assert (closed.closed_at, closed.closed_by_id) == (LATER, cast.mira.id)
    assert queries.open_safety(by, [cast.amara.id]) == []
    assert queries.with_open_safety(cast.practice.id) == set()
    acts = Line.objects.filter(what="safety item").values_list("act", flat=True)
    assert set(acts) >= {"opened", "closed"}


def test_what_was_closed_is_opened_again_and_nothing_is_lost(cast: Cast) -> None:
    by, item = cast.visitor("mira"), opened(cast)
    actions.add_to_safety(item.id, {"worry": "He gave his dog away."}, by=by, at=NOW)
    actions.close_safety(item.id, "Better.", by=by, at=LATER)
    actions.reopen_safety(item.id, "It came back.", by=by, at=LATER)
    assert entries(cast, item) == [
        ("enquiry", SAID), ("enquiry", {"worry": "He gave his dog away."}),
        ("closed", {"because": "Better."}), ("reopened", {"because": "It came back."}),
    ]  # fmt: skip


def test_nothing_is_added_to_what_is_closed_nor_closed_twice_nor_opened_twice(cast: Cast) -> None:
    by, item = cast.visitor("mira"), opened(cast)
    with pytest.raises(CannotBe):
        actions.reopen_safety(item.id, "open", by=by, at=NOW)
    actions.close_safety(item.id, "Better.", by=by, at=NOW)
    for again in (
        lambda: actions.add_to_safety(item.id, SAID, by=by, at=NOW),
        lambda: actions.close_safety(item.id, "Better.", by=by, at=NOW),
    ):
        with pytest.raises(CannotBe):
            again()


def test_an_enquiry_says_something_and_a_closing_says_why(cast: Cast) -> None:
    by, item = cast.visitor("mira"), opened(cast)
    with pytest.raises(CannotBe):
        actions.open_safety(cast.amara.id, Enquiry(words={"said": " "}), by=by, at=NOW)
    with pytest.raises(CannotBe):
        actions.close_safety(item.id, " ", by=by, at=NOW)


def test_where_several_take_part_it_is_about_one_of_them_or_all(cast: Cast) -> None:
    by, luz = cast.visitor("mira"), cast.participant("reyes")
    about = Enquiry(words=SAID, participant=luz.id)
    assert actions.open_safety(cast.reyes.id, about, by=by, at=NOW).participant_id == luz.id
    of_all = actions.open_safety(cast.reyes.id, Enquiry(words=SAID), by=by, at=NOW)
    assert of_all.participant_id is None
    assert entries(cast, of_all) == [("enquiry", SAID)]
    stranger = Enquiry(words=SAID, participant=cast.participant().id)
    with pytest.raises(NotHere):
        actions.open_safety(cast.reyes.id, stranger, by=by, at=NOW)


def test_a_step_has_an_owner_who_works_there_and_a_time_to_come(cast: Cast) -> None:
    by, item = cast.visitor("mira"), opened(cast)
    step = actions.set_step(
        item.id, Step(words="Ring the GP", owner=cast.mira.id, due_at=LATER), by=by, at=NOW
    )
    for owner, due_at, refusal in (
        (cast.tom.id, LATER, NotHere), (cast.mira.id, NOW - timedelta(hours=1), CannotBe),
    ):  # fmt: skip
        with pytest.raises(refusal):
            actions.set_step(item.id, Step(words="Ring", owner=owner, due_at=due_at), by=by, at=NOW)
    assert actions.finish_step(step.id, by=by, at=LATER).done_at == LATER
    assert actions.finish_step(step.id, by=by, at=LATER + timedelta(days=1)).done_at == LATER
    with pytest.raises(NotHere):
        actions.finish_step(uuid4(), by=by, at=LATER)


def test_a_crisis_is_written_line_by_line_and_left_with_somebody_who_goes_on(cast: Cast) -> None:
    by, item = cast.visitor("mira"), a_crisis(cast)
    assert actions.begin_crisis(cast.amara.id, by=by, at=LATER).id == item.id
    actions.add_line(item.id, "Asked where she is.", by=by, at=NOW)
    actions.log_contact(item.id, "Tunde", Channel.CALL, Result.NO_ANSWER, by=by, at=NOW)
    with pytest.raises(CannotBe):
        actions.close_safety(item.id, "over", by=by, at=NOW)
    with pytest.raises(CannotBe):
        actions.calm(item.id, Calming(words="Safe at her aunt's."), by=by, at=NOW)
    with pytest.raises(CannotBe):
        actions.calm(item.id, Calming(words="", follow_up_at=NOW - timedelta(1)), by=by, at=NOW)
    calming = Calming(words="Safe.", follow_up_at=LATER, for_supervision=True)
    calmed = actions.calm(item.id, calming, by=by, at=NOW)
    assert (calmed.in_crisis, calmed.for_supervision, calmed.closed_at) == (False, True, None)
    assert SafetyStep.objects.get(item=item).due_at == LATER
    with pytest.raises(CannotBe):
        actions.calm(item.id, calming, by=by, at=NOW)


def test_a_crisis_may_be_handed_over_instead(cast: Cast) -> None:
    by, item = cast.visitor("mira"), a_crisis(cast)
    actions.calm(item.id, Calming(words="", handed_to="the crisis team"), by=by, at=NOW)
    assert entries(cast, item)[-1] == ("calmed", {"words": "", "handed_to": "the crisis team"})
    assert not SafetyStep.objects.filter(item=item).exists()


@pytest.mark.parametrize("who", ["tom", "olive", "sam", "stranger"])
def test_nobody_else_learns_that_there_is_anything(cast: Cast, who: str) -> None:
    item, by = opened(cast), cast.visitor(who)
    assert queries.open_safety(by, [cast.amara.id]) == []
    for ask in (
        lambda: queries.one_safety(by, item.id),
        lambda: queries.safety_of(by, cast.amara.id),
        lambda: actions.open_safety(cast.amara.id, Enquiry(words=SAID), by=by, at=NOW),
        lambda: actions.begin_crisis(cast.amara.id, by=by, at=NOW),
        lambda: actions.add_line(item.id, "a line", by=by, at=NOW),
        lambda: actions.close_safety(item.id, "because", by=by, at=NOW),
    ):
        with pytest.raises(NotHere):
            ask()


def test_what_is_unknown_is_not_here(cast: Cast) -> None:
    for ask in (queries.one_safety, queries.one_step):
        with pytest.raises(NotHere):
            ask(cast.visitor("mira"), nobodys_id())


# ------------------------------------------------------------------ the pages


@pytest.fixture
def mira(browser: Browser) -> Client:
    return browser("mira")


def at(name: str, one: object) -> str:
    return reverse(name, args=[one])


@travel(NOW, tick=False)
def test_it_is_written_from_a_note_and_read_in_the_therapy(known: Cast, mira: Client) -> None:
    new = at("safety_new", known.amara.id)
    told = mira.post(f"{new}?from=note", SAID)
    item = SafetyItem.objects.get()
    assert (told["location"], item.source) == (at("safety_item", item.id), Source.NOTE)
    page = mira.get(told["location"]).content.decode()
    assert "I would rather not wake up." in page
    assert "from a note" in page
    assert (
        at("safety_item", item.id)
        in mira.get(at("therapy_safety", known.amara.id)).content.decode()
    )


@travel(NOW, tick=False)
def test_where_nothing_is_written_the_page_says_so_and_asks_again(
    known: Cast, mira: Client
) -> None:
    empty = mira.get(at("therapy_safety", known.amara.id)).content.decode()
    assert "Nothing is written about safety here." in empty
    answer = mira.post(at("safety_new", known.amara.id), {"said": ""})
    assert answer.status_code == 422
    assert "at least one of these" in answer.content.decode()
    item = opened(known)
    assert mira.post(at("safety_add", item.id), {"said": ""}).status_code == 422


@travel(NOW, tick=False)
def test_a_family_is_asked_about_whom_it_is(known: Cast, mira: Client) -> None:
    assert "About whom" in mira.get(at("safety_new", known.reyes.id)).content.decode()
    assert "About whom" not in mira.get(at("safety_new", known.amara.id)).content.decode()
    luz = known.participant("reyes")
    mira.post(at("safety_new", known.reyes.id), {**SAID, "participant": str(luz.id)})
    assert luz.person.name in mira.get(at("therapy_safety", known.reyes.id)).content.decode()


@travel(NOW, tick=False)
def test_its_steps_its_closing_and_its_opening_again(known: Cast, mira: Client) -> None:
    item = opened(known)
    step = {"step": "Ring the GP", "owner": str(known.mira.id), "due_on": "2026-03-03"}
    past = mira.post(at("safety_step", item.id), {**step, "due_on": "2026-03-01", "due": "09:00"})
    assert "This time is past." in past.content.decode()
    mira.post(at("safety_step", item.id), {**step, "due": "09:00"})
    made = SafetyStep.objects.get()
    listed = mira.get(at("therapy_safety", known.amara.id)).content.decode()
    assert "Ring the GP" in listed
    mira.post(at("safety_step_done", made.id))
    mira.post(at("safety_add", item.id), {"worry": "quiet"})
    mira.post(at("safety_close", item.id), {"because": "Better."})
    assert "Better." in mira.get(at("safety_item", item.id)).content.decode()
    mira.post(at("safety_reopen", item.id), {"because": "It came back."})
    assert SafetyItem.objects.get().closed_at is None


@travel(NOW, tick=False)
def test_an_attempt_to_reach_somebody_is_told_in_words(known: Cast, mira: Client) -> None:
    item, by = a_crisis(known), known.visitor("mira")
    actions.log_contact(item.id, "Tunde", Channel.CALL, Result.NO_ANSWER, by=by, at=NOW)
    page = mira.get(at("safety_item", item.id)).content.decode()
    assert "Tunde" in page
    assert "Call · No answer" in page


@travel(NOW, tick=False)
def test_what_is_open_stands_on_today_on_the_card_and_on_the_form_for_afterwards(
    known: Cast, mira: Client
) -> None:
    item = opened(known)
    for name, args in (
        ("today", []),
        ("prepare", [known.session.id]),
        ("after", [known.session.id]),
    ):
        assert at("safety_item", item.id) in mira.get(reverse(name, args=args)).content.decode()
    elsewhere = actions.open_safety(
        known.reyes.id, Enquiry(words=SAID), by=known.visitor("mira"), at=NOW
    )
    assert at("safety_item", elsewhere.id) in mira.get(reverse("today")).content.decode()


@travel(NOW, tick=False)
def test_a_crisis_is_held_on_one_page(known: Cast, mira: Client) -> None:
    crisis = at("crisis", known.amara.id)
    assert "Add the line" not in mira.get(crisis).content.decode()
    mira.post(crisis, {"do": "line", "line": "too early"})
    mira.post(crisis, {"do": "begin"})
    mira.post(crisis, {"do": "line", "line": "Asked where she is."})
    mira.post(crisis, {"do": "contact", "whom": "Tunde", "channel": "call", "result": "reached"})
    empty = mira.post(crisis, {"do": "calm", "words": "Safe."})
    assert "to whom it was handed over" in empty.content.decode()
    page = mira.get(crisis).content.decode()
    assert "Asked where she is." in page
    assert "too early" not in page
    said = {"do": "calm", "follow_up_at": "2026-03-03", "words": "Safe."}
    assert mira.post(crisis, said)["location"] == crisis
    item = SafetyItem.objects.get()
    assert (item.in_crisis, item.closed_at) == (False, None)
    assert SafetyStep.objects.get().due_at.hour == 18


# ------------------------------------------------------------------ how it ended


@travel(NOW, tick=False)
def test_how_it_ended_is_said_with_the_ending(known: Cast, mira: Client) -> None:
    move = {"to": "ended", "on": "2026-03-02"}
    asked = mira.post(at("therapy_state", known.amara.id), move)
    assert "Please say how it ended." in asked.content.decode()
    mira.post(
        at("therapy_state", known.amara.id),
        {**move, "how": "broken off", "words": "No answer since May."},
    )
    known.amara.refresh_from_db()
    assert (known.amara.ended_how, known.amara.ended_said_by_id) == ("broken off", known.mira.id)
    page = mira.get(at("therapy", known.amara.id)).content.decode()
    assert "They stopped coming, without a goodbye" in page
    assert "No answer since May." in page
    back = mira.get(at("therapy_state", known.amara.id)).content.decode()
    assert "If it ended: how" not in back
    mira.post(at("therapy_state", known.amara.id), {"to": "working", "on": "2026-03-02"})
    known.amara.refresh_from_db()
    assert (known.amara.ended_how, known.amara.ended_words) == ("", None)
