"""The pages of a therapy, through a browser without script."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from holdspace.cellar.ledger.models import Line
from holdspace.frame.therapy import actions, queries
from holdspace.frame.therapy.models import Fact, Participant, Therapist, Therapy
from holdspace.frame.therapy.rules import FactKind, FactSaid
from tests.cast import A_YEAR_AGO, NOW, Cast
from tests.therapy.conftest import Browser

CHANGES = (
    "therapy_people", "therapy_team", "therapy_facts", "therapy_frame", "therapy_state",
    "therapy_title", "therapy_choices", "therapy_brings", "therapy_aims",
)  # fmt: skip
OF_THE_DESK = ("therapy_people", "therapy_frame", "therapy_title")


def address(name: str, cast: Cast, therapy: str = "amara") -> str:
    return reverse(name, args=[getattr(cast, therapy).id])


@pytest.fixture
def a_family(known: Cast) -> Cast:
    by = known.visitor("mira")
    luz, ana, teo = queries.participants(by, [known.reyes.id])
    for kind, words in (
        (FactKind.KINSHIP, "mother of"),
        (FactKind.COURT_ORDER, "no contact alone"),
    ):
        said = FactSaid(kind=kind, words=words, from_on=A_YEAR_AGO, about=ana.id)
        actions.state_fact(luz.id, said, by=by, at=NOW)
    past = FactSaid(
        kind=FactKind.AUTHORITY, words="decides alone", from_on=A_YEAR_AGO, to_on=A_YEAR_AGO
    )
    actions.state_fact(luz.id, past, by=by, at=NOW)
    actions.end_participant(teo.id, A_YEAR_AGO, by=by, at=NOW)
    actions.set_aims(known.reyes.id, ["Dinner together"], by=by, at=NOW)
    actions.set_aims(known.reyes.id, ["Rest"], luz.id, by=by, at=NOW)
    actions.say_what_brings(known.reyes.id, "We shout", by=by, at=NOW)
    return known


def test_its_therapist_sees_all_of_a_therapy(browser: Browser, a_family: Cast) -> None:
    page = browser("mira").get(address("therapy", a_family, "reyes")).text
    for words in (
        "The Reyes family", "mother of", "no contact alone", "Dinner together", "Rest", "We shout",
        "Once took part", "50 minutes", "Mira Osei", "Psychodynamic",
    ):  # fmt: skip
        assert words in page


def test_the_desk_sees_names_and_times_and_no_words(browser: Browser, a_family: Cast) -> None:
    page = browser("sam").get(address("therapy", a_family, "reyes")).text
    for name in ("The Reyes family", "Luz Reyes", "50 minutes", "Mira Osei"):
        assert name in page
    for words in ("mother of", "no contact", "Dinner", "Rest", "We shout", "Kinship"):
        assert words not in page


def test_a_colleagues_therapy_and_an_unknown_one_are_not_here_alike(
    browser: Browser, known: Cast
) -> None:
    for who in ("tom", "stranger", "bill"):
        pages = [
            browser(who).get(reverse("therapy", args=[one])) for one in (known.amara.id, uuid4())
        ]
        assert [page.status_code for page in pages] == [404, 404]
        assert pages[0].content == pages[1].content
    *_, first, second = Line.objects.filter(act="refused").exclude(subjects=[]).order_by("id")
    assert (first.act, first.what, first.layer) == (second.act, second.what, second.layer)


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_offered_to_its_therapist_alone(
    browser: Browser, a_family: Cast, name: str
) -> None:
    assert browser("mira").get(address(name, a_family, "reyes")).status_code == 200
    assert browser("tom").get(address(name, a_family, "reyes")).status_code == 404
    desk = browser("sam").get(address(name, a_family, "reyes")).status_code
    assert desk == (200 if name in OF_THE_DESK else 404)


POSTED: dict[str, dict[str, Any]] = {
    "therapy_title": {"title": "A. Kamau"},
    "therapy_brings": {"brings": "I cope."},
    "therapy_aims": {"together": "Sleep\nSay no"},
    "therapy_state": {"to": "ending", "on": "2026-01-05"},
    "therapy_frame": {"minutes": "75", "place": "video", "from_on": "2026-01-05", "fee": "60.50"},
    "therapy_choices": {
        "unit": "individual", "approach": "gestalt", "second": "gestalt", "voice": "analytic",
        "service": "psychotherapy", "stance": "clinical", "note_format": "dap",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", POSTED)
def test_a_change_is_made_and_shown(browser: Browser, known: Cast, name: str) -> None:
    client = browser("mira")
    page = client.post(address(name, known), POSTED[name])
    assert page.url == address("therapy", known)  # type: ignore[attr-defined]
    assert client.get(page.url).status_code == 200  # type: ignore[attr-defined]


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("therapy_title", {"title": "x" * 10_000}),
    ("therapy_title", {"title": "a\0b"}),
    ("therapy_brings", {"brings": "x" * 20_001}),
    ("therapy_aims", {"together": "x" * 1001}),
    ("therapy_state", {"to": "inquiry", "on": "2026-01-05"}),
    ("therapy_state", {"to": "ended", "on": "soon"}),
    ("therapy_state", {"to": "ended", "on": "2999-01-01"}),
    ("therapy_frame", {"minutes": "0", "place": "video", "from_on": "2026-01-05"}),
    ("therapy_frame", {"minutes": "50", "place": "moon", "from_on": "31/31/31"}),
    ("therapy_team", {"member": "not an id", "from_on": "2026-01-05"}),
    ("therapy_facts", {"kind": "kinship", "words": "", "from_on": "2026-01-05"}),
]


@pytest.mark.parametrize(("name", "said"), WRONG)
def test_what_cannot_be_is_said_and_stays_typed(
    browser: Browser, known: Cast, name: str, said: dict[str, str]
) -> None:
    before = Therapy.objects.get(pk=known.amara.id).row_version
    page = browser("mira").post(address(name, known), said)
    assert page.status_code == 422
    assert "error-summary" in page.text
    assert Therapy.objects.get(pk=known.amara.id).row_version == before


def test_a_voice_without_aims_has_no_page_for_them(browser: Browser, known: Cast) -> None:
    client = browser("mira")
    client.post(address("therapy_choices", known), POSTED["therapy_choices"])
    assert client.get(address("therapy_aims", known)).status_code == 404
    assert "Hopes" not in client.get(address("therapy", known)).text


def test_a_colleague_comes_and_oneself_goes(browser: Browser, known: Cast) -> None:
    client = browser("mira")
    said = {"member": str(known.tom.id), "from_on": "2026-01-05", "seat": "therapist"}
    assert client.post(address("therapy_team", known), said).status_code == 302
    seat = Therapist.objects.get(therapy=known.amara, member=known.mira)
    ending = reverse("end_therapist", args=[seat.id])
    assert client.get(ending).status_code == 200
    page = client.post(ending, {"on": "2026-01-05"})
    assert page.url == reverse("find_person")  # type: ignore[attr-defined]
    assert client.get(address("therapy", known)).status_code == 404


def test_kinship_is_stated_and_ended(browser: Browser, known: Cast) -> None:
    client, by = browser("mira"), known.visitor("mira")
    luz, ana, _teo = queries.participants(by, [known.reyes.id])
    said = {
        "kind": "kinship", "participant": luz.id, "about": ana.id, "words": "mother of",
        "from_on": "2026-01-05",
    }  # fmt: skip
    home = address("therapy", known, "reyes")
    assert client.post(address("therapy_facts", known, "reyes"), said).url == home  # type: ignore[attr-defined]
    ending = reverse("end_fact", args=[Fact.objects.get().id])
    assert client.get(ending).status_code == 200
    assert client.post(ending, {"on": "2026-01-05"}).url == home  # type: ignore[attr-defined]


def test_somebody_joins_and_leaves(browser: Browser, known: Cast) -> None:
    client = browser("sam")
    people = address("therapy_people", known)
    said = {"rows": "1", "row-0-name": "Ben Orr", "row-0-part": "partner", "from_on": "2026-01-05"}
    assert client.post(people, {**said, "step": "begin"}).url == people  # type: ignore[attr-defined]
    assert "Ben Orr" in client.get(people).text
    place = Participant.objects.filter(therapy=known.amara).latest("id")
    ending = reverse("end_participant", args=[place.id])
    assert client.get(ending).status_code == 200
    assert client.post(ending, {"on": "2026-01-06"}).status_code == 302
    assert client.post(ending, {"on": "2026-01-06"}).status_code == 422


def test_whom_we_know_is_found_and_joins_once(browser: Browser, known: Cast) -> None:
    client, people = browser("mira"), address("therapy_people", known)
    said = {"rows": "1", "row-0-name": "luz", "row-0-part": "other", "from_on": "2026-01-05"}
    found = client.post(people, {**said, "step": "find 0"})
    luz = known.participant("reyes").person_id
    assert f"use 0 {luz}" in found.text
    chosen = {**said, "row-0-person": str(luz)}
    assert client.post(people, {**chosen, "step": "begin"}).status_code == 302
    again = client.post(people, {**chosen, "step": "begin"})
    assert again.status_code == 422
    assert "already has a place" in again.text


@pytest.mark.parametrize("name", ["end_participant", "end_therapist", "end_fact"])
def test_a_forged_id_is_not_here(browser: Browser, known: Cast, name: str) -> None:
    assert browser("mira").get(reverse(name, args=[uuid4()])).status_code == 404
    assert browser("mira").post(reverse(name, args=[known.kofi.id])).status_code == 404
