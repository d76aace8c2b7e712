"""An approach of the practice's own: written in lines, changed, retired, chosen like any other."""

from dataclasses import replace

import pytest
from django.db import connection
from django.utils import translation

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.ledger.models import Line
from holdspace.frame.approaches import actions, descriptions, queries, rules
from holdspace.frame.approaches.catalogue import catalogue
from holdspace.frame.approaches.rules import Described, StepSaid
from holdspace.frame.approaches.schools import choices
from holdspace.frame.people.rules import CannotBe
from holdspace.frame.therapy import actions as therapies
from holdspace.hour.measures.offers import offers
from tests.approaches.saying import GARDEN, an_approach
from tests.cast import NOW, Cast
from tests.therapy.conftest import CHOICES


def test_steps_are_typed_with_their_minutes_first() -> None:
    typed = "5 Arriving\n\n 40 min: Digging\n5 – Tea"
    steps = rules.hour_from(typed)
    assert steps == [StepSaid(5, "Arriving"), StepSaid(40, "Digging"), StepSaid(5, "Tea")]
    assert rules.hour_as_typed(steps) == "5 Arriving\n40 Digging\n5 Tea"


@pytest.mark.parametrize(
    "typed",
    ["Arriving", "0 Arriving", "5", "٥ Arriving", "1 a\n" * 21, "400 a\n400 b", "5 a\0b",
     f"5 {'a' * 201}"],
)  # fmt: skip
def test_steps_that_cannot_be_say_why(typed: str) -> None:
    with pytest.raises(CannotBe) as refusal:
        rules.hour_from(typed)
    assert refusal.value.name == "hour"


def test_the_line_that_cannot_be_read_is_named() -> None:
    with pytest.raises(CannotBe, match="Line 2"):
        rules.hour_from("5 Arriving\nDigging")


def test_techniques_are_each_once_and_not_too_many() -> None:
    assert rules.techniques_from("Digging\n\nDigging\n Tea ") == ["Digging", "Tea"]
    with pytest.raises(CannotBe):
        rules.techniques_from("\n".join(map(str, range(61))))


def test_a_technique_keeps_its_id_and_a_new_one_takes_nobodys() -> None:
    known = {"digging": "Digging", "tea": "Tea with milk"}
    assert rules.with_ids(["Digging", "Tea", "…"], known) == {
        "digging": "Digging", "tea_2": "Tea", "technique": "…",
    }  # fmt: skip


def test_an_own_approach_is_an_approach_like_any_other(cast: Cast) -> None:
    row = an_approach(cast)
    found = queries.approach(cast.visitor("mira"), row.key)
    assert (found.name["de"], found.minutes, found.is_own) == ("Garden hour", 50, True)
    assert [step.said["es"] for step in found.hour] == ["Walking in", "Digging", "Tea"]
    assert [technique.id for technique in found.techniques] == ["digging_beside", "naming_plants"]
    own = queries.offered(cast.visitor("mira"))
    offered = [pair for _family, some in choices(own) for pair in some]
    assert (row.key, "Garden hour") in offered
    assert descriptions.said_of(row) == replace(GARDEN, artefacts=["journal"])
    assert Line.objects.filter(act="wrote", what="own approach").exists()


def test_it_is_sealed_under_the_practices_key(cast: Cast) -> None:
    an_approach(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT description FROM approaches_ownapproach")
        stored = bytes(cursor.fetchone()[0])
    assert b"Garden" not in stored


def test_one_that_is_begun_from_another_keeps_the_ids_of_its_techniques(cast: Cast) -> None:
    cbt = catalogue()["cbt"]
    said = descriptions.begun_from(cbt)
    known = descriptions.techniques_by_id(cbt)
    few = replace(said, name="Our CBT", techniques=said.techniques[:2])
    row = actions.write_approach(few, known, by=cast.visitor("olive"), at=NOW)
    found = queries.approach(cast.visitor("olive"), row.key)
    assert [one.id for one in found.techniques] == [one.id for one in cbt.techniques[:2]]
    assert list(found.former) == []
    with translation.override("de"):
        assert descriptions.begun_from(cbt).name.startswith("Kognitive")


def test_a_technique_that_is_taken_out_keeps_its_name_where_a_session_has_it(cast: Cast) -> None:
    row = an_approach(cast)
    by = cast.visitor("olive")
    actions.rewrite_approach(row.key, replace(GARDEN, techniques=["Naming plants"]), by=by, at=NOW)
    assert [one.words for one in queries.techniques(by, [(row.key, "digging_beside")])] == [
        "Digging beside"
    ]
    actions.rewrite_approach(row.key, GARDEN, by=by, at=NOW)
    again = queries.approach(by, row.key)
    assert {one.id for one in again.techniques} == {"digging_beside", "naming_plants"}


def test_one_that_is_retired_is_not_offered_and_stays_where_it_is_chosen(cast: Cast) -> None:
    row, by = an_approach(cast), cast.visitor("olive")
    for _twice in range(2):
        actions.retire_approach(row.key, by=by, at=NOW)
    assert Line.objects.filter(act="retired").count() == 1
    assert queries.offered(by) == []
    assert [one.id for one in queries.offered(by, [row.key])] == [row.key]
    assert row.key in queries.among(by, [row.key])
    actions.bring_back_approach(row.key, by=by, at=NOW)
    assert [one.id for one in queries.offered(by)] == [row.key]


def test_it_is_chosen_in_a_therapy_and_what_it_offers_is_offered(cast: Cast) -> None:
    row, by = an_approach(cast), cast.visitor("mira")
    chosen = replace(CHOICES, approaches=(row.key, "cbt"))
    therapies.choose(cast.amara.id, chosen, by=by, at=NOW)
    known = queries.among(by, [row.key])
    assert [offer.instrument.id for offer in offers(known.values(), "counselling")] == ["phq9"]


@pytest.mark.parametrize(
    "wrong",
    [{"name": " … "}, {"family": "x"}, {"stance": "x"}, {"structure": "x"}, {"voice": "x"},
     {"note_format": "x"}, {"artefacts": ["x"]}, {"measures": ["x"]}, {"measures": ["opd2"]}],
)  # fmt: skip
def test_what_is_not_in_a_list_is_not_kept(cast: Cast, wrong: dict[str, str]) -> None:
    said: Described = replace(GARDEN, **wrong)  # type: ignore[arg-type]
    with pytest.raises(CannotBe) as refusal:
        actions.write_approach(said, by=cast.visitor("olive"), at=NOW)
    assert refusal.value.name == next(iter(wrong))


@pytest.mark.parametrize("name", ["mira", "sam", "stranger"])
def test_only_an_owner_of_the_practice_writes_one(cast: Cast, name: str) -> None:
    row, by = an_approach(cast), cast.visitor(name)
    with pytest.raises(NotHere):
        actions.write_approach(GARDEN, by=by, at=NOW)
    for act in (actions.retire_approach, actions.bring_back_approach):
        with pytest.raises(NotHere):
            act(row.key, by=by, at=NOW)
    with pytest.raises(NotHere):
        actions.rewrite_approach(row.key, GARDEN, by=by, at=NOW)


def test_another_practice_does_not_know_of_it(cast: Cast) -> None:
    row, by = an_approach(cast), cast.visitor("stranger")
    assert row.key not in queries.approaches(by)
    with pytest.raises(NotHere):
        queries.approach(by, row.key)
    with pytest.raises(NotHere):
        queries.own(cast.visitor("olive"), "own_000000000000")


def test_what_nobody_knows_is_left_out_of_what_was_done(cast: Cast) -> None:
    assert queries.techniques(cast.visitor("mira"), [("cbt", "unheard_of")]) == []
