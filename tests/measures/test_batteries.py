"""Several questionnaires under one name, given by hand or by a rule, also at weeks."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.cellar.access.gate import NotHere
from holdspace.hour.measures import actions, queries
from holdspace.hour.measures.models import Answering, Battery, Giving, Rule
from holdspace.hour.measures.rules import Moment, When
from tests.cast import NOW, TODAY, Cast, a_session, nobodys_id
from tests.measures.given import rows

WORDS = {"name": " First  meeting ", "instruments": ["gad7", "phq9"]}


@pytest.fixture
def both(cast: Cast) -> Battery:
    return actions.define_battery(
        "First meeting", ["gad7", "phq9"], by=cast.visitor("olive"), at=NOW
    )


def by_weeks(cast: Cast, battery: UUID, *weeks: int) -> Rule:
    ruling = actions.Ruling(
        cast.amara.id, cast.participant().id, "", When.AT_WEEKS, TODAY - timedelta(days=400),
        weeks=weeks, battery=battery,
    )  # fmt: skip
    return actions.add_rule(ruling, by=cast.visitor("mira"), at=NOW)


def test_only_who_chooses_for_the_practice_defines_and_ends(cast: Cast, both: Battery) -> None:
    for name in ("mira", "sam", "stranger"):
        with pytest.raises(NotHere):
            actions.define_battery("Another", ["gad7", "phq9"], by=cast.visitor(name), at=NOW)
        with pytest.raises(NotHere):
            actions.end_battery(both.id, by=cast.visitor(name), at=NOW)
    with pytest.raises(NotHere):
        actions.end_battery(nobodys_id(), by=cast.visitor("olive"), at=NOW)


@pytest.mark.parametrize(
    "wrong",
    [{"name": "  "}, {"name": "x" * 81}, {"name": "a\0b"}, {"instruments": []},
     {"instruments": ["phq9", "phq9"]}, {"instruments": ["phq9", "mmpi"]}],
)  # fmt: skip
def test_what_is_no_battery_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(actions.CannotDefine):
        actions.define_battery(**(WORDS | wrong), by=cast.visitor("olive"), at=NOW)
    assert not Battery.objects.exists()


def test_colleagues_know_it_and_another_practice_does_not(cast: Cast, both: Battery) -> None:
    assert queries.batteries(cast.visitor("mira")) == [both]
    with pytest.raises(NotHere):
        queries.battery(cast.visitor("stranger"), both.id)


def test_it_is_given_with_others_each_once(cast: Cast, both: Battery) -> None:
    handing = actions.Handing(cast.amara.id, cast.participant().id, ("phq9",), battery=both.id)
    giving = actions.give(handing, by=cast.visitor("mira"), at=NOW)
    assert [row.instrument for row in rows(giving)] == ["phq9", "gad7"]


def test_one_that_ended_is_not_given_and_its_rules_go_on(cast: Cast, both: Battery) -> None:
    by = cast.visitor("mira")
    by_weeks(cast, both.id, 0)
    ended = actions.end_battery(both.id, by=cast.visitor("olive"), at=NOW)
    later = NOW + timedelta(days=1)
    assert (
        actions.end_battery(both.id, by=cast.visitor("olive"), at=later).ended_at == ended.ended_at
    )
    with pytest.raises(NotHere):
        queries.battery(by, both.id)
    assert [due.instrument for due in queries.due(by, cast.session.id)] == ["gad7", "phq9"]


def test_a_rule_at_weeks_asks_once_in_each(cast: Cast, both: Battery) -> None:
    by = cast.visitor("mira")
    cast.amara.started_on = TODAY
    cast.amara.save()
    by_weeks(cast, both.id, 0, 6)
    actions.give_what_is_due(cast.session.id, Moment.BEFORE, by=by, at=NOW)
    [sixth, seventh] = [a_session(cast.amara, NOW + timedelta(weeks=week)) for week in (6, 7)]
    assert len(queries.due(by, sixth.id)) == 2
    third = a_session(cast.amara, NOW + timedelta(weeks=3))
    assert queries.due(by, third.id) == []
    actions.give_what_is_due(sixth.id, Moment.BEFORE, by=by, at=NOW + timedelta(weeks=5))
    assert queries.due(by, seventh.id) == []


def test_what_two_rules_ask_for_is_asked_once(cast: Cast, both: Battery) -> None:
    by, who = cast.visitor("mira"), cast.participant()
    by_weeks(cast, both.id, 0)
    actions.add_rule(
        actions.Ruling(cast.amara.id, who.id, "phq9", When.EACH_SESSION, TODAY), by=by, at=NOW
    )
    actions.give_what_is_due(cast.session.id, Moment.BEFORE, by=by, at=NOW)
    assert sorted(Answering.objects.values_list("instrument", flat=True)) == ["gad7", "phq9"]


def test_one_battery_follows_one_rule(cast: Cast, both: Battery) -> None:
    by_weeks(cast, both.id, 0)
    with pytest.raises(actions.CannotRule, match="already"):
        by_weeks(cast, both.id, 3)


@pytest.mark.parametrize(
    "wrong",
    [{"weeks": ()}, {"weeks": (521,)}, {"when": When.ONCE}, {"instrument": "phq9"}],
)
def test_a_rule_at_weeks_that_cannot_stand_is_refused(
    cast: Cast, both: Battery, wrong: dict[str, Any]
) -> None:
    said = {"instrument": "", "when": When.AT_WEEKS, "weeks": (0,), "battery": both.id, **wrong}
    ruling = actions.Ruling(cast.amara.id, cast.participant().id, from_on=TODAY, **said)
    with pytest.raises(actions.CannotRule):
        actions.add_rule(ruling, by=cast.visitor("mira"), at=NOW)


# ---- pages


def enter(client: Client, member: Any, settings: Any, time_machine: Any) -> Client:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOW, tick=False)
    client.force_login(member.account, "holdspace.frame.practice.sign_in.Accounts")
    return client


@pytest.fixture
def mira(cast: Cast, client: Client, settings: Any, time_machine: Any) -> Client:
    return enter(client, cast.mira, settings, time_machine)


def words(client: Client, name: str, *args: object) -> str:
    text: str = client.get(reverse(name, args=args)).content.decode()
    return text


def test_the_owner_puts_them_together_on_a_page(
    cast: Cast, client: Client, settings: Any, time_machine: Any
) -> None:
    olive = enter(client, cast.olive, settings, time_machine)
    assert "There is none yet" in words(olive, "batteries")
    assert olive.post(reverse("batteries"), WORDS | {"name": " "}).status_code == 422
    assert olive.post(reverse("batteries"), WORDS).status_code == 302
    text = words(olive, "batteries")
    assert "First meeting" in text
    assert "GAD-7, PHQ-9" in text
    olive.post(reverse("end_battery", args=[Battery.objects.get().id]))
    assert "There is none yet" in words(olive, "batteries")


def test_a_battery_is_given_and_ruled_on_pages(cast: Cast, mira: Client, both: Battery) -> None:
    form = {"participant": cast.participant().id, "language": "en", "days": 3, "battery": both.id}
    assert mira.post(reverse("give", args=[cast.amara.id]), form).status_code == 302
    assert len(rows(Giving.objects.get())) == 2
    rule = {
        "participant": cast.participant().id, "instrument": both.id, "every": 1,
        "when": "at weeks", "weeks": "0 6", "from_on": "2026-03-02",
    }  # fmt: skip
    add = reverse("rule_add", args=[cast.amara.id])
    assert mira.post(add, rule | {"weeks": "now"}).status_code == 422
    assert mira.post(add, rule | {"instrument": "gone"}).status_code == 422
    assert mira.post(add, rule | {"when": "never"}).status_code == 422
    assert mira.post(add, rule).status_code == 302
    assert "First meeting, in the weeks 0, 6" in words(mira, "therapy_measures", cast.amara.id)


def test_what_is_offered_stands_beside_the_rules_until_it_is_used(cast: Cast, mira: Client) -> None:
    cast.amara.approaches, cast.amara.voice = ["cpt"], "clinical"
    cast.amara.save()
    assert "PCL-5, in the weeks 0, 6, 12" in words(mira, "therapy_measures", cast.amara.id)
    use = reverse("rule_offered", args=[cast.amara.id])
    mira.post(use)
    assert Rule.objects.count() == 2
    mira.post(use)
    assert "Nothing of it is needed" not in words(mira, "therapy_measures", cast.amara.id)
