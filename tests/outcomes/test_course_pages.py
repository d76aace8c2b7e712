"""The pages of a course, and its line on Today, on the prepare card and in the caseload."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from holdspace.frame.therapy.models import Frame, Therapy
from holdspace.front.desk import caseloads
from holdspace.front.desk.caseloads import Look, Order, look
from holdspace.hour.encounters.models import Session
from holdspace.office.outcomes import actions
from holdspace.office.outcomes.actions import Considered, Happened
from holdspace.office.outcomes.models import Consideration, LifeEvent, Switch
from holdspace.office.outcomes.rules import Area, Kind
from tests.access.cells import Cells
from tests.access.examples import signed_in, turned_to_the_client
from tests.cast import NOW, TODAY, Cast, a_participant, a_person, a_session, a_therapy
from tests.outcomes.answering import WEEK, a_course, answered, left
from tests.outcomes.test_raising import expects


@pytest.fixture(autouse=True)
def _at_ten(settings: LazySettings, time_machine: Any) -> None:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def mira(cast: Cast) -> Client:
    made: Callable[..., Client] = signed_in("mira")
    return made(cast, None)


def words(client: Client, name: str, *ids: object, **asked: str) -> str:
    answer = client.get(reverse(name, args=ids), asked)
    assert answer.status_code == 200
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return html.unescape(re.sub(r"\s+", " ", plain)).replace(" ,", ",")


def course(client: Client, cast: Cast) -> str:
    return words(client, "therapy_course", cast.amara.id)


def test_a_course_says_what_it_shows_and_why(cast: Cast, mira: Client) -> None:
    expects(cast, 16, -3)
    a_course(cast, 14, 15, 18, 21)
    shown = course(mira, cast)
    for said in (
        "PHQ-9: 21 of 27, from 14 at the start.",
        "PHQ-9 was 14 at first and is 21 now: more than chance explains. Lower is better.",
        "Of 100 clients who began with 14, 90 would have",
        "Worked out from 120 courses in this practice, as of 2 Mar 2026",
        "Shaded: where 80 of 100 would be who began with 14",
        "Cut-off at 10 by the published cut-off.",
        "by criterion c of Jacobson and Truax",
        "It judges nobody",
    ):
        assert said in shown


def test_every_score_stands_with_its_facts(cast: Cast, mira: Client) -> None:
    a_course(cast, 14, None, 9)
    shown = course(mira, cast)
    assert re.search(r"2 Mar 2026 3 9 mild on a screen, 9 of 9 1 · phq9-", shown)
    assert re.search(r"23 Feb 2026 2 – ", shown)


def test_paper_and_prorating_are_said(cast: Cast, mira: Client) -> None:
    row = answered(cast.participant(), 9, NOW)
    type(row).objects.filter(pk=row.pk).update(answered_by="paper", prorated=True, answered=8)
    assert "on paper, 8 of 9, prorated" in course(mira, cast)


def test_the_chance_until_the_last_session_agreed_is_said(cast: Cast, mira: Client) -> None:
    expects(cast, 16, -3)
    Frame.objects.filter(therapy=cast.amara).update(sessions_agreed=12)
    a_course(cast, 16, 14, 12)
    assert re.search(
        r"Of 100 clients with these scores so far, about \d+ would", course(mira, cast)
    )
    Frame.objects.filter(therapy=cast.amara).update(sessions_agreed=3)
    assert "with these scores so far" not in course(mira, cast)


@pytest.mark.parametrize(
    ("totals", "said"),
    [((24, 24, 24, 24), "fewer than 5"), ((20, 6, 4, 3), "more than 95"), ((8, 8), None)],
)
def test_near_the_ends_no_number_is_made_up(
    cast: Cast, mira: Client, totals: tuple[float, ...], said: str | None
) -> None:
    expects(cast, 16, -3)
    Frame.objects.filter(therapy=cast.amara).update(sessions_agreed=5)
    a_course(cast, *totals)
    shown = course(mira, cast)
    assert ("with these scores so far" in shown) is (said is not None)
    assert said is None or f"so far, {said} would" in shown


def test_where_higher_is_better_the_sentences_are_turned(cast: Cast, mira: Client) -> None:
    expects(cast, 60, 5, "rand36_ewb")
    a_course(cast, 60, 55, 30, instrument="rand36_ewb")
    shown = course(mira, cast)
    assert "or more at session 3" in shown
    assert "Higher is better." in shown


def test_every_kind_of_signal_has_its_sentence(cast: Cast, mira: Client) -> None:
    Cells.about(cast)
    Switch.objects.all().delete()
    a_course(cast, 9, 9, 9, 9, 8, instrument="session_rating")
    assert "an answer about safety came in" in course(mira, cast)
    answered(cast.participant(), 4, NOW, "session_rating")
    assert "more than two standard deviations" in course(mira, cast)
    answered(cast.participant(), 9, NOW, "session_rating")
    assert "Session rating had fallen to 4 and came back to 9." in course(mira, cast)


def test_a_smaller_fall_says_that_it_is_one(cast: Cast, mira: Client) -> None:
    a_course(cast, 9, 9, 9, 9, 7.5, instrument="session_rating")
    shown = course(mira, cast)
    assert "more than one standard deviation (1.2), fewer than two" in shown
    assert "a standard deviation of 12 hundredths of the scale is assumed" in shown
    assert "The figures were not checked at their source." in shown


def test_what_was_learned_of_ratings_says_from_how_many(cast: Cast, mira: Client) -> None:
    made = expects(cast, 0, 0, "session_rating")
    type(made).objects.filter(pk=made.pk).update(fit={"within": 0.5, "between": 0.5})
    a_course(cast, 9, 9, 9, 9, 7.5, instrument="session_rating")
    assert "Worked out from 120 courses in this practice" in course(mira, cast)


def test_a_rule_that_was_not_checked_says_so(cast: Cast, mira: Client) -> None:
    a_course(cast, 20, 60, instrument="rand36_ewb")
    assert "(both from memory). The figures were not checked" in course(mira, cast)


def test_better_and_past_the_cut_off_is_said(cast: Cast, mira: Client) -> None:
    a_course(cast, 18, 8)
    shown = course(mira, cast)
    assert "past the cut-off at 10" in shown
    assert "Why this is here" in shown


def test_no_change_and_silence_are_said(cast: Cast, mira: Client) -> None:
    expects(cast, 16, -4)
    a_course(cast, 16, 16, 15, 15, 15, 14)
    for weeks in (6, 4):
        left(cast.participant(), NOW - weeks * WEEK, "gad7")
    shown = course(mira, cast)
    assert "half of those who began with the same score had by session" in shown
    assert "GAD-7 was given two times since the last answer, and not answered." in shown


def test_each_participant_has_a_chart_of_their_own(cast: Cast, mira: Client) -> None:
    a_course(cast, 20, 10)
    mother = a_participant(cast.amara, a_person(cast.practice, "Wanja Kamau"), "parent")
    answered(mother, 4, NOW)
    actions.consider(mother.id, Considered([Area.LIFE]), by=cast.visitor("mira"), at=NOW)
    page = mira.get(reverse("therapy_course", args=[cast.amara.id])).content.decode()
    charts = re.findall(r'<svg class="course"[^>]*aria-label="([^"]*)"', page)
    assert [chart.split(".")[0] for chart in charts] == [
        "PHQ-9: 10 of 27, from 20 at the start", "PHQ-9: 4 of 27, answered once so far",
    ]  # fmt: skip
    assert "Wanja Kamau" in page


def test_a_therapy_without_answers_says_so(cast: Cast, mira: Client) -> None:
    assert "Nothing was answered yet." in course(mira, cast)


# ------------------------------------------------------------------ what is done there


def test_a_life_event_stands_on_the_chart_by_its_number(cast: Cast, mira: Client) -> None:
    a_course(cast, 14, 12, 11)
    to = reverse("event_add", args=[cast.amara.id])
    on = (TODAY - timedelta(days=10)).isoformat()
    said = {"on": on, "words": "Moved house", "participant": str(cast.participant().id)}
    assert mira.post(to, said).status_code == 302
    page = mira.get(reverse("therapy_course", args=[cast.amara.id])).content.decode()
    assert 'class="mark"' in page
    assert "Moved house" in page
    assert "Amara Kamau" in page
    mira.post(reverse("event_void", args=[LifeEvent.objects.get().id]))
    assert "Moved house" not in course(mira, cast)


def test_an_event_of_another_is_not_on_this_ones_chart(cast: Cast, mira: Client) -> None:
    a_course(cast, 14, 12)
    mother = a_participant(cast.amara, a_person(cast.practice, "Wanja Kamau"), "parent")
    said = Happened(TODAY, "New job", mother.id)
    actions.note_event(cast.amara.id, said, by=cast.visitor("mira"), at=NOW)
    page = mira.get(reverse("therapy_course", args=[cast.amara.id])).content.decode()
    assert 'class="mark"' not in page


@pytest.mark.parametrize(
    "wrong", [{"on": "2026-03-09"}, {"on": ""}, {"words": " "}, {"participant": "made up"}]
)
def test_what_cannot_be_an_event_is_asked_for_again(
    cast: Cast, mira: Client, wrong: dict[str, str]
) -> None:
    said = {"on": "2026-03-01", "words": "Moved house", **wrong}
    answer = mira.post(reverse("event_add", args=[cast.amara.id]), said)
    assert answer.status_code == 422
    assert (
        "Please look at this again" in answer.content.decode() or "error" in answer.content.decode()
    )
    assert not LifeEvent.objects.exists()


def test_what_was_considered_is_shown_and_quietens_the_signal(cast: Cast, mira: Client) -> None:
    newest = a_course(cast, 8, 19)
    to = reverse("consider", args=[cast.participant().id])
    page = mira.get(to).content.decode()
    assert f'value="reliably worse:{newest}"' in page
    said = {
        "marks": [f"reliably worse:{newest}"], "areas": ["alliance"], "decided": "Ask her.",
        "to_supervision": "on",
    }  # fmt: skip
    assert mira.post(to, said).headers["location"] == reverse(
        "therapy_course", args=[cast.amara.id]
    )
    shown = course(mira, cast)
    for words_ in (
        "Considered on 2 Mar 2026",
        "Taken to supervision",
        "Ask her.",
        "What is between you",
    ):
        assert words_ in shown
    assert "more than chance explains" not in words(mira, "caseload")


def test_nothing_considered_is_asked_for_again(cast: Cast, mira: Client) -> None:
    answer = mira.post(reverse("consider", args=[cast.participant().id]), {"decided": " "})
    assert answer.status_code == 422
    assert "Say what you considered, or what you decided." in answer.content.decode()
    assert "Nothing stands that asks for it." in answer.content.decode()
    assert not Consideration.objects.exists()


def test_good_news_asks_nobody_to_consider_anything(cast: Cast, mira: Client) -> None:
    a_course(cast, 20, 10)
    assert "more than chance" not in words(mira, "consider", cast.participant().id)


def test_a_switch_is_put_off_and_on(cast: Cast, mira: Client) -> None:
    a_course(cast, 8, 19)
    to = reverse("therapy_signals", args=[cast.amara.id])
    assert mira.post(to, {"kind": "change", "to": "off"}).status_code == 302
    shown = course(mira, cast)
    assert "Off since 2 Mar 2026, Mira Osei" in shown
    assert "more than chance explains" not in shown
    mira.post(to, {"kind": "change", "to": "on"})
    assert "more than chance explains" in course(mira, cast)
    mira.post(to, {"kind": "made up", "to": "off"})
    assert Switch.objects.filter(on_at=None).count() == 0


def test_the_owner_sees_what_is_derived_and_no_answers(cast: Cast, mira: Client) -> None:
    a_course(cast, 8, 19)
    olive = signed_in("olive")(cast, Cells.about(cast))
    assert "PHQ-9 reference A stated reference, not this" in words(olive, "practice_signals")
    expects(cast, 16, -3)
    shown = words(olive, "practice_signals")
    assert "PHQ-9 our own Worked out from 120 courses" in shown
    assert "Amara" not in shown
    to = reverse("practice_signals")
    olive.post(to, {"kind": "change", "to": "off"})
    assert "Off since 2 Mar 2026, Olive Grant" in words(olive, "practice_signals")
    assert "Off in the whole practice" in course(mira, cast)


def test_what_signals_are_for_is_said_to_anybody(cast: Cast) -> None:  # noqa: ARG001
    assert "not a device for diagnosis" in words(Client(), "purpose")


# ------------------------------------------------------------------ where it stands elsewhere


def test_today_and_the_card_show_the_most_important_in_one_line(cast: Cast, mira: Client) -> None:
    expects(cast, 12, -3)
    a_course(cast, 8, 12, 19)
    Session.objects.filter(pk=cast.session.pk).update(state="planned")
    for shown in (words(mira, "today"), words(mira, "prepare", cast.session.id)):
        assert shown.count("PHQ-9 was 8 at first and is 19 now") == 1
        assert "Of 100 clients" not in shown


def test_the_shared_screen_shows_no_signal(cast: Cast) -> None:
    a_course(cast, 8, 19)
    screen = turned_to_the_client(cast, Cells.about(cast))
    assert "Reliably worse" not in words(screen, "shared")
    for name, args in (("therapy_course", [cast.amara.id]), ("consider", [cast.participant().id])):
        assert screen.get(reverse(name, args=args)).status_code == 404


# ------------------------------------------------------------------ the caseload


def three_courses(cast: Cast) -> dict[str, Therapy]:
    """Amara is worse, Bela better, Cleo was asked twice and did not answer; Dan has nothing."""
    found = {"Amara K.": cast.amara}
    a_course(cast, 8, 19)
    for name in ("Bela", "Cleo", "Dan"):
        found[name] = a_therapy(cast.mira, name, f"{name} Somebody")
    places = {
        title: a_participant(one, a_person(cast.practice, f"Other {title}"))
        for title, one in found.items()
    }
    for week, total in ((2, 20), (1, 8)):
        answered(places["Bela"], total, NOW - week * WEEK)
        left(places["Cleo"], NOW - (week + 3) * WEEK)
    a_session(found["Dan"], NOW - WEEK, state="held")
    a_session(found["Dan"], NOW + WEEK)
    return found


def titles(cast: Cast, wanted: Look) -> list[str]:
    found = caseloads.caseload(cast.visitor("mira"), at=NOW, wanted=wanted)
    return [row.therapy.title for row in found.rows]


def test_who_needs_attention_comes_first(cast: Cast) -> None:
    three_courses(cast)
    assert titles(cast, Look())[:2] == ["Amara K.", "Cleo"]
    assert titles(cast, Look(order=Order.NAME)) == [
        "Amara K.", "Bela", "Cleo", "Dan", "The Reyes family",
    ]  # fmt: skip
    assert titles(cast, Look(order=Order.LAST))[:2] == ["Amara K.", "Dan"]
    assert titles(cast, Look(order=Order.NEXT))[0] == "Dan"


def test_open_safety_comes_before_everything(cast: Cast) -> None:
    Cells.about(cast)
    Switch.objects.all().delete()
    three_courses(cast)
    found = caseloads.caseload(cast.visitor("mira"), at=NOW)
    assert found.rows[0].therapy == cast.amara
    assert found.counts == {Kind.SAFETY: 1, Kind.CHANGE: 1, Kind.EXPECTED: 1, Kind.MISSING: 1}


def test_one_kind_of_signal_is_picked_out(cast: Cast, mira: Client) -> None:
    three_courses(cast)
    assert titles(cast, Look(kind=Kind.MISSING)) == ["Cleo"]
    assert titles(cast, Look(kind=Kind.ALLIANCE)) == []
    shown = words(mira, "caseload", signal="missing answers")
    assert "Cleo" in shown
    assert "Amara K." not in shown
    assert "Nobody has a signal of this kind now." in words(mira, "caseload", signal="alliance")


def test_a_long_caseload_has_pages(cast: Cast, mira: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(caseloads, "ON_A_PAGE", 2)
    three_courses(cast)
    assert "Page 1 of 3" in words(mira, "caseload", sort="name")
    assert "Page 2 of 3" in words(mira, "caseload", sort="name", page="2")
    assert titles(cast, Look(order=Order.NAME, page=9)) == ["The Reyes family"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, Look()),
        ({"sort": "name", "signal": "change", "ended": "1", "page": "2"},
         Look(Order.NAME, Kind.CHANGE, with_ended=True, page=2)),
        ({"sort": "made up", "signal": "made up", "ended": "2", "page": "²"}, Look()),
        ({"page": "-1"}, Look()),
    ],
)  # fmt: skip
def test_a_caseload_is_looked_at_as_the_address_says(asked: dict[str, str], found: Look) -> None:
    assert look(asked) == found


def test_a_course_comes_as_a_document_without_its_signals(cast: Cast, mira: Client) -> None:
    expects(cast, 16, -3)
    a_course(cast, 14, 15, 18, 21)
    moved = Happened(TODAY, "He moved out.", cast.participant().id)
    actions.note_event(cast.amara.id, moved, by=cast.visitor("mira"), at=NOW)
    answer = mira.get(reverse("course_pdf", args=[cast.amara.id]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert b"Amara" not in answer["Content-Disposition"].encode()
    assert (
        "report.pdf" in mira.get(reverse("therapy_course", args=[cast.amara.id])).content.decode()
    )
