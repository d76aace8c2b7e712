"""Every question and every change of a therapy's rooms, asked by who may not: each has its gate.

Taking any one of these gates away makes a line here fail. What is refused to strangers is done for
the therapist in the same breath, so that nothing is refused for another reason.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Role
from holdspace.cellar.access.visitor import Visitor
from holdspace.frame.therapy import actions as of_therapy
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.relating import belongings
from holdspace.frame.therapy.rules import FactKind, FactSaid
from holdspace.frame.therapy.rules import State as Stands
from holdspace.hour.encounters import actions as hour
from holdspace.hour.encounters import queries as encounters
from holdspace.hour.encounters.actions import Presence
from holdspace.hour.encounters.models import Session
from holdspace.hour.encounters.rules import Attended, WhoCancelled
from holdspace.hour.measures import actions as giving
from holdspace.hour.measures import queries as measures
from holdspace.hour.measures.rules import Moment, When
from holdspace.hour.notes import actions as writing
from holdspace.hour.notes import queries as notes
from holdspace.hour.notes.rules import empty
from tests.access.cells import Cells
from tests.cast import NOW, TODAY, Cast
from tests.encounters.diary import WEEKLY, video
from tests.measures.given import PHQ9
from tests.therapy.conftest import CHOICES, TERMS, new

Try = Callable[[Visitor, Cast, Cells], object]
ZONE, LATER = ZoneInfo("Europe/London"), NOW + timedelta(minutes=55)
FACT = FactSaid(kind=FactKind.AUTHORITY, words="alone", from_on=TODAY, about=None)

ABOUT_THE_THERAPY: dict[str, Try] = {
    "therapy": lambda by, c, _: therapies.one(by, c.amara.id),
    "participant": lambda by, _, x: therapies.one_participant(by, x.participant.id),
    "seat": lambda by, _, x: therapies.one_seat(by, x.therapist.id),
    "fact": lambda by, _, x: therapies.one_fact(by, x.fact.id),
    "set a frame": lambda by, c, _: of_therapy.set_frame(c.amara.id, TERMS, TODAY, by=by, at=NOW),
    "rename": lambda by, c, _: of_therapy.rename(c.amara.id, "A.", by=by, at=NOW),
    "move": lambda by, c, _: of_therapy.move(c.amara.id, Stands.ENDED, TODAY, by=by, at=NOW),
    "choose": lambda by, c, _: of_therapy.choose(c.amara.id, CHOICES, by=by, at=NOW),
    "say": lambda by, c, _: of_therapy.say_what_brings(c.amara.id, "I cope.", by=by, at=NOW),
    "set aims": lambda by, c, _: of_therapy.set_aims(c.amara.id, ["Sleep"], by=by, at=NOW),
    "state a fact": lambda by, _, x: of_therapy.state_fact(x.participant.id, FACT, by=by, at=NOW),
    "end a fact": lambda by, _, x: of_therapy.end_fact(x.fact.id, TODAY, by=by, at=NOW),
    "add": lambda by, c, _: of_therapy.add_participant(c.amara.id, new("B"), TODAY, by=by, at=NOW),
    "end": lambda by, _, x: of_therapy.end_participant(x.participant.id, TODAY, by=by, at=NOW),
    "seat a colleague": lambda by, c, _: of_therapy.add_therapist(
        c.amara.id, c.jo.id, TODAY, by=by, at=NOW
    ),
}
OF_THE_HOUR: dict[str, Try] = {
    "session": lambda by, c, _: encounters.one(by, c.session.id),
    "plan": lambda by, c, _: hour.plan(c.amara.id, video(), by=by, at=NOW),
    "plan a series": lambda by, c, _: hour.plan_series(c.amara.id, video(), WEEKLY, by=by, at=NOW),
    "move": lambda by, _, x: hour.move(x.planned.id, video(), by=by, at=NOW),
    "cancel": lambda by, _, x: hour.cancel(x.planned.id, WhoCancelled.CLIENT, by=by, at=NOW),
    "withdraw": lambda by, _, x: hour.withdraw(x.planned.id, by=by, at=NOW),
    "restore": lambda by, _, x: hour.restore(stands(x.planned, "not held"), by=by, at=NOW),
    "say what was done": lambda by, c, _: hour.say_done(c.session.id, [], by=by, at=NOW),
    "begin": lambda by, c, _: hour.begin(c.session.id, by=by, at=NOW),
    "end": lambda by, c, _: hour.end(stands(c.session, "begun"), by=by, at=LATER),
    "extend": lambda by, c, _: hour.extend(c.session.id, by=by, at=NOW),
    "set times": lambda by, c, _: hour.set_times(c.session.id, NOW, LATER, by=by, at=LATER),
    "attend": lambda by, c, x: hour.attend_all(
        c.session.id, {x.participant.id: Presence(Attended.ATTENDED)}, by=by, at=LATER
    ),
    "split": lambda by, c, x: hour.split(c.session.id, 20, [x.participant.id], by=by, at=NOW),
    "part": lambda by, c, x: hour.change_part(c.session.id, 1, [x.participant.id], by=by, at=NOW),
}
OF_MEASURES: dict[str, Try] = {
    "due": lambda by, c, _: measures.due(by, c.session.id),
    "rules": lambda by, c, _: measures.rules_of(by, c.amara.id),
    "givings": lambda by, c, _: measures.givings(by, c.amara.id),
    "answers": lambda by, _, x: measures.opened(by, x.answering.id),
    "flag": lambda by, _, x: measures.flag(by, x.flag.id),
    "give": lambda by, c, x: giving.give(
        giving.Handing(c.amara.id, x.participant.id, ("gad7",)), by=by, at=NOW
    ),
    "give what is due": lambda by, c, _: giving.give_what_is_due(
        c.session.id, Moment.BEFORE, by=by, at=NOW
    ),
    "withdraw": lambda by, _, x: giving.withdraw(x.giving.id, by=by, at=NOW),
    "copy from paper": lambda by, c, x: giving.enter_paper(
        giving.Copied(c.amara.id, x.participant.id, "phq9", NOW, dict.fromkeys(PHQ9, 1)),
        by=by, at=NOW,
    ),
    "add a rule": lambda by, c, x: giving.add_rule(
        giving.Ruling(c.amara.id, x.participant.id, "gad7", When.ONCE, TODAY), by=by, at=NOW
    ),
    "end a rule": lambda by, _, x: giving.end_rule(x.rule.id, by=by, at=NOW),
    "look": lambda by, _, x: giving.look(x.flag.id, by=by, at=NOW),
}  # fmt: skip
OF_NOTES: dict[str, Try] = {
    "note": lambda by, _, x: notes.one(by, x.signed.id),
    "notes of a therapy": lambda by, c, _: notes.of_therapy(by, c.amara.id, limit=5),
    "begin": lambda by, c, _: writing.begin(c.amara.id, by=by, at=NOW),
    "save": lambda by, _, x: writing.save(
        x.draft.id, empty("three_line"), base_version=0, tab="a-tab", by=by, at=NOW
    ),
    "sign": lambda by, _, x: writing.sign(x.draft.id, by=by, at=NOW),
    "discard": lambda by, _, x: writing.discard(x.draft.id, by=by, at=NOW),
    "move to another's": lambda by, c, x: writing.move(
        x.draft.id, writing.Where(c.amara.id), by=by, at=NOW
    ),
    "move to one's own": lambda by, c, x: writing.move(
        x.draft.id, writing.Where(next(iter(therapies.own(by)), c.amara.id)), by=by, at=NOW
    ),
    "add": lambda by, _, x: writing.add(x.signed.id, "An aunt.", by=by, at=NOW),
    "void": lambda by, _, x: writing.void(x.signed.id, "in error", by=by, at=NOW),
}
REFUSED = {
    f"{room}: {name}": ask
    for room, asked in (
        ("therapy", ABOUT_THE_THERAPY), ("hour", OF_THE_HOUR),
        ("measures", OF_MEASURES), ("notes", OF_NOTES),
    )
    for name, ask in asked.items()
}  # fmt: skip
UNTOLD: dict[str, Try] = {
    "therapies": lambda by, c, _: therapies.visible_to(by).filter(pk=c.amara.id),
    "belongings": lambda by, _, x: belongings(by, [x.participant.person_id]),
    "numbers": lambda by, c, _: encounters.numbers(by, [c.session.id]),
    "last before": lambda by, c, _: encounters.last_before(by, [c.amara.id], NOW),
    "first after": lambda by, c, _: encounters.first_after(by, [c.amara.id], NOW),
    "in a series": lambda by, _, x: encounters.in_series(by, x.series.id),
    "attendance": lambda by, c, _: encounters.attendance_of(by, [c.session.id]),
    "parts": lambda by, c, _: encounters.parts_of(by, c.session.id),
    "who may come": lambda by, c, _: encounters.may_come(by, c.amara.id, TODAY),
    "check-ins": lambda by, c, _: measures.checkins(by, [c.session.id]),
    "courses": lambda by, c, _: measures.courses(by, [c.amara.id]),
    "rating": lambda by, c, _: measures.rating_after(by, c.amara.id),
    "dues": lambda by, _, x: measures.dues(by, [x.planned], {}),
    "open flags": lambda by, c, _: measures.open_flags(by, [c.amara.id]),
    "flags": lambda by, c, _: measures.flags_of(by, c.amara.id),
    "given": lambda by, c, _: measures.given_for(by, c.session.id, c.amara.id),
    "notes of a session": lambda by, c, _: notes.of_session(by, c.session.id),
    "mine": lambda by, c, _: notes.mine_for(by, c.session.id),
    "states": lambda by, c, _: notes.states_of(by, [c.session.id]),
    "threads": lambda by, c, _: notes.latest_threads(by, [c.amara.id]),
    "search": lambda by, _c, _: notes.search(by, "the bridge"),
}
ONES_OWN: dict[str, Try] = {
    "caseload": lambda by, _c, _: therapies.caseload(by),
    "day": lambda by, _c, _: encounters.day(by, on=TODAY, tz=ZONE),
    "between": lambda by, _c, _: encounters.between(by, since=NOW, until=LATER),
    "runs into": lambda by, c, _: encounters.runs_into(by, c.session),
    "plannable": lambda by, _c, _: encounters.plannable(by),
    "what came last": lambda by, _c, _: measures.newest(by),
    "to finish": lambda by, _c, _: notes.to_finish(by),
    "unwritten": lambda by, _c, _: notes.unwritten(by, at=NOW),
    "places": lambda by, _c, _: notes.places(by, at=NOW),
}


def stands(session: Session, state: str) -> UUID:
    Session.objects.filter(pk=session.pk).update(state=state)
    return session.id


def no_longer_a_therapist(cast: Cast) -> Visitor:
    """Mira, who still has her seats and was given other work."""
    return replace(cast.visitor("mira"), roles=frozenset({Role.BILLER}))


def strangers(cast: Cast) -> list[Visitor]:
    """A colleague, a trainee, the biller, somebody elsewhere, and Mira with other work."""
    others = [cast.visitor(name) for name in ("tom", "jo", "bill", "stranger")]
    return [*others, no_longer_a_therapist(cast)]


@pytest.mark.parametrize("name", REFUSED)
def test_strangers_are_refused_what_the_therapist_may_do(
    cast: Cast, cells: Cells, name: str
) -> None:
    for by in strangers(cast):
        with pytest.raises(NotHere):
            REFUSED[name](by, cast, cells)
    REFUSED[name](cast.visitor("mira"), cast, cells)


@pytest.mark.parametrize("name", UNTOLD)
def test_strangers_are_told_nothing_of_what_the_therapist_sees(
    cast: Cast, cells: Cells, name: str
) -> None:
    assert not any(UNTOLD[name](by, cast, cells) for by in strangers(cast))
    assert UNTOLD[name](cast.visitor("mira"), cast, cells)


@pytest.mark.parametrize("name", ONES_OWN)
def test_a_seat_shows_nothing_to_who_is_no_longer_a_therapist(
    cast: Cast, cells: Cells, name: str
) -> None:
    assert not ONES_OWN[name](no_longer_a_therapist(cast), cast, cells)
    assert ONES_OWN[name](cast.visitor("mira"), cast, cells)
