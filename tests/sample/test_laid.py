"""Linden House once it is laid: a full Today, eighteen months behind it, and nothing that leaks."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from holdspace.cellar.ledger.models import Line
from holdspace.frame.people import queries as people
from holdspace.frame.therapy.models import Fact, Participant, Therapy
from holdspace.front.desk import caseloads
from holdspace.front.desk import queries as desk
from holdspace.front.desk.caseloads import Look
from holdspace.front.desk.queries import Day
from holdspace.front.sample.actions import NotEmpty, load
from holdspace.hour.encounters.models import Attendance, Part, Session
from holdspace.hour.encounters.rules import Attended
from holdspace.hour.measures.models import Answering, SafetyFlag
from holdspace.hour.notes.models import Note
from holdspace.hour.notes.queries import latest_threads
from holdspace.hour.notes.signature import verify_signature
from tests.sample.conftest import BOTH, visitor

pytestmark = pytest.mark.django_db(databases=BOTH)
LONDON = ZoneInfo("Europe/London")


def day_of(name: str, at: datetime) -> Day:
    return desk.day(visitor(name), on=at.astimezone(LONDON).date(), zone=LONDON, at=at)


def test_miras_today_is_as_the_story_tells_it(linden: datetime) -> None:
    slots = day_of("Mira", linden).slots
    titles = [slot.therapy.title for slot in slots]
    assert titles == [
        "J. Marsh", "Amara K.", "The Reyes family", "Theo L.", "D. Whitlock", "Monday grief group",
    ]  # fmt: skip
    assert [slot.therapy.title for slot in slots if slot.is_now] == ["Amara K."]
    assert sum(slot.check_in.waiting for slot in slots if slot.check_in) == 2  # Luz, Theo's mother
    assert sum(slot.check_in.finished for slot in slots if slot.check_in) == 1


def test_one_flag_is_open_and_says_what_was_answered(linden: datetime) -> None:
    flags = [flag for slot in day_of("Mira", linden).slots for flag in slot.flags]
    assert len(flags) == SafetyFlag.objects.filter(seen_at=None).count() == 1
    assert flags[0].what["answers"][0]["words"] == "Several days"
    assert flags[0].what["shown"]["numbers"] == []


def test_whitlocks_score_rose_as_the_story_tells_it(linden: datetime) -> None:
    slot = next(s for s in day_of("Mira", linden).slots if s.therapy.title == "D. Whitlock")
    assert slot.course
    assert [total for _, total in slot.course.points][-2:] == [14, 19]


def test_last_fridays_note_is_still_to_write(linden: datetime) -> None:
    left = day_of("Mira", linden)
    assert [one.therapy.title for one in left.unwritten] == ["R. Adeyemi"]
    assert [one.therapy.title for one in left.drafts] == ["Kit S."]


def test_amaras_thread_is_the_latest(linden: datetime) -> None:
    amara = next(each for each in Therapy.objects.all() if each.title == "Amara K.")
    thread = latest_threads(visitor("Mira"), [amara.id], before=linden)[amara.id]
    assert thread.words == "“…and I noticed I waited for you to be angry with me.”"


@pytest.mark.parametrize("name", ["Mira", "Ines", "Tomasz", "Noor", "Jonas"])
def test_every_therapist_has_a_day_and_a_caseload(linden: datetime, name: str) -> None:
    by = visitor(name)
    assert len(day_of(name, linden).slots) >= 2
    found = caseloads.caseload(by, at=linden, wanted=Look(with_ended=True))
    assert all(row.thread for row in found.rows)
    for slot in day_of(name, linden).slots:
        assert desk.card(by, slot.session.id, at=linden).therapy == slot.therapy


def test_the_front_desk_sees_everybodys_day(linden: datetime) -> None:
    lines = desk.front_desk(visitor("Dilys"), on=linden.date(), zone=LONDON)
    assert len(lines) == 15


def test_the_child_is_alone_until_the_mother_comes_in(linden: datetime) -> None:  # noqa: ARG001
    parts = list(Part.objects.order_by("number"))
    rows = Attendance.objects.filter(session=parts[0].session)
    assert [part.from_minute for part in parts] == [0, 35]
    assert sorted(row.absent_in_parts for row in rows) == [[], [1]]


def test_eighteen_months_hold_about_two_thousand_sessions(linden: datetime) -> None:
    past = Session.objects.filter(starts_at__lt=linden)
    assert 1_900 <= past.count() <= 2_300
    first = past.order_by("starts_at")[0].starts_at
    assert timedelta(weeks=77) < linden - first <= timedelta(weeks=78, hours=4)


def test_people_stay_away_in_every_way_there_is(linden: datetime) -> None:  # noqa: ARG001
    states = Counter(Attendance.objects.values_list("state", flat=True))
    assert set(states) == {str(state) for state in Attended}
    assert states["attended"] > sum(states.values()) / 2


def test_the_weeks_ahead_are_planned_and_hold_nothing_yet(linden: datetime) -> None:
    ahead = Session.objects.filter(starts_at__gt=linden + timedelta(days=1))
    assert set(ahead.values_list("state", flat=True)) == {"planned"}
    assert ahead.order_by("-starts_at")[0].starts_at > linden + timedelta(weeks=11)


def test_nobody_and_no_room_is_in_two_places(linden: datetime) -> None:  # noqa: ARG001
    taken = Session.objects.exclude(state="not held").exclude(room=None).order_by("starts_at")
    ends: dict[object, datetime] = {}
    for session in taken:
        assert ends.get(session.room_id, session.starts_at) <= session.starts_at
        ends[session.room_id] = session.ends_at


def test_signed_notes_say_what_was_signed(linden: datetime) -> None:  # noqa: ARG001
    signed = Note.objects.filter(state="signed").order_by("?")[:40]
    assert all(verify_signature(note) for note in signed)
    assert Note.objects.filter(is_late_entry=True).exists()


def test_a_groups_note_is_one_shared_part_and_one_for_each(linden: datetime) -> None:  # noqa: ARG001
    formats = Counter(Note.objects.values_list("format", flat=True))
    assert formats["group_member"] > formats["group_whole"] > 40
    assert not Note.objects.filter(format="group_member", participant=None).exists()


def test_every_finished_answering_is_scored(linden: datetime) -> None:  # noqa: ARG001
    finished = Answering.objects.filter(state="finished")
    assert finished.filter(total=None, prorated=False).exclude(instrument="gad7").count() == 0
    assert {"waiting", "declined", "finished"} == set(
        Answering.objects.values_list("state", flat=True)
    )


def test_people_are_found_by_those_related_to_them_alone(linden: datetime) -> None:  # noqa: ARG001
    assert [person.name for person in people.find(visitor("Mira"), "amara")] == ["Amara Kalu"]
    assert people.find(visitor("Noor"), "amara") == []


def test_what_is_so_between_people_is_dated(linden: datetime) -> None:  # noqa: ARG001
    kinds = Counter(Fact.objects.values_list("kind", flat=True))
    assert set(kinds) == {"kinship", "parental authority", "court order"}
    assert Participant.objects.filter(part="interpreter").count() == 2


def test_the_ledger_has_one_line_for_all_of_it(linden: datetime) -> None:  # noqa: ARG001
    assert [(line.act, line.what) for line in Line.objects.all()] == [("loaded", "sample practice")]


def test_the_sample_is_never_laid_beside_a_practice(linden: datetime) -> None:
    with pytest.raises(NotEmpty):
        load(at=linden)
