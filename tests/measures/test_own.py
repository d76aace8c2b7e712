"""Goals and problems in somebody's own words: worded, given, answered, charted by version."""

from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator

from holdspace.cellar.access.gate import NotHere
from holdspace.hour.measures import actions, queries
from holdspace.hour.measures.change import Kind as Changed
from holdspace.hour.measures.instruments import library
from holdspace.hour.measures.models import OwnWords
from holdspace.hour.measures.personal import (
    FOLDER,
    Kind,
    NotWords,
    catalogue,
    checked,
    frames,
    made,
    most,
)
from holdspace.hour.measures.rules import When
from holdspace.hour.measures.scoring import score
from holdspace.hour.measures.wording import wording
from tests.cast import NOW, TODAY, Cast
from tests.measures.given import handed, rows
from tests.measures.test_library import SCHEMA

GOALS = ("Say no without leaving", "Sleep through", "Call my sister")


def worded(cast: Cast, *words: str, kind: Kind = Kind.GOALS, by: str = "mira") -> OwnWords:
    said = actions.Worded(cast.amara.id, cast.participant().id, kind, words or GOALS)
    return actions.put_in_words(said, by=cast.visitor(by), at=NOW)


def rated(cast: Cast, *values: int | None) -> None:
    giving = handed(cast, "own_goals")
    row, by = rows(giving)[0], queries.visitor_by_link(giving)
    for item, value in zip(row.questionnaire.items, values, strict=True):
        actions.answer(row.id, item.id, value, by=by, at=NOW)
    actions.finish(row.id, by=by, at=NOW)


# ---- the frames around the words


@pytest.mark.parametrize("kind", Kind)
def test_a_frame_fits_the_schema_and_claims_no_more_than_it_may(kind: Kind) -> None:
    raw = yaml.safe_load((FOLDER / f"{kind}.yaml").read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(raw)] == []
    frame = frames()[kind]
    assert (frame.id, frame.licence.status, frame.validated) == (kind, "own", False)
    assert frame.reliable_change is not None
    assert not frame.reliable_change.verified
    assert set(frame.languages) == {"en", *frame.translations}


def test_personal_questions_stand_beside_the_library_and_not_in_it() -> None:
    assert set(catalogue()) == {*library(), *map(str, Kind)}
    assert not set(map(str, Kind)) & set(library())


@pytest.mark.parametrize(
    ("kind", "answers", "total", "prorated"),
    [
        (Kind.GOALS, [0, 0, 0], 0, False),
        (Kind.GOALS, [10, 10, 10], 10, False),
        (Kind.GOALS, [4, None, 7], 5.5, True),
        (Kind.GOALS, [4, None, None], None, False),
        (Kind.GOALS, [6], 6, False),
        (Kind.PROBLEMS, [1, 1, 1, 1], 1, False),
        (Kind.PROBLEMS, [7, 7], 7, False),
        (Kind.PROBLEMS, [7, None, 2, None], 4.5, True),
        (Kind.PROBLEMS, [7, None, None, None], None, False),
    ],
)
def test_the_mean_of_what_was_rated_if_half_of_it_was(
    kind: Kind, answers: list[int | None], total: float | None, *, prorated: bool
) -> None:
    found = score(made(kind, [f"number {one}" for one in range(len(answers))], 1), answers)
    assert (found.total, found.prorated) == (total, prorated)


def test_the_words_stand_in_every_language_with_our_lines_around_them() -> None:
    instrument = made("own_goals", GOALS[:2], 3)
    said = wording(instrument, "de-at")
    assert said.stem == "Wie nah ist dieses Ziel heute?"
    assert list(said.texts.values()) == list(GOALS[:2])
    assert said.anchors["g1"].high == "Erreicht"
    assert (instrument.version, len(instrument.items)) == (3, 2)


def test_empty_lines_are_left_out_and_blanks_are_made_single() -> None:
    assert checked(Kind.GOALS, ["", " Sleep   through ", "Sleep through", " "]) == ["Sleep through"]
    assert most(Kind.PROBLEMS) == 10


@pytest.mark.parametrize("words", [[], ["  "], ["a\0"], ["x" * 201], ["a", "b", "c", "d"]])
def test_what_cannot_be_somebodys_goals(words: list[str]) -> None:
    with pytest.raises(NotWords):
        checked(Kind.GOALS, words)


# ---- putting into words


def test_other_words_are_another_version_and_the_same_are_not(cast: Cast) -> None:
    first = worded(cast)
    assert worded(cast) == first
    second = worded(cast, "Sleep through")
    assert (first.version, second.version) == (1, 2)
    held = queries.own_words(cast.visitor("mira"), cast.amara.id)
    assert held == {(cast.participant().id, "own_goals"): second}


def test_a_kind_of_its_own_has_versions_of_its_own(cast: Cast) -> None:
    worded(cast)
    assert worded(cast, "The nights", kind=Kind.PROBLEMS).version == 1


def test_what_cannot_be_words_is_refused(cast: Cast) -> None:
    with pytest.raises(actions.CannotWord, match="one to 3"):
        worded(cast, "a", "b", "c", "d")


def test_words_are_no_strangers_business(cast: Cast) -> None:
    worded(cast)
    for name in ("tom", "olive", "sam", "stranger"):
        with pytest.raises(NotHere):
            worded(cast, by=name)
        with pytest.raises(NotHere):
            queries.own_words(cast.visitor(name), cast.amara.id)


# ---- giving


def test_they_are_given_once_they_are_in_words(cast: Cast) -> None:
    ruling = actions.Ruling(
        cast.amara.id, cast.participant().id, "own_goals", When.EACH_SESSION, TODAY
    )
    with pytest.raises(actions.CannotGive, match="into words first"):
        handed(cast, "own_goals")
    with pytest.raises(actions.CannotRule, match="into words first"):
        actions.add_rule(ruling, by=cast.visitor("mira"), at=NOW)
    words = worded(cast)
    actions.add_rule(ruling, by=cast.visitor("mira"), at=NOW)
    [row] = rows(handed(cast, "own_goals"))
    assert (row.own_words, row.instrument_version) == (words, "1")
    assert [item.text for item in row.questionnaire.items] == list(GOALS)


def test_what_was_given_keeps_its_words(cast: Cast) -> None:
    worded(cast)
    [row] = rows(handed(cast, "own_goals"))
    worded(cast, "Something else")
    assert row.questionnaire.items[0].text == GOALS[0]


def test_a_course_holds_answers_about_the_same_words(cast: Cast) -> None:
    worded(cast)
    rated(cast, 2, 3, 1)
    rated(cast, 6, 6, 3)
    worded(cast, "Something else")
    rated(cast, 9)
    found = queries.courses(cast.visitor("mira"), [cast.amara.id])[cast.amara.id]
    assert [(course.version, course.totals) for course in found] == [(1, [2, 5]), (2, [9])]
    assert found[0].change is not None
    assert found[0].change.kind is Changed.RELIABLY_BETTER


# ---- pages


@pytest.fixture
def mira(cast: Cast, client: Client, settings: Any, time_machine: Any) -> Client:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOW, tick=False)
    client.force_login(cast.mira.account, "holdspace.frame.practice.sign_in.Accounts")
    return client


def address(cast: Cast, kind: str = "own_goals", therapy: str = "amara") -> str:
    whose = [cast.amara.id, cast.participant(therapy).id, kind]
    return reverse("own_words", args=whose)


def test_they_are_written_and_changed_on_a_page(cast: Cast, mira: Client) -> None:
    assert "begin a new course" not in mira.get(address(cast)).content.decode()
    assert mira.post(address(cast), {"line_1": GOALS[0]}).status_code == 302
    text = mira.get(address(cast)).content.decode()
    assert GOALS[0] in text
    assert "begin a new course" in text
    assert mira.post(address(cast), {"line_1": " "}).status_code == 422
    assert mira.post(address(cast, "own_problems"), {"line_10": "The nights"}).status_code == 302
    text = mira.get(reverse("therapy_measures", args=[cast.amara.id])).content.decode()
    assert GOALS[0] in text
    assert "The nights" in text


def test_there_is_no_page_for_another_kind_or_another_therapys_people(
    cast: Cast, mira: Client
) -> None:
    assert mira.get(address(cast, "own_dreams")).status_code == 404
    assert mira.get(address(cast, therapy="reyes")).status_code == 404


def test_their_course_says_that_its_rule_was_not_checked(cast: Cast, mira: Client) -> None:
    worded(cast)
    rated(cast, 2, 3, 1)
    rated(cast, 6, 6, 3)
    worded(cast, "Something else")
    rated(cast, 9)
    text = mira.get(reverse("therapy_measures", args=[cast.amara.id])).content.decode()
    assert "not checked at their source" in text
    assert "Own goals, wording 2" in text
