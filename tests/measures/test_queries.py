"""Reading courses, check-ins and givings; the list and the single answer agree."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.hour.measures import actions, queries
from holdspace.hour.measures.change import Kind
from holdspace.hour.measures.models import Answering
from tests.cast import NOW, Cast, nobodys_id
from tests.measures.given import answer_all, handed, rows, weeks_of


def test_a_course_holds_its_points_and_its_change(cast: Cast) -> None:
    therapy = weeks_of(cast, 20, 16, 12)
    [course] = queries.courses(cast.visitor("mira"), [therapy])[therapy]
    assert course.totals == [20, 16, 12]
    assert course.change is not None
    assert course.change.kind is Kind.RELIABLY_BETTER
    assert (course.name, course.range, course.band) == ("PHQ-9", (0, 27), "moderate")
    assert course.sentence.startswith("PHQ-9: 12 of 27, from 20 at the start.")


def test_courses_take_one_question_once_the_reach_is_known(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    therapy = weeks_of(cast, 20, 12)
    by = cast.visitor("mira")
    with django_assert_num_queries(2):
        queries.courses(by, [therapy])
    assert therapy in by.opened.subjects


def test_a_course_without_a_total_has_a_gap_and_no_last(cast: Cast) -> None:
    answer_all(handed(cast), 1, 1)
    [course] = queries.courses(cast.visitor("mira"), [cast.amara.id])[cast.amara.id]
    assert (course.totals, course.last, course.band, course.change) == ([None], None, None, None)
    assert course.direction.value == "higher_worse"


def test_an_instrument_that_left_the_library_has_no_course(cast: Cast) -> None:
    weeks_of(cast, 5)
    Answering.objects.update(instrument="gone")
    assert queries.courses(cast.visitor("mira"), [cast.amara.id]) == {}


def test_strangers_see_no_courses(cast: Cast) -> None:
    therapy = weeks_of(cast, 20)
    for name in ("tom", "olive", "sam", "stranger"):
        assert queries.courses(cast.visitor(name), [therapy]) == {}


def test_the_main_course_is_a_validated_one(cast: Cast) -> None:
    rating = handed(cast, "session_rating")
    row, link = rows(rating)[0], queries.visitor_by_link(rating)
    actions.answer(row.id, "heard", 9, by=link, at=NOW)
    actions.finish(row.id, by=link, at=NOW)
    by = cast.visitor("mira")
    found = queries.courses(by, [cast.amara.id])[cast.amara.id]
    assert queries.main_course(found) is None
    newest = queries.rating_after(by, cast.amara.id)
    assert newest is not None
    assert newest.id == row.id
    weeks_of(cast, 5)
    main = queries.main_course(queries.courses(by, [cast.amara.id])[cast.amara.id])
    assert main is not None
    assert main.name == "PHQ-9"


def test_check_ins_count_what_waits_and_what_came(cast: Cast) -> None:
    by = cast.visitor("mira")
    giving = handed(cast, "phq9", "gad7", session=cast.session.id)
    assert queries.checkins(by, [cast.session.id])[cast.session.id] == queries.CheckIn(2, 0, None)
    answer_all(giving, 1, 1)
    found = queries.checkins(by, [cast.session.id])[cast.session.id]
    assert (found.waiting, found.finished, found.last_ended_at) == (1, 1, NOW)
    actions.withdraw(giving.id, by=by, at=NOW)
    assert queries.checkins(cast.visitor("tom"), [cast.session.id]) == {}


def test_what_was_given_for_a_session_is_shown_to_its_own_people_alone(cast: Cast) -> None:
    giving = handed(cast, session=cast.session.id)
    for name, shown in (("mira", [giving]), ("tom", []), ("olive", []), ("stranger", [])):
        found = queries.given_for(cast.visitor(name), cast.session.id, cast.amara.id)
        assert [each.giving for each in found] == shown, name


def test_only_the_link_itself_opens_what_lies_behind_it(cast: Cast) -> None:
    """Not even a member who has its id: behind a link are the client's own answers."""
    giving = handed(cast)
    link = queries.visitor_by_link(giving)
    assert queries.answerings_of(link) == rows(giving)
    assert queries.answerings_of(replace(cast.visitor("mira"), id=giving.id)) == []


def test_the_newest_arrival_is_known(cast: Cast) -> None:
    by = cast.visitor("mira")
    assert queries.newest(by) is None
    giving = handed(cast)
    later = NOW + timedelta(hours=1)
    link = queries.visitor_by_link(giving)
    actions.answer(rows(giving)[0].id, "q9", 1, by=link, at=later)
    assert queries.newest(by) == later


def test_the_list_and_the_single_answer_agree(cast: Cast) -> None:
    mine, other = handed(cast), handed(cast, "gad7")
    handing = actions.Handing(cast.kofi.id, cast.participant("kofi").id, ("phq9",))
    toms = actions.give(handing, by=cast.visitor("tom"), at=NOW)
    visitors = [cast.visitor(name) for name in cast.members]
    visitors += [queries.visitor_by_link(giving) for giving in (mine, other, toms)]
    for by in visitors:
        for action in Action:
            listed = set(queries.visible_to(by, action).values_list("id", flat=True))
            singly = {row.id for row in Answering.objects.all() if _reaches(by, row, action)}
            assert listed == singly, (by, action)


def _reaches(by: Any, row: Answering, action: Action) -> bool:
    try:
        queries.one(by, row.id, action)
    except NotHere:
        return False
    return True


def test_an_unknown_questionnaire_is_not_here(cast: Cast) -> None:
    with pytest.raises(NotHere):
        queries.one(cast.visitor("mira"), nobodys_id())


def test_what_was_given_and_answered_is_on_the_shelf(cast: Cast) -> None:
    by = cast.visitor("mira")
    row = answer_all(handed(cast), *[1] * 9)
    [given] = queries.givings(by, cast.amara.id)
    assert given.answerings == (row,)
    assert queries.rules_of(by, cast.amara.id) == []
    assert queries.opened(by, row.id)[1].total == 9
    for shelf in (queries.givings, queries.rules_of):
        with pytest.raises(NotHere):
            shelf(cast.visitor("tom"), cast.amara.id)
