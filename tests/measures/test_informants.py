"""Another who is asked about a client: apart in courses, and named in sentences."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.cellar.access.gate import NotHere
from holdspace.frame.therapy.models import Participant
from holdspace.frame.therapy.rules import Part
from holdspace.hour.measures import actions, pages, queries
from holdspace.hour.measures.forms import Offered, PaperForm, RuleForm
from holdspace.hour.measures.instruments import load
from holdspace.hour.measures.models import Answering, Giving, Rule
from holdspace.hour.measures.personal import Kind
from holdspace.hour.measures.rules import Moment, Respondent, When, respondent_of
from holdspace.hour.measures.wording import wording
from tests.cast import NOW, TODAY, Cast, a_session
from tests.measures.given import rows


@pytest.fixture
def family(cast: Cast) -> dict[str, Participant]:
    """Teo is the client; his mother Luz and his sister Ana see him."""
    found = {p.person.name.split()[0]: p for p in Participant.objects.filter(therapy=cast.reyes)}
    for name, part in (("Luz", "parent"), ("Ana", "sibling"), ("Teo", "child")):
        found[name].part = part
        found[name].save()
    worded = actions.Worded(cast.reyes.id, found["Teo"].id, Kind.GOALS, ["Sleep alone"])
    actions.put_in_words(worded, by=cast.visitor("mira"), at=NOW)
    return found


def asked(cast: Cast, who: Participant, about: Participant, **more: Any) -> Giving:
    handing = actions.Handing(cast.reyes.id, who.id, ("own_goals",), about=about.id, **more)
    return actions.give(handing, by=cast.visitor("mira"), at=NOW)


def rated(giving: Giving, value: int, week: int = 0) -> None:
    row, by, at = rows(giving)[0], queries.visitor_by_link(giving), NOW + timedelta(days=week)
    actions.answer(row.id, "g1", value, by=by, at=at)
    actions.finish(row.id, by=by, at=at)


@pytest.mark.parametrize(
    ("part", "respondent"),
    [
        (Part.PARENT, Respondent.PARENT),
        (Part.GUARDIAN, Respondent.PARENT),
        (Part.TEACHER, Respondent.TEACHER),
        (Part.SIBLING, Respondent.OTHER),
    ],
)
def test_one_answers_about_another_as_what_one_is_to_them(
    part: Part, respondent: Respondent
) -> None:
    assert respondent_of(part) is respondent


def test_answers_about_a_child_are_the_childs_and_say_who_gave_them(
    cast: Cast, family: dict[str, Participant]
) -> None:
    giving = asked(cast, family["Luz"], family["Teo"])
    [row] = rows(giving)
    assert (giving.participant, giving.about) == (family["Luz"], family["Teo"])
    assert (row.participant_id, row.respondent) == (family["Teo"].id, "parent")


def test_about_oneself_is_about_nobody_else(cast: Cast, family: dict[str, Participant]) -> None:
    giving = asked(cast, family["Teo"], family["Teo"])
    assert giving.about is None
    assert rows(giving)[0].respondent == "client"


def test_courses_are_kept_apart_by_who_saw_it_so(
    cast: Cast, family: dict[str, Participant]
) -> None:
    for name, value in (("Luz", 2), ("Ana", 5), ("Teo", 9)):
        rated(asked(cast, family[name], family["Teo"]), value)
    rated(asked(cast, family["Luz"], family["Teo"]), 4, week=7)
    found = queries.courses(cast.visitor("mira"), [cast.reyes.id])[cast.reyes.id]
    seen = {course.informant_id: (course.totals, course.is_own) for course in found}
    assert seen == {
        family["Luz"].id: ([2, 4], False), family["Ana"].id: ([5], False), None: ([9], True),
    }  # fmt: skip


def test_the_main_course_is_ones_own(cast: Cast) -> None:
    sheet = actions.Copied(cast.amara.id, cast.participant().id, "gad7", NOW, {"q1": 1})
    actions.enter_paper(sheet, by=cast.visitor("mira"), at=NOW)
    Answering.objects.update(respondent="therapist")
    found = queries.courses(cast.visitor("mira"), [cast.amara.id])[cast.amara.id]
    assert queries.main_course(found) is None


def test_nobody_is_asked_about_who_takes_no_part(
    cast: Cast, family: dict[str, Participant]
) -> None:
    with pytest.raises(NotHere):
        asked(cast, family["Luz"], cast.participant())


def test_what_is_worded_for_the_client_is_not_given_to_another(
    cast: Cast, family: dict[str, Participant]
) -> None:
    by, luz, teo = cast.visitor("mira"), family["Luz"].id, family["Teo"].id
    handing = actions.Handing(cast.reyes.id, luz, ("phq9",), about=teo)
    with pytest.raises(actions.CannotGive, match="PHQ-9 is not worded"):
        actions.give(handing, by=by, at=NOW)
    both = actions.define_battery("Two", ["gad7", "phq9"], by=cast.visitor("olive"), at=NOW)
    ruling = actions.Ruling(cast.reyes.id, luz, "", When.ONCE, TODAY, battery=both.id, about=teo)
    with pytest.raises(actions.CannotRule, match="GAD-7 is not worded"):
        actions.add_rule(ruling, by=by, at=NOW)


def ruled(cast: Cast, who: Participant, about: Participant) -> Rule:
    ruling = actions.Ruling(
        cast.reyes.id, who.id, "own_goals", When.EACH_SESSION, TODAY, about=about.id
    )
    return actions.add_rule(ruling, by=cast.visitor("mira"), at=NOW)


def test_rules_ask_each_by_a_link_of_their_own(cast: Cast, family: dict[str, Participant]) -> None:
    by = cast.visitor("mira")
    for name in ("Luz", "Teo"):
        ruled(cast, family[name], family["Teo"])
    with pytest.raises(actions.CannotRule, match="already"):
        ruled(cast, family["Luz"], family["Teo"])
    session = a_session(cast.reyes, NOW)
    given = actions.give_what_is_due(session.id, Moment.BEFORE, by=by, at=NOW)
    assert {(g.participant_id, g.about_id) for g in given} == {
        (family["Luz"].id, family["Teo"].id), (family["Teo"].id, None),
    }  # fmt: skip
    assert queries.due(by, session.id) == []


def test_a_rule_about_somebody_who_left_asks_no_more(
    cast: Cast, family: dict[str, Participant]
) -> None:
    ruled(cast, family["Luz"], family["Teo"])
    family["Teo"].to_on = TODAY - timedelta(days=1)
    family["Teo"].save()
    assert queries.due(cast.visitor("mira"), a_session(cast.reyes, NOW).id) == []


# ---- on paper


def test_a_sheet_may_be_the_therapists_or_anothers(
    cast: Cast, family: dict[str, Participant]
) -> None:
    by, teo = cast.visitor("mira"), family["Teo"].id
    sheet = actions.Copied(cast.reyes.id, teo, "own_goals", NOW, {"g1": 3})
    own = actions.enter_paper(sheet, by=by, at=NOW)
    mine = actions.enter_paper(replace(sheet, by_therapist=True), by=by, at=NOW)
    hers = actions.enter_paper(replace(sheet, informant=family["Luz"].id), by=by, at=NOW)
    assert [row.respondent for row in (own, mine, hers)] == ["client", "therapist", "parent"]
    assert {row.participant_id for row in (own, mine, hers)} == {teo}
    assert hers.giving.participant_id == family["Luz"].id


def test_a_sheet_of_personal_questions_needs_their_words_and_of_others_the_right_one(
    cast: Cast, family: dict[str, Participant]
) -> None:
    by = cast.visitor("mira")
    sheet = actions.Copied(cast.reyes.id, family["Ana"].id, "own_goals", NOW, {"g1": 3})
    with pytest.raises(actions.NotOffered, match="into words first"):
        actions.enter_paper(sheet, by=by, at=NOW)
    with pytest.raises(actions.NotOffered, match="not worded"):
        actions.enter_paper(replace(sheet, instrument="gad7", by_therapist=True), by=by, at=NOW)
    assert not Giving.objects.exists()


def paper_form(respondent: str, *informants: str, **typed: str) -> PaperForm:
    instrument = replace(load("gad7"), respondent=respondent, informants=informants)
    copies = {f"{time}_{item.id}": "-" for time in ("first", "again") for item in instrument.items}
    people = [(str(cast_id), "Teo") for cast_id in ("01890000-0000-7000-8000-000000000001",)]
    form = {"participant": people[0][0], "filled_in_on": "2026-03-01", **copies, **typed}
    return PaperForm(people, instrument, wording(instrument, "en"), TODAY, form)


def test_the_form_asks_who_filled_it_in_where_it_is_for_others() -> None:
    plain = paper_form("client")
    assert plain.is_valid()
    assert plain.seen_by == {"by_therapist": False, "informant": None}
    mine = paper_form("therapist", informant="therapist")
    assert mine.is_valid()
    assert mine.seen_by == {"by_therapist": True, "informant": None}
    own = paper_form("client", "parent")
    assert own.is_valid()
    assert own.seen_by["informant"] is None
    hers = paper_form("parent", informant="01890000-0000-7000-8000-000000000001")
    assert hers.is_valid()
    assert str(hers.seen_by["informant"]).endswith("1")


# ---- pages


def test_who_is_named(family: dict[str, Participant]) -> None:
    present = {who.id: who for who in family.values()}
    luz = family["Luz"].id
    assert pages.seen_by("parent", luz, present) == "As Luz Reyes sees it"
    assert pages.seen_by("parent", luz, {}) == "As somebody else sees it"
    assert pages.seen_by("therapist", None, present) == "As the therapist sees it"
    assert pages.seen_by("client", None, present) == ""


def test_one_who_is_alone_is_not_asked_about_whom() -> None:
    alone = Offered([("1", "Amara")])
    assert "about" not in RuleForm(alone).fields


@pytest.fixture
def mira(cast: Cast, client: Client, settings: Any, time_machine: Any) -> Client:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOW, tick=False)
    client.force_login(cast.mira.account, "holdspace.frame.practice.sign_in.Accounts")
    return client


def test_pages_name_who_is_asked_about_whom(
    cast: Cast, family: dict[str, Participant], mira: Client
) -> None:
    form = {
        "participant": family["Luz"].id, "about": family["Teo"].id, "instruments": ["own_goals"],
        "language": "en", "days": 3,
    }  # fmt: skip
    assert mira.post(reverse("give", args=[cast.reyes.id]), form).status_code == 302
    ruled(cast, family["Luz"], family["Teo"])
    giving = Giving.objects.get()
    rated(giving, 6)
    text = mira.get(reverse("therapy_measures", args=[cast.reyes.id])).content.decode()
    assert "as Luz Reyes sees it" in text
    assert "As Luz Reyes sees it: Own goals: 6 of 10" in text
    assert text.count("about") >= 2
    answers = mira.get(reverse("answering", args=[rows(giving)[0].id])).content.decode()
    assert "as Luz Reyes sees it" in answers
    assert "!!!" not in text + answers


def test_paper_that_is_refused_is_kept_on_the_page(
    cast: Cast, family: dict[str, Participant], mira: Client
) -> None:
    copies = {f"{time}_q{one}": "1" for time in ("first", "again") for one in range(1, 18)}
    form = {"participant": family["Teo"].id, "filled_in_on": "2026-03-01", **copies}
    address = reverse("paper", args=[cast.reyes.id, "psc17"])  # a parent's
    answer = mira.post(address, {**form, "informant": family["Ana"].id})
    assert mira.post(address, {**form, "informant": family["Luz"].id}).status_code == 302
    assert answer.status_code == 422
    assert "is not worded for this person" in answer.content.decode()
