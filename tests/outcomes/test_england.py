"""One's own figures beside England's: a cell that is chosen, in one table, and on paper."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from holdspace.office.outcomes.queries import service
from holdspace.office.outcomes.queries.service import Wanted
from holdspace.office.outcomes.shown import england
from tests.access.examples import signed_in
from tests.cast import Cast
from tests.outcomes.summed import (
    BETTER,
    SAME,
    TEN,
    WORSE,
    many,
    scored,
    sum_all,
)

pytestmark = pytest.mark.usefixtures("nothing_is_kept")


def test_ones_own_stand_beside_englands(cast: Cast, open_house: None) -> None:  # noqa: ARG001
    many(cast.mira, [BETTER] * 4 + [SAME] * 3, to="planned")
    sum_all()
    client: Client = signed_in("mira")(cast, None)  # type: ignore[arg-type]
    shown = client.get("/outcomes/england/").content.decode()
    assert "Your 7 people whose therapy ended, with two scores on the PHQ-9, beside" in shown
    assert "53,100 courses: Depression, Counselling for Depression" in shown
    assert "Open Government Licence v3.0" in shown
    assert "has no coded problem" in shown
    other = client.get("/outcomes/england/?problem=Agoraphobia&treatment=nothing&measure=gad7")
    assert "None of your therapies that ended has two scores on the GAD-7" in other.content.decode()
    assert "Agoraphobia, Cognitive Behaviour Therapy (CBT)" in other.content.decode()


def test_the_practices_stand_there_with_small_numbers_left_out(
    cast: Cast,
    open_house: None,  # noqa: ARG001
) -> None:
    client: Client = signed_in("olive")(cast, None)  # type: ignore[arg-type]
    shown = client.get("/outcomes/england/").content.decode()
    assert "Fewer than five courses of the practice" in shown
    many(cast.mira, [BETTER] * 6 + [SAME] * 6 + [WORSE] * 2)
    sum_all()
    shown = client.get("/outcomes/england/").content.decode()
    assert "The practice&#x27;s 14 people with two scores on the PHQ-9, beside England" in shown
    found = england.section(england.asked({}), practice(cast), whole=True)
    assert [row[1] for row in found.rows][-1] == "–"  # two deteriorated


def test_whoever_has_both_chooses_whose(cast: Cast, open_house: None) -> None:  # noqa: ARG001
    cast.olive.roles = ["owner", "therapist"]
    cast.olive.save()
    many(cast.mira, TEN)
    sum_all()
    client: Client = signed_in("olive")(cast, None)  # type: ignore[arg-type]
    assert "None of your" in client.get("/outcomes/england/").content.decode()
    assert "practice&#x27;s 17" in client.get("/outcomes/england/?whose=practice").content.decode()


def test_a_cell_that_is_not_published_is_answered_with_one_that_is() -> None:
    assert england.asked({"problem": "nothing"}) == england.asked({})
    assert england.asked({}).cell.courses > 10_000
    one = england.asked({"problem": "Agoraphobia", "treatment": "Applied relaxation"})
    assert one.cell.courses == 1
    assert ("Agoraphobia", "Agoraphobia") in england.problems()
    assert (one.therapy, one.therapy) in england.therapies("Agoraphobia")


def practice(cast: Cast) -> Any:
    found = service.service(cast.visitor("olive"), Wanted())
    return found and found.change


def test_the_wsas_is_compared_by_its_scores_alone(cast: Cast, open_house: None) -> None:  # noqa: ARG001
    scored(cast.amara, 22, 14, instrument="wsas")
    sum_all()
    client: Client = signed_in("olive")(cast, None)  # type: ignore[arg-type]
    shown = client.get("/outcomes/england/?measure=wsas").content.decode()
    assert "on the WSAS" in shown
    assert "but not who improved on it" in shown
    asked = england.asked({"measure": "wsas"})
    found = england.section(asked, None, whole=True)
    assert [row[0] for row in found.rows][-1] == "effect, in deviations of the first scores"
    there = asked.cell.measures["wsas"]
    assert [row[2] for row in found.rows][1:] == [
        f"{value:g}" for value in (there.start_mean, there.end_mean, there.effect_size)
    ]


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    with translation.override("de"):
        [courses, *_rest] = england.section(england.asked({}), None, whole=False).rows
    assert courses[2] == "53.100"


@pytest.mark.parametrize("name", ["mira", "olive"])
def test_it_can_be_kept_on_paper(cast: Cast, open_house: None, name: str) -> None:  # noqa: ARG001
    client: Client = signed_in(name)(cast, None)  # type: ignore[arg-type]
    assert client.get("/outcomes/england/report.pdf").content[:5] == b"%PDF-"  # before any sum
    sum_all()
    page = client.get("/outcomes/england/?measure=wsas&problem=Agoraphobia")
    assert page.context["paper"].endswith("measure=wsas" + "&whose=practice" * (name == "olive"))
    paper = client.get(page.context["paper"])
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
