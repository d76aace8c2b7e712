"""The diary through a browser without script: its calendar, a session, the hour."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.cellar.ledger.models import Line
from holdspace.hour.encounters.models import Attendance, Part, Series, Session
from tests.cast import Cast, a_session, nobodys_id
from tests.encounters.conftest import DAY, NEXT_WEEK, OF_A_SESSION, Browser, local, page

OF_THE_HOUR = ("attendance", "session_times", "session_split")


# ------------------------------------------------------------------ the calendar


@pytest.mark.parametrize("view", ["day", "week"])
def test_a_therapist_sees_their_own_days(cast: Cast, browser: Browser, view: str) -> None:
    a_session(cast.kofi, cast.session.starts_at)
    shown = browser("mira").get(reverse("calendar"), {"on": "2026-03-02", "view": view})
    assert "Amara K." in shown.content.decode()
    assert "Kofi B." not in shown.content.decode()
    assert "data-move" in shown.content.decode()


@pytest.mark.parametrize("by", ["", "room", "therapist", "nonsense"])
def test_the_desk_sees_everybody_by_room_or_therapist(
    cast: Cast, browser: Browser, by: str
) -> None:
    a_session(cast.kofi, cast.session.starts_at, state="not held")
    asked = {"on": "2026-03-02", "view": "day", "by": by}
    shown = browser("sam").get(reverse("calendar"), asked).content.decode()
    assert all(words in shown for words in ("Amara K.", "Kofi B.", "Tom Ashby", "not held"))
    assert ("Room 2</h2>" in shown) == (by == "room")


@pytest.mark.parametrize(("on", "rooms"), [("2026-03-02", ["Room 2"]), ("2026-03-08", [])])
def test_by_room_a_day_has_the_rooms_that_are_used(
    browser: Browser, on: str, rooms: list[str]
) -> None:
    asked = {"on": on, "view": "day", "by": "room"}
    page = browser("sam").get(reverse("calendar"), asked)
    assert page.status_code == 200
    assert re.findall("(Room [0-9])</h2>", page.content.decode()) == rooms


@pytest.mark.parametrize("on", ["2026-02-30", "soon", "0001-01-01", "99999-01-01"])
def test_what_is_no_date_shows_now_and_says_so(browser: Browser, on: str) -> None:
    shown = browser("mira").get(reverse("calendar"), {"on": on})
    assert "That was not a date" in shown.content.decode()


@pytest.mark.parametrize("who", ["bill", "audrey"])
def test_others_have_no_calendar(browser: Browser, who: str) -> None:
    assert browser(who).get(reverse("calendar")).status_code == 404


def test_a_calendar_leaves_one_line(cast: Cast, browser: Browser) -> None:
    browser("mira").get(reverse("calendar"), {"on": "2026-03-02"})
    assert Line.objects.get(act="read", what="calendar").subjects == [str(cast.amara.id)]


# ------------------------------------------------------------------ one session


@pytest.mark.parametrize("name", [*OF_A_SESSION, *OF_THE_HOUR])
def test_its_therapist_sees_every_page_of_a_session(
    browser: Browser, coming: Session, name: str
) -> None:
    assert page(browser, "mira", name, coming).status_code == 200


@pytest.mark.parametrize("name", [*OF_A_SESSION, *OF_THE_HOUR])
@pytest.mark.parametrize("who", ["tom", "bill", "audrey", "stranger"])
def test_for_others_there_is_no_such_session(
    browser: Browser, coming: Session, name: str, who: str
) -> None:
    assert page(browser, who, name, coming).status_code == 404


def test_the_desk_sees_when_and_who_but_not_the_hour(browser: Browser, coming: Session) -> None:
    shown = page(browser, "sam", "session", coming).content.decode()
    assert "Amara Kamau" in shown
    assert reverse("attendance", args=[coming.id]) not in shown
    for name in OF_THE_HOUR:
        assert page(browser, "sam", name, coming).status_code == 404


def test_a_session_is_moved_from_a_form(browser: Browser, coming: Session) -> None:
    words = {"on": DAY, "clock": "16:15", "minutes": "75", "place": "video", "room": ""}
    assert page(browser, "mira", "session_move", coming, **words).status_code == 302
    coming.refresh_from_db()
    assert (local(coming), coming.place) == ("16:15", "video")


def test_the_form_begins_where_it_was_dragged(browser: Browser, coming: Session) -> None:
    address = reverse("session_move", args=[coming.id])
    shown = browser("mira").get(address, {"on": DAY, "clock": "17:45"}).content.decode()
    assert "17:45" in shown


def test_the_rest_of_a_series_moves_with_it(browser: Browser, made: Series) -> None:
    _, second, third = Session.objects.filter(series=made).order_by("starts_at")
    day = f"{second.starts_at:%Y-%m-%d}"
    words = {"on": day, "clock": "16:00", "minutes": "50", "place": "video", "scope": "following"}
    assert page(browser, "mira", "session_move", second, **words).status_code == 302
    third.refresh_from_db()
    assert local(third) == "16:00"


def test_a_move_that_cannot_be_says_why(cast: Cast, browser: Browser, made: Series) -> None:
    later = a_session(cast.amara, NEXT_WEEK + timedelta(hours=3))
    first = Session.objects.filter(series=made).order_by("starts_at")[0]
    words = {"on": DAY, "clock": local(first), "minutes": "50", "place": "video"}
    answer = page(browser, "mira", "session_move", later, **words)
    assert "Mira Osei has a session" in answer.content.decode()
    Session.objects.filter(pk=later.pk).update(state="held")
    answer = page(browser, "mira", "session_move", later, **words)
    assert "still to be held" in answer.content.decode()


def test_a_session_is_cancelled_and_taken_up_again(browser: Browser, coming: Session) -> None:
    assert page(browser, "sam", "session_cancel", coming, who="client").status_code == 302
    assert "takes place after all" in page(browser, "sam", "session", coming).content.decode()
    page(browser, "sam", "session_restore", coming, now="")
    coming.refresh_from_db()
    assert coming.state == "planned"


def test_what_cannot_be_taken_up_again_says_why(browser: Browser, coming: Session) -> None:
    client = browser("mira")
    answer = client.post(reverse("session_restore", args=[coming.id]), follow=True)
    assert "not held can be taken up again" in answer.content.decode()


def test_what_was_a_mistake_leaves_the_calendar(browser: Browser, made: Series) -> None:
    first = Session.objects.filter(series=made).order_by("starts_at")[0]
    sent = page(browser, "mira", "session_cancel", first, who="mistake", scope="all")
    assert sent.url == f"{reverse('calendar')}?on={DAY}"
    assert not Session.objects.filter(series=made).exclude(state="withdrawn").exists()


def test_nothing_is_cancelled_without_saying_what_happened(
    browser: Browser, coming: Session
) -> None:
    assert page(browser, "mira", "session_cancel", coming, who="the weather").status_code == 422


# ------------------------------------------------------------------ the hour


def test_everybody_is_noted_at_once(cast: Cast, browser: Browser) -> None:
    session = a_session(cast.reyes, timezone.now() - timedelta(hours=2))
    rows = list(Attendance.objects.filter(session=session).order_by("participant_id"))
    words = {f"state-{row.participant_id}": "attended" for row in rows}
    words |= {f"state-{rows[0].participant_id}": "late", f"late-{rows[0].participant_id}": "20"}
    assert page(browser, "mira", "attendance", session, **words).status_code == 302
    rows[0].refresh_from_db()
    assert (rows[0].state, rows[0].minutes_late) == ("late", 20)


def test_a_state_that_does_not_exist_notes_nobody(cast: Cast, browser: Browser) -> None:
    words = {f"state-{cast.participant().id}": "asleep"}
    assert page(browser, "mira", "attendance", cast.session, **words).status_code == 422
    assert Attendance.objects.get(session=cast.session).state == "expected"


def test_times_are_entered_later_and_over_midnight(cast: Cast, browser: Browser) -> None:
    words = {"on": "2026-03-02", "began": "23:30", "ended": "00:20"}
    assert page(browser, "mira", "session_times", cast.session, **words).status_code == 302
    held = Session.objects.get(pk=cast.session.pk)
    assert held.ended_at
    assert held.began_at
    assert held.ended_at - held.began_at == timedelta(minutes=50)
    assert "00:20" in page(browser, "mira", "session_times", held).content.decode()


def test_a_session_without_an_end_goes_on(cast: Cast, browser: Browser) -> None:
    words = {"on": "2026-03-02", "began": "10:02", "ended": ""}
    page(browser, "mira", "session_times", cast.session, **words)
    assert Session.objects.get(pk=cast.session.pk).state == "begun"


def test_times_to_come_are_refused(browser: Browser, coming: Session) -> None:
    words = {"on": DAY, "began": "10:00", "ended": "10:50"}
    answer = page(browser, "mira", "session_times", coming, **words)
    assert "still to come" in answer.content.decode()


def test_a_part_is_entered_with_who_was_there(cast: Cast, browser: Browser) -> None:
    one = cast.participant().id
    words = {"from_minute": "35", "present": [str(one)], "others": "an interpreter"}
    assert page(browser, "mira", "session_split", cast.session, **words).status_code == 302
    assert Part.objects.get(number=2).others == "an interpreter"
    shown = page(browser, "mira", "session", cast.session).content.decode()
    assert "From minute 35" in shown
    assert "an interpreter" in shown
    assert "an interpreter" not in page(browser, "sam", "session", cast.session).content.decode()


def test_a_mother_who_came_at_the_end_was_not_there_before(cast: Cast, browser: Browser) -> None:
    session = a_session(cast.reyes, timezone.now() - timedelta(hours=2))
    mother, *children = (row.participant_id for row in Attendance.objects.filter(session=session))
    page(browser, "mira", "session_split", session, from_minute="35", present=[str(mother)])
    address = f"{reverse('session_split', args=[session.id])}?part=1"
    assert browser("mira").get(address).content.decode().count("checked") == 3
    browser("mira").post(address, {"present": [str(one) for one in children]})
    assert Attendance.objects.get(session=session, participant=mother).absent_in_parts == [1]


@pytest.mark.parametrize("part", ["9", "x"])
def test_a_part_that_is_not_there_is_begun_anew(cast: Cast, browser: Browser, part: str) -> None:
    address = reverse("session_split", args=[cast.session.id])
    assert "From minute" in browser("mira").get(address, {"part": part}).content.decode()


def test_a_part_before_the_last_one_is_refused(cast: Cast, browser: Browser) -> None:
    answer = page(browser, "mira", "session_split", cast.session, from_minute="0")
    assert "after the one before" in answer.content.decode()


def test_a_stranger_is_in_no_part(cast: Cast, browser: Browser) -> None:
    words = {"from_minute": "10", "present": [str(nobodys_id())]}
    assert page(browser, "mira", "session_split", cast.session, **words).status_code == 422
