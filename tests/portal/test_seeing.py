"""What a client sees at the end, in plain words; and faces in place of numbers."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from holdspace.front.portal.faces import faces
from holdspace.front.portal.seeing import sentence
from holdspace.front.portal.words import words
from holdspace.hour.measures import actions, queries
from holdspace.hour.measures.instruments import Direction, load
from holdspace.hour.measures.personal import frames
from holdspace.hour.measures.rules import Faces, Shows
from tests.cast import NOW, Cast
from tests.measures.given import answer_all, handed, weeks_of
from tests.portal.at_the_phone import Phone

SAY = words("en")


def shows(cast: Cast, what: Shows, who: Faces = Faces.BY_AGE) -> None:
    actions.choose_showing(cast.amara.id, what, who, by=cast.visitor("mira"), at=NOW)


def course(cast: Cast, *totals: int) -> Any:
    therapy = weeks_of(cast, *totals)
    return queries.courses(cast.visitor("mira"), [therapy])[therapy][0]


def at_the_end(phone: Phone) -> str:
    phone.open()
    for number in range(1, 10):
        phone.answer(number, 1)
    phone.client.post("/c/review/")
    text: str = phone.get("checkin_done").content.decode()
    return text


def test_nothing_of_a_score_is_shown_where_nobody_chose(phone: Phone) -> None:
    text = at_the_end(phone)
    assert "What it shows" not in text
    assert "of 27" not in text


def test_a_sentence_is_shown_in_plain_words(phone: Phone, cast: Cast, time_machine: Any) -> None:
    shows(cast, Shows.SENTENCE)
    text = at_the_end(phone)
    assert "Now it is 9; the most there can be is 27. Here, lower is better." in text
    assert '<svg class="course"' not in text
    time_machine.move_to(NOW + timedelta(hours=1), tick=False)
    german = phone.get("checkin_done", language="de")
    assert "Jetzt sind es 9" in phone.client.get(german.url).content.decode()


def test_a_chart_has_the_sentence_as_its_name(phone: Phone, cast: Cast) -> None:
    shows(cast, Shows.CHART)
    answer_all(handed(cast, at=NOW - timedelta(weeks=1)), *[2] * 8, 0, at=NOW - timedelta(weeks=1))
    assert 'aria-label="Now it is 9;' in at_the_end(phone)


def test_one_answer_makes_no_chart(phone: Phone, cast: Cast) -> None:
    shows(cast, Shows.CHART)
    text = at_the_end(phone)
    assert "Now it is 9;" in text
    assert '<svg class="course"' not in text


def test_another_device_sees_no_score(phone: Phone, cast: Cast) -> None:
    shows(cast, Shows.CHART)
    at_the_end(phone)
    phone.client.cookies.clear()
    phone.open()
    assert "What it shows" not in phone.get("checkin_done").content.decode()


@pytest.mark.parametrize(
    ("totals", "said"),
    [
        ((20, 12), "The first time it was 20. Here, lower is better. That is more than chance"),
        ((12, 11), "Here, lower is better. A difference as small as this can be chance."),
        ((12, 12), "The first time it was 12. Here, lower is better."),
    ],
)
def test_a_sentence_says_what_chance_would_make_of_it(
    cast: Cast, totals: tuple[int, ...], said: str
) -> None:
    assert said in sentence(course(cast, *totals), SAY)


def test_by_a_rule_that_nobody_checked_nothing_is_said_of_chance(cast: Cast) -> None:
    found = course(cast, 20, 12)
    unchecked = replace(found.change, rule=replace(found.change.rule, verified=False))
    assert "chance" not in sentence(replace(found, change=unchecked), SAY)
    assert "chance" not in sentence(replace(found, change=replace(unchecked, rule=None)), SAY)


def test_which_way_is_better_is_said(cast: Cast) -> None:
    turned = replace(load("phq9"), direction=Direction.HIGHER_BETTER)
    assert "higher is better" in sentence(replace(course(cast, 9), instrument=turned), SAY)


# ---- faces


def test_faces_stand_evenly_for_the_answers_from_sad_to_glad() -> None:
    rating, problems = load("session_rating"), frames()["own_problems"]
    assert [face.value for face in faces(rating, rating.options, SAY)] == [0, 2, 5, 8, 10]
    found = faces(problems, problems.options, SAY)
    assert [face.value for face in found] == [7, 5, 4, 3, 1]
    assert [found[0].words, found[-1].words] == ["very bad", "very good"]


def test_published_wording_is_never_asked_with_faces() -> None:
    phq9, rating = load("phq9"), load("session_rating")
    assert faces(phq9, phq9.options, SAY) == ()
    assert faces(rating, rating.options[:4], SAY) == ()
    assert faces(rating, [*rating.options, *rating.options], SAY) == ()


def test_a_child_answers_with_a_face(phone: Phone, cast: Cast) -> None:
    rating = Phone(phone.client, handed(cast, "session_rating"))
    rating.open()
    plain = rating.get("checkin_item", rating.row.id, 1).content.decode()
    assert 'class="face"' not in plain
    shows(cast, Shows.NOTHING, Faces.ALWAYS)
    text = rating.get("checkin_item", rating.row.id, 1).content.decode()
    assert text.count('class="face"') == 5
    assert "very good" in text
    assert "in between" in rating.get("checkin_ahead").json()["pages"][0]["html"]
    rating.answer(1, 8)
    assert rating.row.answers == {"heard": 8}
    assert "checked" in rating.get("checkin_item", rating.row.id, 1).content.decode()


def test_an_answer_given_by_a_face_is_looked_over_in_the_words_of_the_face(
    cast: Cast, client: Client, time_machine: Any
) -> None:
    time_machine.move_to(NOW, tick=False)
    shows(cast, Shows.NOTHING, Faces.ALWAYS)
    phone = Phone(client, handed(cast, "session_rating"))
    phone.open()
    for number, value in enumerate((8, 3, 10, 0), start=1):
        phone.answer(number, value)
    text = phone.get("checkin_review").content.decode()
    for said in ("good", "3", "very good", "very bad"):  # no face stands for a three
        assert f'<span lang="en">{said}</span>' in text
