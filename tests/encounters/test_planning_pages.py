"""Planning through a browser without script."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.frame.therapy.models import Frame, Participant
from holdspace.hour.encounters.models import Attendance, Series, Session
from tests.cast import Cast, nobodys_id
from tests.encounters.conftest import DAY, NEXT_WEEK, OF_A_SESSION, Browser, local, page


def said(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "therapy": str(cast.amara.id), "on": DAY, "clock": "10:00", "minutes": "50",
        "place": "room", "room": str(cast.room.id), "kind": "regular", "repeat": "", **more,
    }  # fmt: skip


def test_a_session_is_planned_from_a_form(cast: Cast, browser: Browser) -> None:
    client = browser("mira")
    asked = {"therapy": str(cast.amara.id), "on": DAY}
    assert DAY in client.get(reverse("new_session"), asked).content.decode()
    sent = client.post(reverse("new_session"), said(cast, minutes="7", clock="00:00"))
    assert sent.headers["location"] == f"{reverse('calendar')}?on={DAY}"
    session = Session.objects.get(starts_at__gt=timezone.now())
    assert (local(session), session.room_id) == ("00:00", cast.room.id)


def test_a_form_begins_with_what_was_agreed(cast: Cast, browser: Browser) -> None:
    Frame.objects.filter(therapy=cast.amara).update(minutes=75)
    shown = browser("mira").get(reverse("new_session"), {"therapy": str(cast.amara.id)})
    assert 'value="75"' in shown.content.decode()


@pytest.mark.parametrize("therapy", ["kofi", "unknown", "nonsense"])
def test_it_says_nothing_of_a_therapy_one_may_not_know(
    cast: Cast, browser: Browser, therapy: str
) -> None:
    Frame.objects.update(minutes=75)
    ids = {"kofi": str(cast.kofi.id), "unknown": str(nobodys_id()), "nonsense": "x"}
    shown = browser("mira").get(reverse("new_session"), {"therapy": ids[therapy]})
    assert 'value="50"' in shown.content.decode()


def test_a_series_is_planned_from_a_form(cast: Cast, browser: Browser) -> None:
    words = said(cast, repeat="1 week", times="4", weekdays=["0", "3"])
    assert browser("mira").post(reverse("new_session"), words).status_code == 302
    assert Series.objects.get().rule == "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=4"
    assert Session.objects.filter(series__isnull=False).count() == 4


def of_the_family(cast: Cast, **more: Any) -> dict[str, Any]:
    return said(cast, therapy=str(cast.reyes.id), **more)


def who_is_expected() -> list[str]:
    rows = Attendance.objects.filter(session__therapy__unit="family").order_by("session", "id")
    return [row.participant.person.name for row in rows]


def test_of_several_one_chooses_who_is_expected(cast: Cast, browser: Browser) -> None:
    shown = browser("mira").get(reverse("new_session"), {"therapy": str(cast.reyes.id)})
    assert shown.content.decode().count('name="coming"') == 3
    assert shown.content.decode().count("checked") == 3
    luz = cast.participant("reyes").id
    chosen = of_the_family(cast, coming_of=str(cast.reyes.id), coming=str(luz))
    assert browser("mira").post(reverse("new_session"), chosen).status_code == 302
    assert who_is_expected() == ["Luz Reyes"]


def test_a_series_has_whoever_is_expected(cast: Cast, browser: Browser) -> None:
    luz, ana = list(Participant.objects.filter(therapy=cast.reyes).order_by("id"))[:2]
    chosen = of_the_family(
        cast, coming_of=str(cast.reyes.id), coming=[str(luz.id), str(ana.id)],
        repeat="1 week", times="2",
    )  # fmt: skip
    assert browser("mira").post(reverse("new_session"), chosen).status_code == 302
    assert who_is_expected() == ["Luz Reyes", "Ana Reyes"] * 2


def test_nobody_expected_is_asked_again(cast: Cast, browser: Browser) -> None:
    chosen = of_the_family(cast, coming_of=str(cast.reyes.id))
    answer = browser("mira").post(reverse("new_session"), chosen)
    assert answer.status_code == 422
    assert "Choose at least one" in answer.content.decode()
    assert not Session.objects.filter(therapy=cast.reyes).exists()


def test_where_it_was_not_asked_everybody_is_expected(cast: Cast, browser: Browser) -> None:
    of_amara = of_the_family(cast, coming_of=str(cast.amara.id))
    assert browser("mira").post(reverse("new_session"), of_amara).status_code == 302
    assert len(who_is_expected()) == 3


def test_of_one_nobody_is_asked_who_comes(cast: Cast, browser: Browser) -> None:
    shown = browser("mira").get(reverse("new_session"), {"therapy": str(cast.amara.id)})
    assert 'name="coming"' not in shown.content.decode()


def test_who_takes_part_follows_the_therapy_that_is_chosen(cast: Cast, browser: Browser) -> None:
    asked = {"therapy": str(cast.reyes.id), "on": DAY}
    part = browser("mira").get(reverse("new_session"), asked, headers={"HX-Request": "true"})
    assert part.content.decode().count('name="coming"') == 3
    assert "<html" not in part.content.decode()
    of_tom = {"therapy": str(cast.kofi.id)}
    for of in (of_tom, {"therapy": str(nobodys_id())}, {"therapy": "x"}):
        part = browser("mira").get(reverse("new_session"), of, headers={"HX-Request": "true"})
        assert 'name="coming"' not in part.content.decode()


def test_without_script_one_looks_who_takes_part(cast: Cast, browser: Browser) -> None:
    looked = of_the_family(cast, look="people", minutes="75", weekdays=["1", "3"])
    shown = browser("mira").post(reverse("new_session"), looked)
    assert shown.status_code == 200
    assert shown.content.decode().count('name="coming"') == 3
    assert 'value="75"' in shown.content.decode()
    assert not Session.objects.filter(therapy=cast.reyes).exists()


def test_a_series_says_in_words_how_it_repeats(cast: Cast, browser: Browser) -> None:
    weekly = said(cast, repeat="1 week", times="3")
    answer = browser("mira").post(reverse("new_session"), weekly, follow=True)
    repeats = f"every {NEXT_WEEK:%A} at 10:00, 3 times"
    assert repeats in answer.content.decode()
    made = Session.objects.exclude(series=None).order_by("starts_at")[0]
    for name in OF_A_SESSION:
        assert repeats in page(browser, "mira", name, made).content.decode()


def test_a_session_that_stands_alone_repeats_nothing(browser: Browser, coming: Session) -> None:
    assert "series" not in page(browser, "mira", "session", coming).content.decode()


def test_a_series_until_a_day_and_one_without_an_end(cast: Cast, browser: Browser) -> None:
    until = f"{NEXT_WEEK + timedelta(days=3):%Y-%m-%d}"
    client = browser("mira")
    client.post(reverse("new_session"), said(cast, repeat="1 day", until=until))
    assert Session.objects.filter(series__isnull=False).count() == 4
    client.post(reverse("new_session"), said(cast, repeat="2 week", clock="15:00"))
    assert Session.objects.filter(series__isnull=False).count() == 16


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"on": "2026-02-30"}, "valid date"),
        ({"on": "0001-01-01"}, "year you meant"),
        ({"on": "2190-01-01"}, "five years ahead"),
        ({"on": "1990-01-01"}, "five years back"),
        ({"clock": "25:00"}, "valid time"),
        ({"minutes": "0"}, "greater than or equal to 1"),
        ({"minutes": "1441"}, "less than or equal to 1440"),
        ({"therapy": str(nobodys_id())}, "valid choice"),
        ({"therapy": "\x00"}, "valid choice"),
        ({"room": str(nobodys_id())}, "valid choice"),
        ({"repeat": "1 week", "times": "3", "until": "2027-01-01"}, "either how many times"),
        ({"repeat": "1 day", "until": "2020-01-01"}, "before it begins"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(
    cast: Cast, browser: Browser, wrong: dict[str, str], why: str
) -> None:
    before = Session.objects.count()
    answer = browser("mira").post(reverse("new_session"), said(cast, minutes="55") | wrong)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert wrong.get("minutes", "55") in answer.content.decode()
    assert Session.objects.count() == before


def test_a_colleagues_therapy_is_no_choice(cast: Cast, browser: Browser) -> None:
    answer = browser("mira").post(reverse("new_session"), said(cast, therapy=str(cast.kofi.id)))
    assert "valid choice" in answer.content.decode()


def test_a_free_time_is_offered_and_taken(cast: Cast, browser: Browser, coming: Session) -> None:
    client = browser("mira")
    words = said(cast, therapy=str(cast.reyes.id), clock=local(coming))
    answer = client.post(reverse("new_session"), words).content.decode()
    assert "Room 2 is taken from" in answer
    free = answer.split('name="take" value="')[1].split('"')[0]
    assert client.post(reverse("new_session"), words | {"take": free}).status_code == 302
    assert Session.objects.filter(therapy=cast.reyes).count() == 1


def test_a_series_shows_what_is_taken_and_leaves_it_out(
    cast: Cast, browser: Browser, coming: Session
) -> None:
    client = browser("mira")
    words = said(cast, therapy=str(cast.reyes.id), clock=local(coming), repeat="1 week", times="3")
    assert "These times are not free" in client.post(reverse("new_session"), words).content.decode()
    assert client.post(reverse("new_session"), words | {"skip": "on"}).status_code == 302
    assert Session.objects.filter(therapy=cast.reyes).count() == 2
