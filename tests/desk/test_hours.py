"""The hour as its approach has it: steps beside the clock, and what was done."""

from datetime import timedelta

import pytest
from django.urls import reverse

from holdspace.front.desk import hours
from holdspace.hour.encounters import actions
from holdspace.hour.encounters import queries as encounters
from holdspace.hour.encounters.models import Session
from tests.access.cells import Cells
from tests.access.examples import signed_in
from tests.cast import NOW, Cast
from tests.desk.test_pages import page


def by(cast: Cast, *approaches: str, **more: str) -> None:
    cast.amara.approaches = list(approaches)
    for name, value in more.items():
        setattr(cast.amara, name, value)
    cast.amara.save()


def begun(cast: Cast, minutes: int) -> None:
    began = NOW - timedelta(minutes=minutes)
    times = {"starts_at": began, "ends_at": began + timedelta(minutes=50)}
    Session.objects.filter(pk=cast.session.pk).update(state="begun", began_at=began, **times)


def room(cast: Cast) -> str:
    return page(signed_in("mira")(cast, Cells.about(cast)), "room", cast.session.id)


@pytest.fixture
def now(time_machine: object) -> None:
    time_machine.move_to(NOW, tick=False)  # type: ignore[attr-defined]


@pytest.mark.usefixtures("now")
def test_steps_run_from_the_real_beginning_and_the_present_one_is_marked(cast: Cast) -> None:
    by(cast, "cbt")
    begun(cast, 7)
    mira = cast.visitor("mira")
    shown = hours.hour(mira, encounters.one(mira, cast.session.id), at=NOW)
    assert shown.steps[0].begins == NOW - timedelta(minutes=7)
    assert [step.is_present for step in shown.steps].count(True) == 1
    assert sum(step.minutes for step in shown.steps) == 50
    html = room(cast)
    assert html.count('aria-current="step"') == 1
    assert "<summary>Steps" not in html
    assert "steps.js" in html


@pytest.mark.usefixtures("now")
def test_half_open_work_folds_its_steps_away_and_marks_none(cast: Cast) -> None:
    by(cast, "motivational_interviewing")
    html = room(cast)
    assert "<summary>Steps" in html
    assert "aria-current" not in html
    assert "steps.js" not in html


@pytest.mark.parametrize("approaches", [["gestalt"], ["psychoanalysis", "cbt"], ["unheard_of"], []])
def test_open_work_has_a_clock_and_nothing_else(cast: Cast, approaches: list[str]) -> None:
    by(cast, *approaches)
    html = room(cast)
    assert "<aside" not in html
    assert "data-ends" in html


@pytest.mark.parametrize("cue", ["none", "soft", "phase"])
@pytest.mark.usefixtures("now")
def test_a_therapy_has_its_own_cue_of_time(cast: Cast, cue: str) -> None:
    by(cast, "cbt", cue=cue)
    begun(cast, 45)
    html = room(cast)
    assert ("<aside" in html) is (cue != "none")
    assert ('aria-current="step"' in html) is (cue == "phase")
    assert ("data-warm>" in html) is (cue != "none")


def test_the_edge_does_not_warm_where_the_hour_has_no_end_of_its_own(cast: Cast) -> None:
    by(cast, "lacanian")
    assert "data-ends" not in room(cast)


def test_techniques_of_all_its_approaches_are_ticked_in_the_room_and_read_in_the_note(
    cast: Cast,
) -> None:
    by(cast, "cbt", "gestalt")
    cells = Cells.about(cast)
    client, address = signed_in("mira")(cast, cells), reverse("say_done", args=[cast.session.id])
    assert 'value="gestalt:' in page(client, "room", cast.session.id)
    sent = {"done": ["cbt:behavioural_experiments"], "in_room": "1"}
    assert client.post(address, sent).headers["location"] == reverse("room", args=[cast.session.id])
    assert 'value="cbt:behavioural_experiments" checked' in page(client, "after", cast.session.id)
    answer = client.post(address, {"done": ["cbt:behavioural_experiments"]})
    assert answer.headers["location"] == reverse("after", args=[cast.session.id])
    assert "What was done" in page(client, "note", cells.signed.id)
    assert "behavioural experiments" in page(client, "note", cells.signed.id)
    assert "behavioural experiments" in page(client, "therapy_notes", cast.amara.id)


def test_a_note_about_no_session_says_nothing_of_what_was_done(cast: Cast) -> None:
    by(cast, "cbt")
    done = [("cbt", "behavioural_experiments")]
    actions.say_done(cast.session.id, done, by=cast.visitor("mira"), at=NOW)
    cells = Cells.about(cast)
    cells.signed.session = None
    cells.signed.save()
    assert "What was done" not in page(signed_in("mira")(cast, cells), "note", cells.signed.id)
