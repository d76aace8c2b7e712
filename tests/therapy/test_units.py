"""Units of several: homes, what is agreed about secrets, a group's places, going on beside."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from holdspace.cellar.access.gate import NotHere
from holdspace.frame.people.rules import CannotBe
from holdspace.frame.therapy import actions, queries
from holdspace.frame.therapy.models import AgreedBy, Agreement, Stay, Therapist, Therapy, Tied
from holdspace.frame.therapy.rows import EMPTY, of_unit, with_names
from holdspace.frame.therapy.rules import MOST_PARTICIPANTS, Part, State, Unit
from holdspace.frame.therapy.secrets import (
    NOTHING_AGREED,
    REMINDERS,
    Agreed,
    Channel,
    Means,
    Rule,
    still_to_agree,
)
from holdspace.frame.therapy.units import (
    USUALLY,
    GoingOn,
    Household,
    Opening,
    Roster,
    Seat,
    Tie,
    may_be_joined,
    padded,
    several_names,
)
from tests.cast import A_YEAR_AGO, NOW, TODAY, Cast
from tests.therapy.conftest import CHOICES, Browser, a_beginning, new

TOMORROW = date(2026, 3, 3)


def places(cast: Cast, therapy: str = "reyes") -> list[Any]:
    return queries.participants(cast.visitor("mira"), [getattr(cast, therapy).id])


def a_home(cast: Cast, name: str = "with Mum", **more: Any) -> Household:
    dwellers = tuple(one.id for one in places(cast)[:2])
    said = {"name": name, "words": "", "dwellers": dwellers, "since": A_YEAR_AGO, **more}
    return Household(**said)


def no_secrets(cast: Cast, **more: Any) -> Agreed:
    said = {
        "rule": Rule.NO_SECRETS, "channels": tuple(Channel), "words": "We share all.",
        "from_on": A_YEAR_AGO, "by": (places(cast)[0].id,), "means": Means.SIGNED, **more,
    }  # fmt: skip
    return Agreed(**said)


def a_group(cast: Cast) -> Therapy:
    group = replace(CHOICES, unit=Unit.GROUP, voice="group")
    beginning = a_beginning(
        cast, *map(new, ("Ann", "Bo", "Cy")), choices=group, state=State.WORKING
    )
    return actions.begin(beginning, by=cast.visitor("mira"), at=NOW)


def going(cast: Cast, *newcomers: str, **more: Any) -> GoingOn:
    said = {
        "unit": Unit.COUPLE, "tie": Tie.WENT_ON, "staying": (cast.participant().id,),
        "newcomers": tuple(map(new, newcomers or ("Ben Orr",))), "on": TODAY, **more,
    }  # fmt: skip
    return GoingOn(**said)


# ------------------------------------------------------------------ rules


def test_every_unit_usually_begins_with_somebody() -> None:
    assert set(USUALLY) == set(Unit)
    assert all(USUALLY.values())
    assert padded(1, Unit.COUPLE) == [Part.PARTNER]
    assert padded(5, Unit.COUPLE) == []


def test_names_come_one_on_a_line_or_with_commas() -> None:
    assert several_names(" Ann \n\nBo, Cy\r\n") == ["Ann", "Bo", "Cy"]
    assert len(several_names("x\n" * 200)) == MOST_PARTICIPANTS


@pytest.mark.parametrize(
    ("opening", "state", "answer"),
    [("closed", "working", False), ("closed", "ending", False), ("closed", "assessment", True),
     ("slow", "working", True), ("", "working", True)],
)  # fmt: skip
def test_a_closed_group_that_works_is_not_joined(opening: str, state: str, answer: bool) -> None:  # noqa: FBT001
    assert may_be_joined(opening, state) is answer


def test_rows_follow_the_unit_where_nobody_is_written_yet() -> None:
    ada = {**EMPTY, "name": "Ada"}
    assert [row["part"] for row in of_unit([dict(EMPTY)], "couple")] == ["client", "partner"]
    assert [row["name"] for row in of_unit([ada], "couple")] == ["Ada", ""]
    assert of_unit([ada], "crowd") == [ada]


def test_a_list_of_names_becomes_rows_after_those_that_are_written() -> None:
    rows = [{**EMPTY, "name": "Ada"}, {**EMPTY, "part": "partner"}]
    named = with_names(rows, "Bo\nCy")
    assert [(row["name"], row["part"]) for row in named] == [
        ("Ada", "client"), ("Bo", "partner"), ("Cy", "client"),
    ]  # fmt: skip
    assert with_names([dict(EMPTY)], " ") == [EMPTY]


def test_who_has_not_agreed_is_known_in_their_order() -> None:
    one, two, three = uuid4(), uuid4(), uuid4()
    assert still_to_agree([one, two, three], {two}) == [one, three]


# ------------------------------------------------------------------ homes


def test_a_child_lives_in_two_homes_and_leaves_one(known: Cast) -> None:
    by, family = known.visitor("mira"), known.reyes.id
    actions.add_home(family, a_home(known), by=by, at=NOW)
    actions.add_home(family, a_home(known, "with Dad", words="every other week"), by=by, at=NOW)
    first, second = queries.homes(by, family)
    assert [first.home.name, second.home.name] == ["with Mum", "with Dad"]
    assert second.stays[0].words == "every other week"
    actions.end_stay(second.stays[0].id, TODAY, by=by, at=NOW)
    assert len(queries.homes(by, family)[1].stays) == 1
    with pytest.raises(NotHere):
        actions.end_stay(second.stays[0].id, TODAY, by=by, at=NOW)


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"dwellers": ()}, {"dwellers": (uuid4(),)}, {"since": TOMORROW}]
)
def test_a_home_has_a_name_and_somebody_who_lives_there(known: Cast, wrong: Any) -> None:
    with pytest.raises(CannotBe):
        actions.add_home(known.reyes.id, a_home(known, **wrong), by=known.visitor("mira"), at=NOW)


def test_no_more_homes_than_can_be_shown(known: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("holdspace.frame.therapy.units.MOST_HOMES", 1)
    by = known.visitor("mira")
    actions.add_home(known.reyes.id, a_home(known), by=by, at=NOW)
    with pytest.raises(CannotBe):
        actions.add_home(known.reyes.id, a_home(known), by=by, at=NOW)


def test_a_colleague_sees_and_ends_no_homes(known: Cast) -> None:
    actions.add_home(known.reyes.id, a_home(known), by=known.visitor("mira"), at=NOW)
    for stay in (Stay.objects.all()[0].id, uuid4()):
        with pytest.raises(NotHere):
            actions.end_stay(stay, TODAY, by=known.visitor("tom"), at=NOW)
    with pytest.raises(NotHere):
        actions.add_home(known.reyes.id, a_home(known), by=known.visitor("tom"), at=NOW)


# ------------------------------------------------------------------ secrets


def test_what_held_is_kept_when_something_else_is_agreed(known: Cast) -> None:
    by, family = known.visitor("mira"), known.reyes.id
    actions.agree(family, no_secrets(known), by=by, at=NOW)
    limited = no_secrets(known, rule=Rule.LIMITED, from_on=TODAY, by=())
    actions.agree(family, limited, by=by, at=NOW)
    holds = queries.agreement(by, family)
    assert holds is not None
    assert (holds.rule, holds.words, queries.agreed(by, holds)) == ("limited", "We share all.", [])
    assert Agreement.objects.get(to_on=TODAY).rule == "no secrets"


def test_one_more_agrees_once(known: Cast) -> None:
    by = known.visitor("mira")
    holds = actions.agree(known.reyes.id, no_secrets(known), by=by, at=NOW)
    other = places(known)[1].id
    actions.also_agrees(holds.id, other, TODAY, Means.SAID, by=by, at=NOW)
    with pytest.raises(CannotBe):
        actions.also_agrees(holds.id, other, TODAY, Means.SAID, by=by, at=NOW)
    with pytest.raises(NotHere):
        actions.also_agrees(holds.id, known.participant().id, TODAY, Means.SAID, by=by, at=NOW)
    assert AgreedBy.objects.filter(agreement=holds).count() == 2


@pytest.mark.parametrize("wrong", [{"channels": ()}, {"by": (uuid4(),)}, {"from_on": TOMORROW}])
def test_an_agreement_says_where_it_holds_and_who_agreed(known: Cast, wrong: Any) -> None:
    with pytest.raises(CannotBe):
        actions.agree(known.reyes.id, no_secrets(known, **wrong), by=known.visitor("mira"), at=NOW)


def test_nothing_is_agreed_about_secrets_with_one_alone(known: Cast) -> None:
    by = known.visitor("mira")
    with pytest.raises(NotHere):
        actions.agree(known.amara.id, no_secrets(known, by=()), by=by, at=NOW)
    assert queries.reminder(by, known.amara) == ""


def test_whoever_writes_about_one_of_them_is_reminded(known: Cast) -> None:
    by = known.visitor("mira")
    assert queries.reminder(by, known.reyes) == NOTHING_AGREED
    actions.agree(known.reyes.id, no_secrets(known), by=by, at=NOW)
    assert queries.reminder(by, known.reyes) == REMINDERS[Rule.NO_SECRETS]


def test_a_colleague_agrees_to_nothing(known: Cast) -> None:
    holds = actions.agree(known.reyes.id, no_secrets(known), by=known.visitor("mira"), at=NOW)
    for agreement in (holds.id, uuid4()):
        with pytest.raises(NotHere):
            actions.also_agrees(
                agreement, places(known)[1].id, TODAY, Means.SAID, by=known.visitor("tom"), at=NOW
            )


# ------------------------------------------------------------------ groups and teams


def test_a_closed_group_is_joined_only_after_it_is_opened(known: Cast) -> None:
    by, group = known.visitor("mira"), a_group(known)
    closed = Roster(opening=Opening.CLOSED, places=8, notice_weeks=4)
    actions.set_roster(group.id, closed, by=by, at=NOW)
    with pytest.raises(CannotBe):
        actions.add_participant(group.id, new("Di"), TODAY, by=by, at=NOW)
    actions.set_roster(group.id, Roster(opening=Opening.SLOW), by=by, at=NOW)
    actions.add_participant(group.id, new("Di"), TODAY, by=by, at=NOW)


def test_a_group_has_places_for_its_members_and_others_have_none(known: Cast) -> None:
    by, group = known.visitor("mira"), a_group(known)
    with pytest.raises(CannotBe):
        actions.set_roster(group.id, Roster(opening=Opening.OPEN, places=2), by=by, at=NOW)
    with pytest.raises(NotHere):
        actions.set_roster(known.amara.id, Roster(opening=Opening.OPEN), by=by, at=NOW)


def test_a_colleague_sits_in_the_reflecting_team(known: Cast) -> None:
    seat = actions.add_therapist(
        known.reyes.id, known.tom.id, TODAY, Seat.REFLECTING, by=known.visitor("mira"), at=NOW
    )
    assert Therapist.objects.get(pk=seat.pk).seat == "reflecting"


# ------------------------------------------------------------------ going on


def test_an_individuals_work_goes_on_as_a_couples_with_a_record_of_its_own(known: Cast) -> None:
    by = known.visitor("mira")
    actions.say_what_brings(known.amara.id, "only mine", by=by, at=NOW)
    actions.set_aims(known.amara.id, ["my own"], by=by, at=NOW)
    couple = actions.go_on(known.amara.id, going(known), by=by, at=NOW)
    assert (couple.unit, couple.brings, couple.voice) == ("couple", "", known.amara.voice)
    assert queries.aims(by, [couple.id]) == []
    assert {one.person.name for one in queries.participants(by, [couple.id])} == {
        "Amara Kamau", "Ben Orr",
    }  # fmt: skip
    assert Therapy.objects.get(pk=known.amara.id).state == "ended"
    (after,) = queries.ties(by, known.amara.id)
    (before,) = queries.ties(by, couple.id)
    assert (after.other.id, after.is_after) == (couple.id, True)
    assert (before.other.id, before.is_after) == (known.amara.id, False)


def test_and_back_again(known: Cast) -> None:
    by = known.visitor("mira")
    couple = actions.go_on(known.amara.id, going(known), by=by, at=NOW)
    amara = queries.participants(by, [couple.id])[0].id
    back = going(known, unit=Unit.INDIVIDUAL, staying=(amara,), newcomers=())
    alone = actions.go_on(couple.id, back, by=by, at=NOW)
    assert alone.id not in (known.amara.id, couple.id)
    assert Tied.objects.count() == 2


def test_talks_with_the_parents_stand_beside_the_childs_own_work(known: Cast) -> None:
    by = known.visitor("mira")
    beside = going(known, unit=Unit.PARENTS, tie=Tie.BESIDE, staying=())
    actions.go_on(known.reyes.id, beside, by=by, at=NOW)
    assert Therapy.objects.get(pk=known.reyes.id).state == "working"


def test_work_that_ended_goes_on_and_one_without_a_frame_gets_a_usual_one(known: Cast) -> None:
    by = known.visitor("mira")
    actions.move(known.amara.id, State.ENDED, TODAY, by=by, at=NOW)
    frame = queries.frame_of(by, known.amara.id)
    assert frame is not None
    frame.to_on = TODAY
    frame.save()
    couple = actions.go_on(known.amara.id, going(known), by=by, at=NOW)
    now = queries.frame_of(by, couple.id)
    assert now is not None
    assert (now.minutes, now.place) == (50, "room")


def test_nobody_from_elsewhere_stays_and_a_colleague_lets_nothing_go_on(known: Cast) -> None:
    stranger = going(known, staying=(known.participant("kofi").id,))
    with pytest.raises(NotHere):
        actions.go_on(known.amara.id, stranger, by=known.visitor("mira"), at=NOW)
    with pytest.raises(NotHere):
        actions.go_on(known.amara.id, going(known), by=known.visitor("tom"), at=NOW)
    assert Tied.objects.count() == 0


def test_the_tie_is_seen_only_by_who_may_read_both(known: Cast) -> None:
    by = known.visitor("mira")
    couple = actions.go_on(known.amara.id, going(known), by=by, at=NOW)
    actions.add_therapist(couple.id, known.tom.id, TODAY, by=by, at=NOW)
    assert queries.ties(known.visitor("tom"), couple.id) == []


def test_what_one_told_alone_does_not_become_a_couples_by_a_change_of_word(known: Cast) -> None:
    couple = replace(CHOICES, unit=Unit.COUPLE)
    with pytest.raises(CannotBe):
        actions.choose(known.amara.id, couple, by=known.visitor("mira"), at=NOW)


# ------------------------------------------------------------------ pages


def test_the_page_of_a_family_shows_homes_and_what_holds(browser: Browser, known: Cast) -> None:
    client, family = browser("mira"), known.reyes.id
    first, second, *_ = (str(one.id) for one in places(known))
    homes = {"name": "with Mum", "dwellers": [first, second], "words": "", "since": "2026-01-05"}
    assert client.post(reverse("home_add", args=[family]), homes).status_code == 302
    said = {
        "rule": "limited", "channels": ["sessions"], "words": "Some things stay.", "by": [first],
        "means": "signed", "from_on": "2026-01-05",
    }  # fmt: skip
    assert "Nothing is agreed yet" in client.get(reverse("therapy", args=[family])).text
    assert client.post(reverse("agreement_set", args=[family]), said).status_code == 302
    page = client.get(reverse("therapy", args=[family])).text
    for words in ("with Mum", "Some things stay.", "has not agreed yet", "signed on paper"):
        assert words in page
    also = reverse("agreement_also", args=[Agreement.objects.get().id])
    assert first not in client.get(also).text
    more = {"participant": second, "means": "said", "on": "2026-02-02"}
    assert client.post(also, more).status_code == 302
    stay = Stay.objects.first()
    assert stay is not None
    assert client.post(reverse("end_stay", args=[stay.id]), {"on": "2026-02-02"}).status_code == 302
    desk = browser("sam").get(reverse("therapy", args=[family])).text
    assert "with Mum" not in desk
    assert "Some things stay" not in desk


def test_homes_secrets_and_places_are_there_where_they_belong(
    browser: Browser, known: Cast
) -> None:
    client = browser("mira")
    for name in ("home_add", "agreement_set", "therapy_roster"):
        assert client.get(reverse(name, args=[known.amara.id])).status_code == 404


def test_a_groups_places_are_set_on_its_page(browser: Browser, known: Cast) -> None:
    client, group = browser("mira"), a_group(known)
    said = {"opening": "closed", "places": "8", "notice_weeks": "4"}
    assert client.post(reverse("therapy_roster", args=[group.id]), said).status_code == 302
    assert "3/8" in client.get(reverse("therapy", args=[group.id])).text


def test_going_on_is_one_page_with_rows(browser: Browser, known: Cast) -> None:
    client, page = browser("mira"), reverse("therapy_go_on", args=[known.amara.id])
    assert "Amara Kamau" in client.get(page).text
    said = {
        "unit": "couple", "staying": [str(known.participant().id)], "tie": "went on",
        "on": "2026-03-01", "rows": "1", "row-0-name": "", "row-0-part": "partner", "step": "add",
    }  # fmt: skip
    assert client.post(page, said).text.count('<fieldset class="person-row">') == 2
    wrong = {**said, "row-0-name": "Ben", "on": "2099-01-01", "step": "begin"}
    assert client.post(page, wrong).status_code == 422
    assert client.post(page, {**wrong, "on": "2026-03-01"}).status_code == 302
    assert Tied.objects.count() == 1


def test_a_group_of_eight_begins_from_a_list_of_names(browser: Browser) -> None:
    client, page = browser("mira"), reverse("new_therapy")
    names = "Ann\nBo\nCy\nDi\nEd\nFlo\nGus\nHal"
    rows = client.post(page, {"step": "several", "names": names, "unit": "group"}).text
    assert rows.count('<fieldset class="person-row">') == 8
    couple = client.post(page, {"step": "unit", "unit": "couple", "rows": "1"}).text
    assert couple.count('<fieldset class="person-row">') == 2


def test_the_words_of_every_rule_are_there_in_every_language() -> None:
    for language in ("en", "de", "es"):
        with translation.override(language):
            assert len({str(REMINDERS[rule]) for rule in Rule}) == len(Rule)
