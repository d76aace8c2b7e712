"""Pages of approaches and voices: the time line, one approach, and writing one's own."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from holdspace.frame.approaches import page as pages
from holdspace.frame.approaches import queries
from holdspace.frame.approaches.catalogue import catalogue
from holdspace.frame.approaches.models import OwnApproach, OwnVoice
from holdspace.frame.practice.models import Member
from tests.access.cells import Cells
from tests.access.examples import signed_in
from tests.approaches.saying import a_voice, an_approach
from tests.cast import Cast
from tests.desk.test_pages import page

WHOLE = {
    "name": "Garden hour", "family": "other_and_allied", "stance": "mixed", "structure": "semi",
    "hour": "10 Walking in\n40 Digging", "techniques": "Digging beside", "voice": "counselling",
    "note_format": "three_line", "artefacts": ["journal"], "measures": ["who5"],
}  # fmt: skip


@pytest.fixture
def mira(cast: Cast) -> Client:
    return signed_in("mira")(cast, Cells.about(cast))


@pytest.fixture
def olive(cast: Cast) -> Client:
    return signed_in("olive")(cast, Cells.about(cast))


def test_the_time_line_goes_from_the_1890s_on(mira: Client) -> None:
    shown = page(mira, "approaches")
    decades = re.findall(r'id="decade-\d+">(\d{4})s<', shown)
    assert decades[0] == "1890"
    assert decades == sorted(decades)
    assert "136 approaches" in shown  # one is the practice's own
    assert "not a recommendation" in shown
    assert "Facilitated communication" in shown


@pytest.mark.parametrize(
    ("asked", "found", "missing"),
    [
        ({"q": "rogers"}, "Person-centred therapy", "Psychoanalysis (classical)"),
        ({"q": "CBT beck"}, "Beckian", "Gestalt therapy"),
        ({"family": "group"}, "Group analysis", "Gestalt therapy"),
        ({"stance": "clinical"}, "Prolonged exposure", "Gestalt therapy"),
        ({"format": "parent_child"}, "Theraplay", "Gestalt therapy"),
        ({"q": "nothing is called so"}, "There is none of this kind", "Gestalt therapy"),
        ({"family": "unheard of"}, "136 approaches", "There is none of this kind"),
    ],
)
def test_the_time_line_can_be_narrowed(
    mira: Client, asked: dict[str, str], found: str, missing: str
) -> None:
    shown = mira.get(reverse("approaches"), asked).content.decode()
    assert found in shown
    assert missing not in shown


def test_every_approach_has_a_page_with_its_hour(mira: Client) -> None:
    for name, one in catalogue().items():
        shown = page(mira, "approach", name)
        assert "not a recommendation" in shown
        assert shown.count("<rect") == len(one.hour)


def test_a_page_says_what_is_offered_and_what_is_only_named(mira: Client) -> None:
    shown = page(mira, "approach", "psychoanalysis")
    assert "CORE-OM" in shown
    assert re.search(r"not in the library here:.*OPD-2", shown)
    assert "200" in shown
    assert "A part of it was read here" in page(mira, "approach", "emdr")


def test_words_that_wait_for_their_translation_say_that_they_are_english() -> None:
    known = catalogue()["cbt"]
    with translation.override("de"):
        shown = pages.approach_page(known, {})
    assert shown.name.startswith("Kognitive")
    assert {one.language for one in shown.techniques} == {"en"}


def test_the_strip_of_an_hour_is_as_wide_as_the_page_of_it() -> None:
    for one in catalogue().values():
        last = pages.stretches(one)[-1]
        assert last.x + last.width == pytest.approx(pages.WIDTH - 3, abs=0.2)
        assert last.from_minute + last.minutes == one.minutes


@pytest.mark.parametrize(
    ("name", "said"),
    [("dit", "16"), ("cbt", " to "), ("psychoanalysis", "open-ended"), ("istdp", "60 (50 to 180)")],
)
def test_sessions_and_minutes_are_said_as_they_are(mira: Client, name: str, said: str) -> None:
    assert said in page(mira, "approach", name)


def test_an_owner_writes_one_without_code_and_everybody_can_look_it_up(
    cast: Cast, olive: Client
) -> None:
    answer = olive.post(reverse("new_approach"), WHOLE)
    row = OwnApproach.objects.latest("since", "id")
    assert answer.headers["location"] == reverse("approach", args=[row.key])
    shown = page(signed_in("mira")(cast, None), "approach", row.key)  # type: ignore[arg-type]
    assert "Digging beside" in shown
    assert "not a recommendation" not in shown
    assert "Change" not in shown
    assert "Garden hour" in page(olive, "approaches")


def test_one_is_begun_from_another_with_all_that_it_has(olive: Client) -> None:
    shown = olive.get(reverse("new_approach"), {"from": "cbt"}).content.decode()
    assert "Guided discovery" in shown or "guided discovery" in shown.lower()
    assert "Kognitive" not in shown
    answer = olive.post(f"{reverse('new_approach')}?from=cbt", WHOLE)
    assert answer.status_code == 302


def test_what_cannot_be_read_is_asked_for_beside_its_field(olive: Client) -> None:
    wrong = {**WHOLE, "hour": "Walking in", "name": "…"}
    answer = olive.post(reverse("new_approach"), wrong)
    assert answer.status_code == 422
    assert "Line 1: begin with the minutes" in answer.content.decode()
    assert "Walking in" in answer.content.decode()


def test_one_is_changed_retired_and_brought_back(cast: Cast, olive: Client) -> None:
    key = an_approach(cast).key
    assert "10 Walking in" in page(olive, "edit_approach", key)
    olive.post(reverse("edit_approach", args=[key]), {**WHOLE, "name": "Garden time"})
    assert "Garden time" in page(olive, "approach", key)
    olive.post(reverse("retire_approach", args=[key]))
    assert "Retired" in page(olive, "approach", key)
    assert "Retired" in page(olive, "approaches")
    olive.post(reverse("bring_back_approach", args=[key]))
    assert "Offer it again" not in page(olive, "approach", key)
    assert olive.post(reverse("edit_approach", args=[key]), {"name": ""}).status_code == 422


def test_voices_are_shown_with_their_words_and_taken_up(cast: Cast, mira: Client) -> None:
    key = a_voice(cast).key
    shown = page(mira, "voices")
    assert "Person-centred" in shown
    assert "Begin your own from it" not in shown
    mira.post(reverse("speak", args=[key]))
    assert Member.objects.get(pk=cast.mira.pk).voice == key
    assert "your own work begins with it" in page(mira, "voices")
    assert "One of the practice" in page(mira, "my_page")
    assert f'value="{key}" selected' in page(mira, "new_therapy")


def voice_form(client: Client, address: str) -> dict[str, Any]:
    shown = client.get(address).content.decode()
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', shown))


def test_a_voice_is_written_changed_retired_and_brought_back(olive: Client) -> None:
    typed = voice_form(olive, f"{reverse('new_voice')}?from=play")
    assert typed["person_de"] == "Kind"
    assert olive.post(reverse("new_voice"), typed).status_code == 422  # it has no name yet
    silent = {f"measure_{language}": "" for language in ("en", "de", "es")}
    olive.post(reverse("new_voice"), {**typed, **silent, "name": "Our play"})
    key = OwnVoice.objects.latest("since", "id").key
    typed = voice_form(olive, reverse("edit_voice", args=[key]))
    assert "person_en" in typed
    assert olive.post(reverse("edit_voice", args=[key]), {}).status_code == 422
    wrong = {**typed, "name": "Our play", "person_en": ""}
    answer = olive.post(reverse("edit_voice", args=[key]), wrong)
    assert "Please write it." in answer.content.decode()
    olive.post(reverse("edit_voice", args=[key]), {**typed, "name": "Play here"})
    olive.post(reverse("retire_voice", args=[key]))
    shown = page(olive, "voices")
    assert "Play here" in shown
    assert "Retired" in shown
    olive.post(reverse("bring_back_voice", args=[key]))
    assert "Offer it again" not in page(olive, "voices")


def test_a_therapy_names_and_links_its_approaches(cast: Cast, mira: Client) -> None:
    key = an_approach(cast).key
    cast.amara.approaches = [key, "cbt", "unheard_of"]
    cast.amara.save()
    shown = page(mira, "therapy", cast.amara.id)
    for name in (key, "cbt"):
        assert f'href="{reverse("approach", args=[name])}"' in shown
    assert "Unheard of" in shown
    assert f'value="{key}" selected' in page(mira, "therapy_choices", cast.amara.id)
    assert "Garden hour" in page(mira, "caseload")
    assert queries.manner(cast.visitor("mira"), [cast.amara]).approach(cast.amara) == [
        "Garden hour"
    ]
