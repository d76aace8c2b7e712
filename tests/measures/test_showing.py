"""What a client is shown: nothing until it was chosen, their own view, of what they answered."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.cellar.access.gate import NotHere
from holdspace.frame.therapy.models import Participant
from holdspace.hour.measures import actions, queries
from holdspace.hour.measures.models import Answering, Giving, Showing
from holdspace.hour.measures.personal import Kind
from holdspace.hour.measures.rules import Faces, Shows, sees_faces
from tests.cast import NOW, Cast
from tests.measures.given import answer_all, handed, rows, weeks_of


def chosen(cast: Cast, shows: Shows = Shows.CHART, faces: Faces = Faces.BY_AGE) -> Showing:
    return actions.choose_showing(cast.amara.id, shows, faces, by=cast.visitor("mira"), at=NOW)


def shown(giving: Giving) -> list[list[float | None]]:
    _, found = queries.shown_by_link(queries.visitor_by_link(giving), giving)
    return [course.totals for course in found]


@pytest.mark.parametrize(
    ("faces", "age", "sees"),
    [
        (Faces.BY_AGE, 11, True), (Faces.BY_AGE, 12, False), (Faces.BY_AGE, None, False),
        (Faces.ALWAYS, None, True), (Faces.NEVER, 7, False),
    ],
)  # fmt: skip
def test_children_see_faces_or_as_was_chosen(faces: Faces, age: int | None, *, sees: bool) -> None:
    assert sees_faces(faces, age) is sees


def test_nothing_is_shown_until_somebody_chose(cast: Cast) -> None:
    weeks_of(cast, 20)
    last = handed(cast)
    answer_all(last, *[1] * 9)
    assert queries.showing(cast.visitor("mira"), cast.amara.id).shows == Shows.NOTHING
    assert shown(last) == []
    chosen(cast)
    assert shown(last) == [[20, 9]]
    chosen(cast, Shows.NOTHING)
    assert shown(last) == []
    assert Showing.objects.count() == 1


def test_only_what_was_just_answered_is_shown(cast: Cast) -> None:
    weeks_of(cast, 20)
    chosen(cast)
    other, declined = handed(cast, "gad7"), handed(cast)
    row = rows(other)[0]
    actions.answer(row.id, "q1", 1, by=queries.visitor_by_link(other), at=NOW)
    assert shown(other) == []
    actions.finish(row.id, by=queries.visitor_by_link(other), at=NOW)
    assert len(shown(other)) == 1
    actions.decline(rows(declined)[0].id, by=queries.visitor_by_link(declined), at=NOW)
    assert shown(declined) == []


def test_what_others_said_of_them_is_not_shown(cast: Cast) -> None:
    chosen(cast)
    weeks_of(cast, 20)
    Answering.objects.update(respondent="therapist")
    last = handed(cast)
    answer_all(last, *[1] * 9)
    assert shown(last) == [[9]]


def test_who_is_asked_about_another_sees_their_own_view_alone(cast: Cast) -> None:
    by = cast.visitor("mira")
    luz, teo = Participant.objects.filter(therapy=cast.reyes).order_by("id")[:2]
    actions.put_in_words(
        actions.Worded(cast.reyes.id, teo.id, Kind.GOALS, ["Sleep"]), by=by, at=NOW
    )
    actions.choose_showing(cast.reyes.id, Shows.SENTENCE, Faces.NEVER, by=by, at=NOW)
    seen = {}
    for name, who, about, value in (("own", teo, None, 9), ("hers", luz, teo.id, 2)):
        handing = actions.Handing(cast.reyes.id, who.id, ("own_goals",), about=about)
        giving = actions.give(handing, by=by, at=NOW)
        link, row = queries.visitor_by_link(giving), rows(giving)[0]
        actions.answer(row.id, "g1", value, by=link, at=NOW)
        actions.finish(row.id, by=link, at=NOW)
        seen[name] = giving
    assert [shown(seen[name]) for name in ("own", "hers")] == [[[9]], [[2]]]


def test_only_the_link_itself_is_shown_it(cast: Cast) -> None:
    chosen(cast)
    mine, other = handed(cast), handed(cast)
    for by in (cast.visitor("mira"), queries.visitor_by_link(other)):
        with pytest.raises(NotHere):
            queries.shown_by_link(by, mine)


def test_choosing_is_no_strangers_business(cast: Cast) -> None:
    for name in ("tom", "olive", "sam", "stranger"):
        by = cast.visitor(name)
        with pytest.raises(NotHere):
            actions.choose_showing(cast.amara.id, Shows.CHART, Faces.NEVER, by=by, at=NOW)
        with pytest.raises(NotHere):
            queries.showing(by, cast.amara.id)


def test_age_counts_on_the_day_of_asking(cast: Cast) -> None:
    person = cast.participant().person
    person.birth_date = "2014-03-03"
    person.save()
    giving = handed(cast, days=10)
    assert queries.held(giving.id, at=NOW).has_faces
    assert not queries.held(giving.id, at=NOW + timedelta(days=1)).has_faces
    chosen(cast, faces=Faces.NEVER)
    assert not queries.held(giving.id, at=NOW).has_faces


def test_it_is_chosen_on_the_page(
    cast: Cast, client: Client, settings: Any, time_machine: Any
) -> None:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOW, tick=False)
    client.force_login(cast.mira.account, "holdspace.frame.practice.sign_in.Accounts")
    address = reverse("showing", args=[cast.amara.id])
    assert client.post(address, {"shows": "everything"}).status_code == 422
    assert client.post(address, {"shows": "sentence", "faces": "always"}).status_code == 302
    text = client.get(reverse("therapy_measures", args=[cast.amara.id])).content.decode()
    assert 'value="sentence" selected' in text
