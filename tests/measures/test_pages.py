"""The therapist's pages of measures."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.frame.practice.models import Practice
from holdspace.hour.measures import actions, queries
from holdspace.hour.measures.models import Answering, Giving, Rule, SafetyFlag
from holdspace.hour.measures.personal import Kind
from holdspace.hour.measures.rules import When
from tests.cast import NOW, Cast, nobodys_id
from tests.measures.given import PHQ9, answer_all, handed, rows, weeks_of


@pytest.fixture
def mira(cast: Cast, client: Client, settings: Any, time_machine: Any) -> Client:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOW, tick=False)
    client.force_login(cast.mira.account, "holdspace.frame.practice.sign_in.Accounts")
    return client


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_a_therapy_without_measures_says_so_kindly(cast: Cast, mira: Client) -> None:
    text = page(mira, "therapy_measures", cast.amara.id)
    assert "Nothing was answered yet" in text
    assert "!!!" not in text


def test_a_course_stands_with_its_sentence_source_and_credit(cast: Cast, mira: Client) -> None:
    weeks_of(cast, 20, 14)
    text = page(mira, "therapy_measures", cast.amara.id)
    assert text.count("PHQ-9: 14 of 27, from 20 at the start.") == 2  # said, and the chart's name
    assert "NCT05134103" in text
    assert "Robert L. Spitzer" in text
    assert "!!!" not in text


def test_each_of_a_couple_has_a_chart_of_their_own(cast: Cast, mira: Client) -> None:
    for participant in _participants(cast):
        sheet = actions.Copied(cast.reyes.id, participant, "gad7", NOW, {"q1": 1, "q2": 1})
        actions.enter_paper(sheet, by=cast.visitor("mira"), at=NOW)
    text = page(mira, "therapy_measures", cast.reyes.id)
    assert text.count('<svg class="course"') == 3


def _participants(cast: Cast) -> list[Any]:
    return [p.id for p in type(cast.participant()).objects.filter(therapy=cast.reyes)]


def test_a_link_is_shown_as_a_code_which_on_paper_names_nobody(cast: Cast, mira: Client) -> None:
    giving = handed(cast)
    address = reverse("checkin_link", args=[giving.token])
    text = page(mira, "show_link", giving.id)
    assert text.count('class="qr"') == 1
    assert f"http://testserver{address}" in text
    printed = text.partition("</header>")[2]
    assert "Amara" in text
    assert "Amara" not in printed


def test_a_link_that_is_over_is_not_shown_as_a_code(cast: Cast, mira: Client) -> None:
    giving = handed(cast)
    actions.withdraw(giving.id, by=cast.visitor("mira"), at=NOW)
    answer = mira.get(reverse("show_link", args=[giving.id]), follow=True)
    assert "Nothing of this is open any more" in answer.content.decode()


def test_a_link_is_made_shown_and_withdrawn(cast: Cast, mira: Client) -> None:
    assert "Make the link" in page(mira, "give", cast.amara.id)
    form = {
        "participant": cast.participant().id, "instruments": ["phq9"], "language": "de",
        "session": cast.session.id, "pin": "4711", "days": 3,
    }  # fmt: skip
    mira.post(reverse("give", args=[cast.amara.id]), form)
    giving = Giving.objects.get()
    assert giving.token in page(mira, "therapy_measures", cast.amara.id)
    mira.post(reverse("withdraw_giving", args=[giving.id]))
    assert giving.token not in page(mira, "therapy_measures", cast.amara.id)


@pytest.mark.parametrize("wrong", [{"pin": "12"}, {"instruments": []}, {"days": 900}])
def test_what_cannot_be_given_is_said_and_kept(
    cast: Cast, mira: Client, wrong: dict[str, Any]
) -> None:
    form = {
        "participant": cast.participant().id, "instruments": ["phq9"], "language": "de", "days": 3,
        **wrong,
    }  # fmt: skip
    response = mira.post(reverse("give", args=[cast.amara.id]), form)
    assert response.status_code == 422
    assert 'value="de" selected' in response.content.decode()


def test_rules_are_added_and_ended(cast: Cast, mira: Client) -> None:
    form = {
        "participant": cast.participant().id, "instrument": "gad7", "every": 2,
        "when": "every n sessions", "from_on": "2026-03-02",
    }  # fmt: skip
    add = reverse("rule_add", args=[cast.amara.id])
    assert mira.post(add, form).status_code == 302
    assert mira.post(add, form).status_code == 422
    assert mira.post(add, form | {"from_on": "never"}).status_code == 422
    assert "GAD-7, every 2 sessions" in page(mira, "therapy_measures", cast.amara.id)
    mira.post(reverse("rule_end", args=[Rule.objects.get().id]))
    assert "Nothing is given by itself" in page(mira, "therapy_measures", cast.amara.id)


def test_what_is_due_is_given_from_a_button(cast: Cast, mira: Client) -> None:
    href = reverse("give_due", args=[cast.session.id])
    assert mira.post(href, {"moment": "after"}).status_code == 302
    ruling = actions.Ruling(
        cast.amara.id, cast.participant().id, "phq9",
        When.EACH_SESSION, NOW.date(),
    )  # fmt: skip
    actions.add_rule(ruling, by=cast.visitor("mira"), at=NOW)
    mira.post(href)
    assert Giving.objects.get().session_id == cast.session.id


def test_answers_are_shown_and_what_was_declined_is_not_answered(cast: Cast, mira: Client) -> None:
    row = answer_all(handed(cast), 1, 2, 3, 0, 1, 1, 1, None, 1)
    text = page(mira, "answering", row.id)
    assert "3 · Nearly every day" in text
    assert "not answered" in text
    assert "one answer is missing; prorated" in text
    assert "!!!" not in text


def test_answers_are_shown_when_they_were_handed_over(cast: Cast, mira: Client) -> None:
    row = rows(handed(cast))[0]
    assert "when they have been handed over" in page(mira, "answering", row.id)


def test_a_rating_is_said_to_be_not_validated(cast: Cast, mira: Client) -> None:
    giving = handed(cast, "session_rating")
    row, by = rows(giving)[0], queries.visitor_by_link(giving)
    actions.answer(row.id, "heard", 9, by=by, at=NOW)
    actions.finish(row.id, by=by, at=NOW)
    assert "Not a validated scale" in page(mira, "answering", row.id)
    assert "Not a validated scale" in page(mira, "therapy_measures", cast.amara.id)


def test_a_flag_says_what_was_seen_and_who_was_told(cast: Cast, mira: Client) -> None:
    practice = Practice.objects.get(pk=cast.practice.id)
    practice.choices = {"tells_of_safety": True}
    practice.save()
    answer_all(handed(cast), *[1] * 9)
    flag = SafetyFlag.objects.get()
    assert "nobody has looked" in page(mira, "therapy_measures", cast.amara.id)
    text = page(mira, "flag", flag.id)
    assert "a neutral message is waiting" in text
    assert "Nothing on a screen" in text
    mira.post(reverse("flag_seen", args=[flag.id]))
    assert "Looked at by" in page(mira, "flag", flag.id)


def test_a_flag_shows_what_the_client_was_shown(cast: Cast, mira: Client) -> None:
    row = answer_all(handed(cast), *[1] * 9)
    shown = {"language": "de", "sentences": ["Danke"], "numbers": []}
    actions.show_help(row.id, "q9", shown, by=queries.visitor_by_link(row.giving), at=NOW)
    text = page(mira, "flag", SafetyFlag.objects.get().id)
    assert "Danke" in text
    assert "No number was shown" in text
    assert "No message was sent" in text


def test_paper_is_copied_twice_and_compared(cast: Cast, mira: Client) -> None:
    href = reverse("paper", args=[cast.amara.id, "phq9"])
    assert "Again: 9" in page(mira, "paper", cast.amara.id, "phq9")
    form = {"participant": cast.participant().id, "filled_in_on": "2026-03-02"}
    form |= {f"{copy}_{item}": "1" for copy in ("first", "again") for item in PHQ9}
    assert "copies differ" in mira.post(href, form | {"again_q3": "2"}).content.decode()
    assert "yet to come" in mira.post(href, form | {"filled_in_on": "2026-04-01"}).content.decode()
    mira.post(href, form)
    assert Answering.objects.get().total == 9


def test_what_is_not_answered_on_paper_is_copied_as_that(cast: Cast, mira: Client) -> None:
    shown = page(mira, "paper", cast.amara.id, "phq9")
    assert "not answered" in shown
    assert "(optional)" not in shown
    form = {"participant": cast.participant().id, "filled_in_on": "2026-03-02"}
    form |= {f"{copy}_{item}": "-" for copy in ("first", "again") for item in PHQ9}
    mira.post(
        reverse("paper", args=[cast.amara.id, "phq9"]), form | {"first_q1": "2", "again_q1": "2"}
    )
    row = Answering.objects.get()
    assert (row.answers["q1"], row.answers["q2"], row.answered) == (2, None, 1)


def test_there_is_no_paper_of_an_unknown_questionnaire(cast: Cast, mira: Client) -> None:
    assert mira.get(reverse("paper", args=[cast.amara.id, "mmpi"])).status_code == 404


def test_strangers_find_nothing(cast: Cast, mira: Client) -> None:
    row = answer_all(handed(cast), *[1] * 9)
    flag = SafetyFlag.objects.get().id
    mira.force_login(cast.tom.account, "holdspace.frame.practice.sign_in.Accounts")
    gone = [
        ("therapy_measures", cast.amara.id), ("give", cast.amara.id), ("answering", row.id),
        ("flag", flag), ("answering", nobodys_id()),
    ]  # fmt: skip
    assert {mira.get(reverse(name, args=[pk])).status_code for name, pk in gone} == {404}


def test_what_is_asked_here_is_offered_first_and_the_others_behind_it(
    cast: Cast, mira: Client
) -> None:
    actions.add_rule(
        actions.Ruling(cast.amara.id, cast.participant().id, "pswq", When.ONCE, NOW.date()),
        by=cast.visitor("mira"), at=NOW,
    )  # fmt: skip
    text = page(mira, "give", cast.amara.id)
    first, _, others = text.partition("<summary>Other questionnaires</summary>")
    assert 'value="pswq"' in first
    assert 'value="gad7"' not in first
    assert 'value="gad7"' in others
    form = {"participant": cast.participant().id, "instruments": ["gad7"], "days": "none"}
    again = mira.post(reverse("give", args=[cast.amara.id]), form).content.decode()
    assert re.search(r'<details class="more-choices"\s+open>\s*<summary>Other', again)


def test_each_wording_of_personal_questions_stands_with_its_words(cast: Cast, mira: Client) -> None:
    who, by = cast.participant(), cast.visitor("mira")
    for place, words in enumerate((["Sleep past four"], ["Say no"])):
        at = NOW + timedelta(hours=place)
        goals = actions.Worded(cast.amara.id, who.id, Kind.GOALS, words)
        actions.put_in_words(goals, by=by, at=at)
        giving = handed(cast, "own_goals", at=at)
        row, link = rows(giving)[0], queries.visitor_by_link(giving)
        actions.answer(row.id, "g1", 4, by=link, at=at)
        actions.finish(row.id, by=link, at=at)
    text = page(mira, "therapy_measures", cast.amara.id)
    courses = text.partition("<aside")[0]
    assert courses.index("Sleep past four") < courses.index("wording 2") < courses.index("Say no")
