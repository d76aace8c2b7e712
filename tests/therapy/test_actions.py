"""Changing a therapy: who takes part, who works in it, what is agreed, chosen and so."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.frame.people.rules import CannotBe
from holdspace.frame.practice.rules import PlaceKind
from holdspace.frame.therapy import actions, queries
from holdspace.frame.therapy.models import Aim, Fact, Frame, Therapist
from holdspace.frame.therapy.rules import (
    AlreadyHere,
    CannotMove,
    FactKind,
    FactSaid,
    Joining,
    Part,
    State,
)
from tests.cast import A_YEAR_AGO, NOW, TODAY, Cast
from tests.therapy.conftest import CHOICES, TERMS, new

TOMORROW = date(2026, 3, 3)


def seat_of(cast: Cast, who: str, therapy: str = "amara") -> Therapist:
    return Therapist.objects.get(
        therapy=getattr(cast, therapy), member=getattr(cast, who), to_on=None
    )


def test_somebody_joins_leaves_and_comes_again(known: Cast) -> None:
    by, therapy = known.visitor("mira"), known.amara.id
    joined = actions.add_participant(therapy, new("Ben Orr", Part.PARTNER), TODAY, by=by, at=NOW)
    again = Joining(part=Part.PARTNER, person=joined.person_id)
    with pytest.raises(AlreadyHere):
        actions.add_participant(therapy, again, TODAY, by=by, at=NOW)
    actions.end_participant(joined.id, TODAY, by=by, at=NOW)
    actions.add_participant(therapy, again, TODAY, by=by, at=NOW)
    with pytest.raises(CannotBe):
        actions.end_participant(joined.id, TODAY, by=by, at=NOW)


def test_nobody_joins_a_colleagues_therapy_by_a_colleague(known: Cast) -> None:
    for therapy in (known.amara.id, uuid4()):
        with pytest.raises(NotHere):
            actions.add_participant(therapy, new("Ben"), TODAY, by=known.visitor("tom"), at=NOW)


def test_nobody_joins_before_the_beginning_or_without_a_name(known: Cast) -> None:
    by = known.visitor("sam")
    for joining, on in ((new("Ben"), date(2020, 1, 1)), (Joining(part=Part.OTHER), TODAY)):
        with pytest.raises(CannotBe):
            actions.add_participant(known.amara.id, joining, on, by=by, at=NOW)


def test_a_therapy_is_with_at_most_sixty(known: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("holdspace.frame.therapy.rules.MOST_PARTICIPANTS", 3)
    with pytest.raises(CannotBe):
        actions.add_participant(known.reyes.id, new("A"), TODAY, by=known.visitor("mira"), at=NOW)


def test_a_forged_participant_is_not_here(known: Cast) -> None:
    for forged in (known.participant("kofi").id, uuid4()):
        with pytest.raises(NotHere):
            actions.end_participant(forged, TODAY, by=known.visitor("mira"), at=NOW)


def test_a_co_therapist_reads_from_then_on_and_no_longer_after_the_end(known: Cast) -> None:
    by = known.visitor("mira")
    seat = actions.add_therapist(known.amara.id, known.tom.id, TODAY, by=by, at=NOW)
    assert queries.one(known.visitor("tom"), known.amara.id).title == "Amara K."
    with pytest.raises(AlreadyHere):
        actions.add_therapist(known.amara.id, known.tom.id, TODAY, by=by, at=NOW)
    actions.end_therapist(seat.id, TODAY, by=by, at=NOW)
    with pytest.raises(NotHere):
        queries.one(known.visitor("tom"), known.amara.id)


def test_the_lead_passes_on_when_they_go(known: Cast) -> None:
    by = known.visitor("mira")
    actions.add_therapist(known.amara.id, known.tom.id, TODAY, by=by, at=NOW)
    actions.end_therapist(seat_of(known, "mira").id, TODAY, by=by, at=NOW)
    assert seat_of(known, "tom").is_lead


def test_the_lead_stays_where_another_leads_too(known: Cast) -> None:
    Therapist.objects.create(
        practice=known.practice, therapy=known.amara, member=known.tom, from_on=TODAY
    )
    seat = seat_of(known, "mira")
    assert actions.end_therapist(seat.id, TODAY, by=known.visitor("tom"), at=NOW).to_on == TODAY


def test_the_last_therapist_stays_answerable(known: Cast) -> None:
    with pytest.raises(CannotBe):
        actions.end_therapist(seat_of(known, "mira").id, TODAY, by=known.visitor("mira"), at=NOW)


def test_the_desk_gives_nobody_a_seat_where_somebody_works(known: Cast) -> None:
    for desk in ("sam", "olive"):
        with pytest.raises(NotHere):
            actions.add_therapist(
                known.amara.id, known.tom.id, TODAY, by=known.visitor(desk), at=NOW
            )


def test_the_desk_gives_a_seat_where_the_therapist_has_left(known: Cast) -> None:
    known.mira.left_at = NOW
    known.mira.save()
    seat = actions.add_therapist(
        known.amara.id, known.tom.id, TODAY, by=known.visitor("olive"), at=NOW
    )
    assert seat.is_lead


def test_only_who_works_with_clients_holds_a_seat(known: Cast) -> None:
    for other in (known.sam.id, known.stranger.id, uuid4()):
        with pytest.raises(NotHere):
            actions.add_therapist(known.amara.id, other, TODAY, by=known.visitor("mira"), at=NOW)


def test_a_forged_seat_is_not_here(known: Cast) -> None:
    for forged in (seat_of(known, "tom", "kofi").id, uuid4()):
        with pytest.raises(NotHere):
            actions.end_therapist(forged, TODAY, by=known.visitor("mira"), at=NOW)


def test_a_new_frame_closes_the_old_one(known: Cast) -> None:
    terms = replace(TERMS, place=PlaceKind.ROOM, room=known.room.id, fee=Decimal(60))
    by = known.visitor("sam")
    actions.set_frame(known.amara.id, terms, TODAY, by=by, at=NOW)
    old, new_one = Frame.objects.filter(therapy=known.amara).order_by("id")
    assert (old.to_on, new_one.room_id, new_one.fee) == (TODAY, known.room.id, Decimal(60))
    assert queries.frame_of(by, known.amara.id) == new_one


def test_a_first_frame_closes_nothing(known: Cast) -> None:
    Frame.objects.filter(therapy=known.amara).update(to_on=TODAY)
    actions.set_frame(known.amara.id, TERMS, TODAY, by=known.visitor("mira"), at=NOW)
    assert Frame.objects.filter(therapy=known.amara).count() == 2


@pytest.mark.parametrize("on", [TOMORROW, date(2025, 3, 2)])
def test_a_frame_begins_after_the_one_before_and_not_tomorrow(known: Cast, on: date) -> None:
    with pytest.raises(CannotBe):
        actions.set_frame(known.amara.id, TERMS, on, by=known.visitor("mira"), at=NOW)


def test_a_therapy_ends_with_its_day_and_can_go_on_again(known: Cast) -> None:
    by, therapy = known.visitor("mira"), known.amara.id
    assert actions.move(therapy, State.ENDED, TODAY, by=by, at=NOW).ended_on == TODAY
    assert actions.move(therapy, State.WORKING, TODAY, by=by, at=NOW).ended_on is None
    with pytest.raises(CannotMove):
        actions.move(therapy, State.INQUIRY, TODAY, by=by, at=NOW)
    with pytest.raises(CannotBe):
        actions.move(therapy, State.ENDED, TOMORROW, by=by, at=NOW)


def test_the_desk_renames_and_its_therapists_choose(known: Cast) -> None:
    actions.rename(known.amara.id, "A. K.", by=known.visitor("sam"), at=NOW)
    by = known.visitor("mira")
    actions.choose(known.amara.id, replace(CHOICES, voice="analytic"), by=by, at=NOW)
    actions.say_what_brings(known.amara.id, " I cope. ", by=by, at=NOW)
    found = queries.one(by, known.amara.id)
    assert (found.title, found.voice, found.brings) == ("A. K.", "analytic", "I cope.")


def test_the_desk_neither_moves_nor_chooses_nor_writes_words(known: Cast) -> None:
    by, one = known.visitor("sam"), known.amara.id
    for act in (
        lambda: actions.move(one, State.ENDED, TODAY, by=by, at=NOW),
        lambda: actions.choose(one, CHOICES, by=by, at=NOW),
        lambda: actions.say_what_brings(one, "words", by=by, at=NOW),
        lambda: actions.set_aims(one, ["words"], by=by, at=NOW),
        lambda: actions.state_fact(known.participant().id, a_fact(), by=by, at=NOW),
    ):
        with pytest.raises(NotHere):
            act()


def test_aims_change_their_order_and_what_is_gone_is_kept(known: Cast) -> None:
    by, therapy = known.visitor("mira"), known.amara.id
    actions.set_aims(therapy, ["Sleep", "Say no"], by=by, at=NOW)
    actions.set_aims(therapy, ["Say no", "Swim"], by=by, at=NOW)
    actions.set_aims(therapy, ["Say no", "Swim"], by=by, at=NOW)
    assert [aim.words for aim in queries.aims(by, [therapy])] == ["Say no", "Swim"]
    assert Aim.objects.get(until__isnull=False).words == "Sleep"


def test_each_has_aims_of_their_own(known: Cast) -> None:
    by, luz = known.visitor("mira"), known.participant("reyes")
    actions.set_aims(known.reyes.id, ["Dinner together"], by=by, at=NOW)
    actions.set_aims(known.reyes.id, ["Rest"], luz.id, by=by, at=NOW)
    found = {aim.words: aim.participant_id for aim in queries.aims(by, [known.reyes.id])}
    assert found == {"Dinner together": None, "Rest": luz.id}
    with pytest.raises(NotHere):
        actions.set_aims(known.amara.id, ["Rest"], luz.id, by=by, at=NOW)


def a_fact(about: UUID | None = None, **more: object) -> FactSaid:
    said = {"kind": FactKind.KINSHIP, "words": "mother of", "from_on": A_YEAR_AGO, **more}
    return FactSaid(about=about, **said)  # type: ignore[arg-type]


def reyes(cast: Cast) -> list[UUID]:
    return [place.id for place in queries.participants(cast.visitor("mira"), [cast.reyes.id])]


def test_kinship_is_so_from_a_day_to_a_day(known: Cast) -> None:
    luz, ana, _teo = reyes(known)
    by = known.visitor("mira")
    fact = actions.state_fact(luz, a_fact(ana), by=by, at=NOW)
    assert [one.words for one in queries.facts(by, known.reyes.id)] == ["mother of"]
    assert actions.end_fact(fact.id, TODAY, by=by, at=NOW).to_on == TODAY
    with pytest.raises(CannotBe):
        actions.end_fact(fact.id, TOMORROW, by=by, at=NOW)


@pytest.mark.parametrize(
    "said",
    [
        {"words": " "}, {"words": "x" * 2001}, {"from_on": TOMORROW},
        {"to_on": date(2025, 3, 2)},
    ],
)  # fmt: skip
def test_a_fact_that_cannot_be_is_refused(known: Cast, said: dict[str, object]) -> None:
    with pytest.raises(CannotBe):
        actions.state_fact(reyes(known)[0], a_fact(**said), by=known.visitor("mira"), at=NOW)  # type: ignore[arg-type]
    assert not Fact.objects.exists()


def test_a_fact_is_about_somebody_else_of_the_same_therapy(known: Cast) -> None:
    luz, by = reyes(known)[0], known.visitor("mira")
    with pytest.raises(CannotBe):
        actions.state_fact(luz, a_fact(luz), by=by, at=NOW)
    for other in (known.participant("amara").id, known.participant("kofi").id, uuid4()):
        with pytest.raises(NotHere):
            actions.state_fact(luz, a_fact(other), by=by, at=NOW)


def test_a_forged_fact_is_not_here(known: Cast) -> None:
    fact = actions.state_fact(reyes(known)[0], a_fact(), by=known.visitor("mira"), at=NOW)
    for forged, who in ((fact.id, "tom"), (uuid4(), "mira")):
        with pytest.raises(NotHere):
            actions.end_fact(forged, TODAY, by=known.visitor(who), at=NOW)
