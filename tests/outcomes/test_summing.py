"""The summaries: worked out from what is stored, and worked out anew where something was done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from holdspace.cellar.access import lines
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy.models import Therapist
from holdspace.hour.encounters.rules import Attended
from holdspace.hour.measures import actions as measures
from holdspace.hour.measures.models import Answering
from holdspace.office.outcomes import one_therapy
from holdspace.office.outcomes.actions import summing
from holdspace.office.outcomes.models import CourseSummary, SummaryMark, TherapySummary
from holdspace.office.outcomes.statistics.endings import Ending
from tests.cast import NOW, TODAY, Cast
from tests.outcomes.summed import LATER, ended, held, scored, sum_all


def of(cast: Cast) -> TherapySummary:
    return TherapySummary.objects.get(therapy=cast.amara)


def course(cast: Cast, **more: str) -> CourseSummary:
    return CourseSummary.objects.get(therapy=cast.amara, **more)


def test_a_course_is_summed_up_from_first_to_last(cast: Cast) -> None:
    scored(cast.amara, 18, 17, None, 11, 6)
    sum_all()
    found = course(cast)
    assert (found.first, found.last, found.scores) == (18, 6, 4)
    assert (found.kind, found.improved_after) == ("reliably_better", 3)
    assert (found.first_at, found.last_at) == (NOW - timedelta(weeks=4), NOW)
    assert found.member_id == cast.mira.id


def test_one_score_is_a_beginning_and_no_change(cast: Cast) -> None:
    scored(cast.amara, 18)
    sum_all()
    assert (course(cast).kind, course(cast).improved_after) == ("not_known", None)


def test_each_respondent_has_a_course_and_a_copied_sheet_is_the_clients(cast: Cast) -> None:
    scored(cast.amara, 18, answered_by="paper")
    scored(cast.amara, 12)
    scored(cast.amara, 9, respondent="parent")
    sum_all()
    assert course(cast, respondent="client").scores == 2
    assert course(cast, respondent="parent").last == 9


def test_what_is_in_no_library_or_has_no_score_is_left_out(cast: Cast) -> None:
    scored(cast.amara, 18, instrument="forgotten")
    scored(cast.amara, None)
    sum_all()
    assert not CourseSummary.objects.exists()


def test_a_therapy_is_summed_up_with_who_came(cast: Cast) -> None:
    held(cast.reyes, 3)
    held(cast.reyes, 2, attended="did not come")
    held(cast.reyes, 1, attended="cancelled late")
    held(cast.reyes, 1, attended="cancelled with notice")
    held(cast.reyes, 1, attended="holiday")
    sum_all()
    found = TherapySummary.objects.get(therapy=cast.reyes)
    assert (found.held, found.came, found.stayed_away) == (3, 9, 9)
    assert (found.cancelled, found.cancelled_for_them) == (3, 3)
    assert found.ending == "ongoing"


def test_every_state_of_attendance_is_counted_or_still_to_come() -> None:
    counted = one_therapy.attending(dict.fromkeys(map(str, Attended), 1))
    parts = (counted.came, counted.stayed_away, counted.cancelled, counted.cancelled_for_them)
    assert sum(parts) == len(Attended) - 1  # all but "expected"


@pytest.mark.parametrize(
    ("kind", "agreed", "ending"),
    [("ending", None, "planned"), ("regular", 4, "planned"), ("regular", 5, "unplanned"),
     ("regular", None, "unplanned")],
)  # fmt: skip
def test_how_a_therapy_ended_is_read_from_its_sessions(
    cast: Cast, kind: str, agreed: int | None, ending: str
) -> None:
    held(cast.amara, 3)
    held(cast.amara, 1, kind=kind)
    ended(cast.amara, agreed=agreed)
    sum_all()
    assert (of(cast).ending, of(cast).ended_on) == (ending, TODAY)


@pytest.mark.parametrize(
    ("said", "ending"),
    [("agreed", Ending.PLANNED), ("broken off", Ending.UNPLANNED), ("not said", Ending.PLANNED)],
)
def test_what_was_said_of_an_ending_counts_before_what_was_done(said: str, ending: Ending) -> None:
    assert one_therapy.ending(TODAY, 12, 1, None, said) is ending
    assert one_therapy.ending(TODAY, 3, 0, None, "agreed") is Ending.PLANNED


def test_a_therapy_that_goes_on_has_no_ending_however_long_it_is() -> None:
    assert one_therapy.ending(None, 12, 1, 12) is Ending.ONGOING


def test_a_therapy_without_anybody_belongs_to_whoever_left_last(cast: Cast) -> None:
    Therapist.objects.filter(therapy=cast.amara).update(to_on=TODAY - timedelta(days=9))
    Therapist.objects.create(
        practice=cast.practice, therapy=cast.amara, member=cast.tom, from_on=TODAY,
        to_on=TODAY, is_lead=False,
    )  # fmt: skip
    sum_all()
    assert of(cast).member_id == cast.tom.id
    Therapist.objects.all().delete()
    TherapySummary.objects.all().delete()
    SummaryMark.objects.all().delete()
    sum_all()
    assert of(cast).member_id is None


# ------------------------------------------------------------------ keeping them


def test_what_is_done_afterwards_is_summed_up_and_nothing_else(cast: Cast) -> None:
    now = timezone.now()
    sum_all(now)
    TherapySummary.objects.update(held=77)
    sheet = measures.Copied(cast.amara.id, cast.participant().id, "phq9", NOW, {"q1": 1})
    measures.enter_paper(sheet, by=cast.visitor("mira"), at=now + timedelta(seconds=1))
    sheet = measures.Copied(
        cast.amara.id, cast.participant().id, "gad7", NOW, {f"q{n}": 1 for n in range(1, 8)}
    )
    measures.enter_paper(sheet, by=cast.visitor("mira"), at=now + timedelta(seconds=1))
    assert summing.sum_up(at=now + timedelta(minutes=1)) == 1
    assert (of(cast).held, course(cast).instrument) == (0, "gad7")
    assert TherapySummary.objects.filter(held=77).count() == 3
    mark = SummaryMark.objects.get(practice=cast.practice)
    assert mark.as_of == now + timedelta(minutes=1)


def test_reading_changes_nothing(cast: Cast) -> None:
    sum_all(NOW)
    lines.refused(cast.visitor("tom"), "therapy", cast.amara.id, at=NOW)
    assert summing.sum_up(at=LATER) == 0


def test_an_act_elsewhere_that_names_a_therapy_sums_up_nothing(cast: Cast) -> None:
    sum_all(NOW)
    stranger = cast.visitor("stranger")
    lines.did(stranger, "wrote", "note", [cast.amara.id], at=NOW, layer=Layer.RECORD)
    assert summing.sum_up(at=LATER) == 0


def test_a_clock_that_is_put_back_does_not_make_the_figures_look_older(cast: Cast) -> None:
    sum_all(LATER)
    sum_all(NOW)
    assert SummaryMark.objects.get(practice=cast.practice).as_of == LATER


def test_a_large_practice_is_gone_through_in_rounds(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summing, "A_ROUND", 3)
    monkeypatch.setattr(summing, "AT_ONCE", 2)
    assert summing.sum_up(at=NOW) == 3
    mark = SummaryMark.objects.get(practice=cast.practice)
    assert mark.reached is not None
    assert summing.sum_up(at=LATER) == 1
    mark.refresh_from_db()
    assert mark.as_of == NOW
    assert not SummaryMark.objects.exclude(reached=None).exists()
    assert TherapySummary.objects.count() == 4


def test_summing_up_twice_changes_nothing(cast: Cast) -> None:
    scored(cast.amara, 18, 6)
    sum_all()
    Answering.objects.update(total=3)
    SummaryMark.objects.all().delete()
    sum_all()
    assert CourseSummary.objects.count() == 1
    assert (course(cast).first, course(cast).last) == (3, 3)
