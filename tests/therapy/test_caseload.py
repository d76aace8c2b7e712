"""Whose therapies are whose."""

from holdspace.frame.therapy import queries
from holdspace.frame.therapy.models import Frame, Participant
from holdspace.frame.therapy.page import therapy_page
from tests.cast import A_YEAR_AGO, TODAY, Cast


def test_a_therapist_sees_their_own_caseload(cast: Cast) -> None:
    titles = [therapy.title for therapy in queries.caseload(cast.visitor("mira"))]
    assert titles == ["Amara K.", "The Reyes family"]


def test_nobody_else_sees_it(cast: Cast) -> None:
    for name in ("olive", "sam", "bill", "audrey", "stranger"):
        assert queries.caseload(cast.visitor(name)) == []


def test_an_ended_therapy_is_on_the_caseload_only_when_asked_for(cast: Cast) -> None:
    cast.amara.state, cast.amara.ended_on = "ended", TODAY
    cast.amara.ended_how = "not said"
    cast.amara.save()
    by = cast.visitor("mira")
    assert [therapy.title for therapy in queries.caseload(by)] == ["The Reyes family"]
    assert len(queries.caseload(by, with_ended=True)) == 2


def test_who_takes_part_on_a_day_is_who_had_come_and_not_yet_gone(cast: Cast) -> None:
    Participant.objects.filter(pk=cast.participant().pk).update(to_on=A_YEAR_AGO)
    by, therapies = cast.visitor("mira"), [cast.amara.id]
    assert len(queries.participants(by, therapies, on=A_YEAR_AGO)) == 1
    assert queries.participants(by, therapies, on=TODAY) == []


def test_a_room_is_named_in_the_frame_of_a_therapy(cast: Cast) -> None:
    Frame.objects.filter(therapy=cast.amara).update(room=cast.room)
    assert therapy_page(cast.visitor("mira"), cast.amara.id, today=TODAY).room == "Room 2"


def test_those_who_take_part_now_are_counted(cast: Cast) -> None:
    Participant.objects.filter(pk=cast.participant("reyes").pk).update(to_on=TODAY)
    wanted = [cast.amara.id, cast.reyes.id]
    assert queries.head_count(cast.visitor("mira"), wanted) == {cast.amara.id: 1, cast.reyes.id: 2}


def test_what_is_a_participants_own_is_sealed_under_their_place(cast: Cast) -> None:
    assert cast.participant().seal_scope() == cast.participant().id
