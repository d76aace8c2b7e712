"""What was considered, what happened, what is switched: each once, by somebody, with its line."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.ledger.models import Line
from holdspace.frame.approaches.catalogue import catalogue
from holdspace.frame.people.rules import CannotBe
from holdspace.office.outcomes import actions, queries
from holdspace.office.outcomes.actions import Considered, Happened
from holdspace.office.outcomes.models import Consideration, LifeEvent, Switch
from holdspace.office.outcomes.prompts import prompts
from holdspace.office.outcomes.rules import LONGEST_DECISION, Area, Kind
from tests.cast import NOW, TODAY, Cast
from tests.outcomes.answering import a_course

STRANGERS = ("tom", "jo", "olive", "sam", "bill", "audrey", "stranger")


def considered(cast: Cast, who: str = "mira", **more: object) -> Consideration:
    said = Considered(**{"areas": [Area.ALLIANCE, Area.LIFE], **more})  # type: ignore[arg-type]
    return actions.consider(cast.participant().id, said, by=cast.visitor(who), at=NOW)


def test_what_was_considered_is_kept_with_its_words_sealed(cast: Cast) -> None:
    considered(cast, decided="  Ask what the pause was like.  ", to_supervision=True)
    (kept,) = queries.considerations(cast.visitor("mira"), cast.amara.id)
    assert (kept.areas, kept.decided) == (["alliance", "life"], "Ask what the pause was like.")
    assert (kept.to_supervision, kept.considered_by_id) == (True, cast.mira.id)
    line = Line.objects.get(act="considered")
    assert str(cast.amara.id) in line.subjects


def test_it_answers_the_signals_that_stand_and_no_others(cast: Cast) -> None:
    newest = a_course(cast, 8, 19)
    mark = f"reliably worse:{newest}"
    kept = considered(cast, marks=[mark, f"no change:{newest}", "made up"])
    assert kept.signals == [mark]


def test_nothing_at_all_is_not_a_consideration(cast: Cast) -> None:
    with pytest.raises(CannotBe):
        considered(cast, areas=[])
    assert considered(cast, areas=[], decided="Nothing for now").areas == []
    assert considered(cast, areas=[], to_supervision=True).decided == ""


def test_a_decision_has_an_end(cast: Cast) -> None:
    with pytest.raises(CannotBe):
        considered(cast, decided="a" * (LONGEST_DECISION + 1))


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_else_considers_or_reads_it(cast: Cast, name: str) -> None:
    with pytest.raises(NotHere):
        considered(cast, name)
    with pytest.raises(NotHere):
        queries.considerations(cast.visitor(name), cast.amara.id)
    assert not Consideration.objects.exists()


def test_prompts_are_the_schools_own_and_then_everybodys() -> None:
    ours, analytic = prompts([]), prompts([catalogue()["psychodynamic_therapy"]])
    assert set(ours) == set(Area)
    assert analytic[Area.SAFETY] == ours[Area.SAFETY]
    assert analytic[Area.ALLIANCE][1:] == ours[Area.ALLIANCE]


# ------------------------------------------------------------------ life events


def event(cast: Cast, who: str = "mira", **more: object) -> LifeEvent:
    said = Happened(**{"on": TODAY, "words": "Moved house", **more})  # type: ignore[arg-type]
    return actions.note_event(cast.amara.id, said, by=cast.visitor(who), at=NOW)


def test_an_event_is_sealed_for_whom_it_befell(cast: Cast) -> None:
    alone = event(cast, participant=cast.participant().id)
    assert (alone.seal_scope(), event(cast).seal_scope()) == (cast.participant().id, cast.amara.id)
    by = cast.visitor("mira")
    assert [one.words for one in queries.events(by, cast.amara.id)] == ["Moved house"] * 2


def test_an_event_that_was_noted_by_mistake_is_taken_back_and_stays(cast: Cast) -> None:
    noted, by = event(cast), cast.visitor("mira")
    first = actions.void_event(noted.id, by=by, at=NOW)
    again = actions.void_event(noted.id, by=by, at=NOW + timedelta(days=1))
    assert first.voided_at == again.voided_at == NOW
    assert queries.events(by, cast.amara.id) == []
    assert LifeEvent.objects.get().words == "Moved house"
    assert Line.objects.filter(act="voided").count() == 1


def test_what_has_not_come_or_has_no_words_is_no_event(cast: Cast) -> None:
    for wrong in ({"on": TODAY + timedelta(days=1)}, {"words": " "}, {"words": "a" * 301}):
        with pytest.raises(CannotBe):
            event(cast, **wrong)


def test_an_event_befalls_somebody_of_the_same_therapy(cast: Cast) -> None:
    with pytest.raises(NotHere):
        event(cast, participant=cast.participant("reyes").id)


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_else_notes_or_takes_back_an_event(cast: Cast, name: str) -> None:
    noted = event(cast)
    with pytest.raises(NotHere):
        event(cast, name)
    with pytest.raises(NotHere):
        actions.void_event(noted.id, by=cast.visitor(name), at=NOW)
    with pytest.raises(NotHere):
        queries.event(cast.visitor(name), noted.id)


def test_an_event_that_is_not_there_is_not_there(cast: Cast) -> None:
    with pytest.raises(NotHere):
        actions.void_event(uuid4(), by=cast.visitor("mira"), at=NOW)


# ------------------------------------------------------------------ switches


def test_off_is_off_once_and_that_it_was_stays_known(cast: Cast) -> None:
    by = cast.visitor("mira")
    first = actions.switch_off(Kind.MISSING, cast.amara.id, by=by, at=NOW)
    assert actions.switch_off(Kind.MISSING, cast.amara.id, by=by, at=NOW).id == first.id
    assert queries.switches(by, cast.amara.id).keys() == {Kind.MISSING}
    later = NOW + timedelta(days=1)
    assert actions.switch_on(Kind.MISSING, cast.amara.id, by=by, at=later) == first
    assert actions.switch_on(Kind.MISSING, cast.amara.id, by=by, at=later) is None
    kept = Switch.objects.get()
    assert (kept.off_by_id, kept.on_at, kept.on_by_id) == (cast.mira.id, later, cast.mira.id)
    acts = list(Line.objects.filter(what="signal").order_by("id").values_list("act", flat=True))
    assert acts == ["switched off", "switched on"]


def test_the_owner_switches_for_the_practice_and_for_no_therapy(cast: Cast) -> None:
    olive = cast.visitor("olive")
    actions.switch_off(Kind.MISSING, by=olive, at=NOW)
    assert queries.switches(olive, None).keys() == {Kind.MISSING}
    assert queries.off(cast.visitor("mira"), []) == {None: {Kind.MISSING}}
    with pytest.raises(NotHere):
        actions.switch_off(Kind.MISSING, cast.amara.id, by=olive, at=NOW)


@pytest.mark.parametrize("name", ["mira", "tom", "jo", "sam", "bill", "audrey"])
def test_nobody_else_switches_for_the_practice(cast: Cast, name: str) -> None:
    for verb in (actions.switch_off, actions.switch_on):
        with pytest.raises(NotHere):
            verb(Kind.MISSING, by=cast.visitor(name), at=NOW)
    with pytest.raises(NotHere):
        queries.switches(cast.visitor(name), None)


def test_the_database_keeps_one_switch_of_a_kind(cast: Cast) -> None:
    actions.switch_off(Kind.MISSING, cast.amara.id, by=cast.visitor("mira"), at=NOW)
    actions.switch_off(Kind.MISSING, by=cast.visitor("olive"), at=NOW)
    for kept in Switch.objects.all():
        with pytest.raises(IntegrityError), transaction.atomic():
            Switch.objects.create(
                practice=cast.practice, therapy_id=kept.therapy_id, kind=kept.kind, off_at=NOW,
                off_by=cast.mira,
            )  # fmt: skip
