"""How often each members' page asks the database, and that it asks no more as the work grows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from holdspace.frame.people import names
from holdspace.frame.people.models import ContactPoint
from holdspace.frame.therapy.models import Aim, Fact
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures import actions
from holdspace.hour.measures.models import Rule
from holdspace.office.outcomes import actions as outcomes
from holdspace.office.outcomes.actions import Considered, Happened
from holdspace.office.outcomes.rules import Area
from tests.access.cells import Cells, a_note
from tests.access.examples import signed_in
from tests.cast import NOW, TODAY, Cast, a_participant, a_person, a_session, a_therapy

Address = Callable[[Cast, Cells], str]


def of(name: str, query: str = "") -> Address:
    return lambda _cast, _cells: reverse(name) + query


def of_amara(name: str) -> Address:
    return lambda cast, _cells: reverse(name, args=[cast.amara.id])


def of_the_session(name: str) -> Address:
    return lambda cast, _cells: reverse(name, args=[cast.session.id])


PAGES: dict[str, tuple[str, Address, int]] = {
    "today": ("mira", of("today"), 27),
    "the front desk's today": ("sam", of("today"), 9),
    "caseload": ("mira", of("caseload"), 19),
    "prepare card": ("mira", of_the_session("prepare"), 33),
    "room": ("mira", of_the_session("room"), 9),
    "form for afterwards": ("mira", of_the_session("after"), 38),
    "week": ("mira", of("calendar", "?on=2026-03-02"), 9),
    "day": ("mira", of("calendar", "?on=2026-03-02&view=day"), 9),
    "the desk's day by therapist": ("sam", of("calendar", "?view=day&by=therapist"), 10),
    "session": ("mira", of_the_session("session"), 13),
    "attendance": ("mira", of_the_session("attendance"), 10),
    "new session": ("mira", of("new_session"), 11),
    "therapy": ("mira", of_amara("therapy"), 15),
    "people of a therapy": ("mira", of_amara("therapy_people"), 16),
    "notes of a therapy": ("mira", of_amara("therapy_notes"), 13),
    "forms of a therapy": ("mira", of_amara("therapy_sheets"), 11),
    "a form": ("mira", lambda _, c: reverse("sheet", args=[c.sheet.id]), 8),
    "news of a form": ("mira", lambda _, c: reverse("sheet_news", args=[c.sheet.id]), 8),
    "versions of a form": ("mira", lambda _, c: reverse("sheet_versions", args=[c.sheet.id]), 9),
    "measures of a therapy": ("mira", of_amara("therapy_measures"), 22),
    "course of a therapy": ("mira", of_amara("therapy_course"), 23),
    "what to consider": ("mira", lambda _, c: reverse("consider", args=[c.participant.id]), 14),
    "signals of the practice": ("olive", of("practice_signals"), 4),
    "note": ("mira", lambda _, cells: reverse("note", args=[cells.signed.id]), 11),
    "draft": ("mira", lambda _, cells: reverse("note", args=[cells.draft.id]), 10),
    "answers": ("mira", lambda _, cells: reverse("answering", args=[cells.answering.id]), 11),
    "safety flag": ("mira", lambda _, cells: reverse("flag", args=[cells.flag.id]), 11),
    "person": ("mira", lambda _, c: reverse("person", args=[c.participant.person_id]), 13),
    "find": ("mira", of("find_person", "?q=Amara"), 9),
    "outcomes that are remembered": ("mira", of("outcomes"), 3),
    "the practice's outcomes": ("olive", of("outcomes_service"), 3),
    "beside England": ("mira", of("outcomes_national"), 3),
    "workbench": ("mira", of("workbench"), 3),
    "table of scores": ("mira", lambda _, cells: reverse("table", args=[cells.table.id]), 7),
    "practice": ("olive", of("practice"), 6),
    "members": ("olive", of("members"), 4),
    "places": ("olive", of("places"), 5),
    "my page": ("mira", of("my_page"), 4),
    "sessions held": ("bill", of("held"), 9),
    "book": ("audrey", of("book"), 4),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_so_often_and_no_more_as_the_work_grows(cast: Cast, name: str) -> None:
    cells = Cells.about(cast)
    who, address, questions = PAGES[name]
    client = signed_in(who)(cast, cells)
    grown(cast)
    asked(client, address(cast, cells))  # the first request of a browser writes its session
    at_first = asked(client, address(cast, cells))
    grown(cast)
    assert asked(client, address(cast, cells)) == at_first
    if connection.vendor == "sqlite":  # PostgreSQL needs one or two fewer on some pages
        assert at_first == questions
    assert at_first <= questions


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as questions:
        assert client.get(address).status_code == 200
    return len(questions)


def grown(cast: Cast) -> None:
    """One more of everything that a page lists."""
    before = Session.objects.count()
    a_session(cast.amara, NOW + timedelta(hours=before))
    held = a_session(cast.amara, NOW - timedelta(hours=before), state="held")
    a_note(cast, held, "signed")
    person = a_person(cast.practice, f"Amara {before}")
    names.enter(person)
    place = a_participant(cast.amara, person, "parent")
    Fact.objects.create(
        practice=cast.practice, participant=place, kind="kinship", words="aunt", from_on=TODAY
    )
    for one, instrument in ((cast.participant(), "phq9"), (place, "gad7")):
        sheet = actions.Copied(cast.amara.id, one.id, instrument, NOW, {"q1": 1, "q2": 2})
        actions.enter_paper(sheet, by=cast.visitor("mira"), at=NOW)
    Rule.objects.create(
        practice=cast.practice, therapy=cast.amara, participant=place, instrument="gad7",
        when="before each session", from_on=TODAY,
    )  # fmt: skip
    Aim.objects.create(
        practice=cast.practice, therapy=cast.amara, words="Sleep", since=TODAY, participant=place
    )
    happened, said = Happened(TODAY, "moved house"), Considered([Area.LIFE])
    outcomes.note_event(cast.amara.id, happened, by=cast.visitor("mira"), at=NOW)
    outcomes.consider(place.id, said, by=cast.visitor("mira"), at=NOW)
    ContactPoint.objects.create(
        practice=cast.practice, person=cast.participant().person, kind="mobile", value="1",
        safe="yes", from_at=NOW,
    )  # fmt: skip
    another = a_therapy(cast.mira, f"Another {before}", f"Somebody {before}")
    a_session(another, NOW + timedelta(hours=before, minutes=30))
