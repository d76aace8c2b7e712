"""The shelf for every member, the owner's files, and figures copied from paper."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from holdspace.hour.measures import actions
from holdspace.hour.measures.checking import LONGEST
from holdspace.hour.measures.instruments import library
from holdspace.hour.measures.models import Answering, LocalFile
from tests.cast import NOW, Cast
from tests.measures.own import OWN, WORDS
from tests.measures.test_pages import mira, page

__all__ = ["mira"]


@pytest.fixture
def olive(cast: Cast, client: Client, settings: Any, time_machine: Any) -> Client:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOW, tick=False)
    client.force_login(cast.olive.account, "holdspace.frame.practice.sign_in.Accounts")
    return client


@pytest.mark.usefixtures("cast")
def test_the_shelf_says_what_may_be_done_with_each(mira: Client) -> None:
    text = page(mira, "instruments")
    assert f"{len(library())} questionnaires" in text
    for words in ("can be given", "a total only", "words to be loaded"):
        assert words in text


@pytest.mark.parametrize(
    ("choice", "shown", "hidden"),
    [
        ({"status": "no"}, "OQ-45.2", "PHQ-9"),
        ({"construct": "worry"}, "PSWQ", "PHQ-9"),
        ({"status": "nonsense"}, "There is none of this kind", "PHQ-9"),
    ],
)
def test_the_shelf_can_be_narrowed(
    mira: Client, choice: dict[str, str], shown: str, hidden: str
) -> None:
    text = mira.get(reverse("instruments"), choice).content.decode()
    assert shown in text
    assert hidden not in text


@pytest.mark.parametrize("name", library())
def test_every_instrument_has_a_page_of_its_facts(mira: Client, name: str) -> None:
    text = page(mira, "instrument", name)
    assert library()[name].short_name in text
    assert "!!!" not in text
    assert ("It cannot be given here" in text) is not library()[name].is_worded


def test_what_was_not_checked_is_marked_so(mira: Client) -> None:
    assert "not checked at its source" in page(mira, "instrument", "spin")
    assert mira.get(reverse("instrument", args=["phq10"])).status_code == 404


def test_a_file_is_looked_at_and_then_loaded(olive: Client) -> None:
    href = reverse("instrument_files")
    assert "Nothing was loaded yet" in page(olive, "instrument_files")
    upload = SimpleUploadedFile("own.yaml", OWN.encode())
    looked = olive.post(href, {"file": upload, "look": "1"})
    assert looked.status_code == 200
    assert "It can be loaded" in looked.content.decode()
    assert not LocalFile.objects.exists()
    assert olive.post(href, {"text": OWN, "load": "1"}).status_code == 302
    assert "How the evenings were" in page(olive, "instrument_files")
    olive.post(reverse("take_away_instrument", args=[LocalFile.objects.get().id]))
    assert "Nothing was loaded yet" in page(olive, "instrument_files")


def test_words_are_looked_at_with_their_licence(olive: Client) -> None:
    looked = olive.post(reverse("instrument_files"), {"text": WORDS, "look": "1"})
    assert "A licence that the practice has." in looked.content.decode()
    olive.post(reverse("instrument_files"), {"text": WORDS, "load": "1"})
    text = page(olive, "instrument_files")
    assert "words, en" in text


def test_faults_are_shown_by_line_and_nothing_is_loaded(olive: Client) -> None:
    faulty = OWN.replace("[0, 6]", "[0, 9]")
    answer = olive.post(reverse("instrument_files"), {"text": faulty, "load": "1"})
    assert answer.status_code == 422
    assert "Line 9: range" in answer.content.decode()
    assert not LocalFile.objects.exists()


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({}, "Choose a file"),
        ({"file": SimpleUploadedFile("x.yaml", b"caf\xe9")}, "no text in UTF-8"),
        ({"file": SimpleUploadedFile("x.yaml", b"x" * (LONGEST + 1))}, "too long"),
    ],
)
def test_what_is_no_file_is_said(olive: Client, form: dict[str, Any], says: str) -> None:
    answer = olive.post(reverse("instrument_files"), form)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_version_that_was_loaded_otherwise_is_refused_on_the_page(olive: Client) -> None:
    olive.post(reverse("instrument_files"), {"text": OWN, "load": "1"})
    changed = OWN.replace("calm evening", "quiet evening")
    answer = olive.post(reverse("instrument_files"), {"text": changed, "load": "1"})
    assert answer.status_code == 422
    assert "give it a new number" in answer.content.decode()


def total(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"participant": cast.participant().id, "filled_in_on": "2026-03-01", **more}


def test_a_total_is_typed_twice(cast: Cast, mira: Client) -> None:
    href = reverse("paper_total", args=[cast.amara.id, "oq45"])
    twice = total(cast, first_total="71", again_total="71")
    assert mira.post(href, {**twice, "again_total": "17"}).status_code == 422
    assert mira.post(href, {**twice, "filled_in_on": "2099-01-01"}).status_code == 422
    assert mira.post(href, total(cast)).status_code == 422
    assert mira.post(href, total(cast, first_total="900", again_total="900")).status_code == 422
    answer = mira.post(href, twice)
    row = Answering.objects.get()
    assert answer["location"] == reverse("answering", args=[row.id])
    text = page(mira, "answering", row.id)
    assert "71 of 180" in text
    assert "Only the figures were entered" in text
    assert "OQ-45.2: 71 of 180" in page(mira, "therapy_measures", cast.amara.id)


def test_scales_are_typed_where_there_is_no_total(cast: Cast, mira: Client) -> None:
    href = reverse("paper_total", args=[cast.amara.id, "hads"])
    mira.post(href, total(cast, first_anxiety="12", again_anxiety="12"))
    text = page(mira, "answering", Answering.objects.get().id)
    assert "it has no total" in text
    assert "Anxiety: 12" in text


def test_what_is_scored_elsewhere_is_asked_for_its_total(cast: Cast, mira: Client) -> None:
    answer = mira.get(reverse("paper", args=[cast.amara.id, "oq45"]))
    assert answer["location"] == reverse("paper_total", args=[cast.amara.id, "oq45"])
    assert "Enter only the total" in page(mira, "paper", cast.amara.id, "core_10")
    assert "Question 1" in page(mira, "paper", cast.amara.id, "core_10")
    assert "Total (0 to 40)" in page(mira, "paper_total", cast.amara.id, "core_om")
    assert mira.get(reverse("paper_total", args=[cast.amara.id, "asq"])).status_code == 404


def test_scales_bands_and_other_units_are_shown_with_their_doubts(cast: Cast, mira: Client) -> None:
    who = cast.participant().id
    for name, answers in (
        ("dass21", {f"q{n}": 1 for n in range(1, 22)}),
        ("swemwbs", {f"q{n}": 3 for n in range(1, 8)}),
        ("mhc_sf", {f"q{n}": 3 for n in range(1, 15)}),
        ("pss10", {f"q{n}": 2 for n in range(1, 11)}),
    ):
        sheet = actions.Copied(cast.amara.id, who, name, NOW, answers)
        actions.enter_paper(sheet, by=cast.visitor("mira"), at=NOW)
    dass, metric, health, stress = (
        page(mira, "answering", Answering.objects.get(instrument=name).id)
        for name in ("dass21", "swemwbs", "mhc_sf", "pss10")
    )
    assert "Depression: 14 (moderate)" in dass
    assert "Question 3" in dass
    assert "Metric score: 19.25. The figures were not checked at their source." in metric
    assert "not checked at its source" in health
    assert "moderate; from memory. The figures were not checked at their source." in stress


def test_an_own_instrument_is_offered(cast: Cast, mira: Client) -> None:
    actions.load_file(OWN, by=cast.visitor("olive"), at=NOW)
    assert "How the evenings were" in page(mira, "give", cast.amara.id)
