"""Two practices in one house: nothing of one is there for the other, whoever asks.

Somebody elsewhere is every kind of member at once, and holds seats in therapies of Mira's, which
nothing in the house can give them: no role and no seat keeps them out, but the practice does.
Taking any filter by practice away makes a line here fail. What is refused there is done here by
a member with the same roles, so that nothing is refused for another reason.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import transaction
from django.db.models import Model

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action, Role
from holdspace.cellar.access.visitor import Visitor, system
from holdspace.cellar.ledger import queries as ledger
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.people import actions as of_people
from holdspace.frame.people import names
from holdspace.frame.people import queries as people
from holdspace.frame.people.models import ContactPoint, NameToken
from holdspace.frame.people.rules import Particulars, Point, PointKind, Safe
from holdspace.frame.practice import actions as of_practice
from holdspace.frame.practice import queries as practices
from holdspace.frame.therapy import actions as of_therapy
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.models import (
    AgreedBy,
    Agreement,
    Fact,
    Participant,
    SafetyItem,
    Stay,
    Therapist,
    Tied,
)
from holdspace.front.desk import books
from holdspace.front.desk import queries as desk
from holdspace.hour.encounters import actions as hour
from holdspace.hour.encounters import queries as encounters
from holdspace.hour.encounters.models import Guest, Session
from holdspace.hour.encounters.queries import Needed, Span
from holdspace.hour.measures import actions as giving
from holdspace.hour.measures import queries as measures
from holdspace.hour.measures.models import Answering, Giving, Rule, SafetyFlag
from holdspace.hour.measures.queries import reach
from holdspace.hour.measures.queries.course import courses_in
from holdspace.hour.measures.queries.flags import flags_visible_to
from holdspace.hour.notes import actions as writing
from holdspace.hour.notes import queries as notes
from holdspace.hour.notes.models import Note, Version
from holdspace.office.outcomes import actions as considering
from holdspace.office.outcomes import queries as outcomes
from holdspace.office.outcomes.models import Import, LifeEvent
from holdspace.office.outcomes.queries import (
    considered,
    exported,
    lines,
    service,
    summary,
    workbench,
)
from holdspace.office.outcomes.queries.service import Wanted
from holdspace.office.outcomes.rules import Area, Kind
from tests.access.cells import Cells
from tests.access.test_gates import LATER, ONES_OWN, REFUSED, UNTOLD, ZONE, Try
from tests.cast import A_YEAR_AGO, NOW, TODAY, Cast

LATELY = NOW - timedelta(days=30)
ALL_DAY = Span(NOW - timedelta(hours=1), LATER)
# Asked by one's seats alone, since SQLite would go through every day of the practice.
BY_SEATS = ("day", "between", "to finish", "unwritten", "dues", "what came last")

POINT = Point(kind=PointKind.MOBILE, value="+447700900124", safe=Safe.ASK)

MORE_REFUSED: dict[str, Try] = {
    "person": lambda by, _, x: people.one(by, x.participant.person_id),
    "ways to reach": lambda by, _, x: people.contact_points(by, x.participant.person_id),
    "way to reach": lambda by, _, x: people.contact_point(by, x.point.id),
    "describe": lambda by, _, x: of_people.describe(
        x.participant.person_id, Particulars(name="A"), by=by, at=NOW
    ),
    "add a way": lambda by, _, x: of_people.add_contact_point(
        x.participant.person_id,
        Point(kind=PointKind.MOBILE, value="+447700900124", safe=Safe.ASK),
        by=by,
        at=NOW,
    ),
    "end a way": lambda by, _, x: of_people.end_contact_point(x.point.id, by=by, at=NOW),
    "colleague": lambda by, c, _: practices.member(by, c.tom.id),
    "end a membership": lambda by, c, _: of_practice.end_membership(c.tom.id, by=by, at=NOW),
    "set roles": lambda by, c, _: of_practice.set_roles(c.tom.id, ["trainee"], by=by, at=NOW),
    "take an invitation back": lambda by, _, x: of_practice.withdraw(
        x.invitation.id, by=by, at=NOW
    ),
    "add a room": lambda by, _, x: of_practice.add_room(x.site.id, "Room 3", by=by, at=NOW),
    "close a room": lambda by, c, _: of_practice.close_room(c.room.id, by=by, at=NOW),
    "giving": lambda by, _, x: measures.giving(by, x.giving.id),
    "battery": lambda by, _, x: measures.battery(by, x.battery.id),
    "end a battery": lambda by, _, x: giving.end_battery(x.battery.id, by=by, at=NOW),
    "own instrument": lambda by, _, x: measures.instrument(by, x.file.instrument),
    "take a file away": lambda by, _, x: giving.take_away(x.file.id, by=by, at=NOW),
    "answer": lambda by, _, x: giving.answer(x.answering.id, "q1", 1, by=by_link(by, x), at=NOW),
    "event": lambda by, _, x: considered.event(by, x.event.id),
    "take an event back": lambda by, _, x: considering.void_event(x.event.id, by=by, at=NOW),
    "consider": lambda by, _, x: considering.consider(
        x.participant.id, considering.Considered({Area.LIFE}), by=by, at=NOW
    ),
    "switch off": lambda by, c, _: considering.switch_off(Kind.MISSING, c.amara.id, by=by, at=NOW),
    "table": lambda by, _, x: workbench.one(by, x.table.id),
    "take a table away": lambda by, _, x: considering.take_away(x.table.id, by=by, at=NOW),
    "what is due": lambda by, c, _: [measures.due(by, c.session.id)],  # perhaps nothing
    "note of a session": lambda by, c, _: writing.begin(c.amara.id, c.session.id, by=by, at=NOW),
    "note of a participant": lambda by, c, x: writing.begin(
        c.amara.id, participant=x.participant.id, by=by, at=NOW
    ),
    "stay": lambda by, _, x: therapies.one_stay(by, x.stay.id),
    "end a stay": lambda by, _, x: of_therapy.end_stay(x.stay.id, TODAY, by=by, at=NOW),
    "agreement": lambda by, _, x: therapies.one_agreement(by, x.agreement.id),
    "guest": lambda by, _, x: encounters.one_guest(by, x.guest.id),
    "take a guest back": lambda by, _, x: hour.take_back_guest(x.guest.id, by=by, at=NOW),
    "card": lambda by, c, _: desk.card(by, c.session.id, at=NOW),
    "shared": lambda by, c, _: desk.shared(by, c.amara.id, at=NOW),
}
MORE_UNTOLD: dict[str, Try] = {
    "known persons": lambda by, _, x: people.visible_to(by).filter(pk=x.participant.person_id),
    "relations to a person": lambda by, _, x: people.relations_to(by, x.participant.person),
    "found persons": lambda by, _c, _x: people.find(by, "Amara"),
    "members": lambda by, c, _: set(practices.members(by)) - {c.stranger},
    "invitations": lambda by, _c, _x: practices.invitations(by, at=NOW),
    "rooms": lambda by, _c, _x: practices.rooms(by),
    "sites": lambda by, _c, _x: practices.sites(by),
    "relations to a therapy": lambda by, c, _: therapies.relations(by, c.amara),
    "within reach": lambda by, c, _: Session.objects.filter(
        therapies.reach(by, Action.PLAN, Layer.ADMIN, to="therapy_id"), pk=c.session.id
    ),
    "somebody works in it": lambda by, c, _: therapies.has_somebody(by, c.jos.id),
    "participants": lambda by, c, _: therapies.participants(by, [c.amara.id]),
    "head count": lambda by, c, _: therapies.head_count(by, [c.amara.id]),
    "therapists": lambda by, c, _: not_elsewhere(therapies.therapists(by, [c.amara.id]), c),
    "frame": lambda by, c, _: therapies.frame_of(by, c.amara.id),
    "aims": lambda by, c, _: therapies.aims(by, [c.amara.id]),
    "facts": lambda by, c, _: therapies.facts(by, c.amara.id),
    "homes": lambda by, c, _: therapies.homes(by, c.reyes.id),
    "what holds about secrets": lambda by, c, _: therapies.agreement(by, c.reyes.id),
    "who agreed": lambda by, _, x: therapies.agreed(by, x.agreement),
    "ties": lambda by, c, _: therapies.ties(by, c.amara.id),
    "guests": lambda by, c, _: encounters.guests_of(by, c.session.id),
    "known sessions": lambda by, c, _: encounters.visible_to(by).filter(pk=c.session.id),
    "expected": lambda by, c, _: encounters.expected(by, c.amara.id, TODAY),
    "everybody's": lambda by, _c, _x: encounters.between(by, since=NOW, until=LATER, everyone=True),
    "who is needed": lambda by, c, _: encounters.needed(by, c.jos.id, None, ()).members,
    "room taken": lambda by, c, _: encounters.taken(by, Needed(c.room.id, (), ()), ALL_DAY),
    "colleague taken": lambda by, c, _: encounters.taken(
        by, Needed(None, (c.mira.id,), ()), ALL_DAY
    ),
    "person taken": lambda by, _, x: encounters.taken(
        by, Needed(None, (), (x.participant.person_id,)), ALL_DAY
    ),
    "name of a colleague": lambda by, c, _: encounters.names_of(by, Needed(None, (c.tom.id,), ())),
    "name of a person": lambda by, _, x: encounters.names_of(
        by, Needed(None, (), (x.participant.person_id,))
    ),
    "known answers": lambda by, _, x: reach.visible_to(by).filter(pk=x.answering.id),
    "behind a link": lambda by, _, x: measures.answerings_of(by_link(by, x)),
    "known flags": lambda by, _, x: flags_visible_to(by).filter(pk=x.flag.id),
    "courses of a practice": lambda by, c, _: courses_in(by.practice, [c.amara.id]),
    "measures already": lambda by, c, _: not measures.offered(by, c.amara),
    "batteries": lambda by, _c, _x: measures.batteries(by),
    "files": lambda by, _c, _x: measures.files(by),
    "own instruments": lambda by, _, x: [
        one for one in measures.instruments(by) if one.id == x.file.instrument
    ],
    "known notes": lambda by, _, x: notes.visible_to(by).filter(pk=x.signed.id),
    "who was there": lambda by, _, x: notes.present(by, x.signed),
    "added": lambda by, _, x: notes.addenda(by, [x.signed.id]),
    "kept aside": lambda by, _, x: notes.kept_aside(by, x.draft.id),
    "answered signals": lambda by, c, _: considered.answered(by, [c.amara.id]),
    "considerations": lambda by, c, _: considered.considerations(by, c.amara.id),
    "off": lambda by, c, _: any(considered.off(by, [c.amara.id]).values()),
    "switches": lambda by, c, _: considered.switches(by, c.amara.id),
    "events": lambda by, c, _: considered.events(by, c.amara.id),
    "scores": lambda by, c, _: outcomes.scores(by, c.amara.id),
    "numbers of scores": lambda by, c, _: lines.numbers(
        by, courses_in(c.practice.id, [c.amara.id])
    ),
    "unanswered": lambda by, c, _: lines.unanswered(by, [c.amara.id]),
    "tables": lambda by, _c, _x: workbench.imports(by),
    "added up": lambda by, _c, _x: service.service(by, Wanted()),
    "exported": lambda by, _c, _x: list(exported.outcomes(by.practice)),
    "therapies in turn": lambda by, _c, _x: summary.therapies_after(by.practice, None, 9),
    "facts to sum up": lambda by, c, _: summary.facts(by.practice, [c.amara.id]),
    "changed therapies": lambda by, _c, _x: summary.therapies_changed(by.practice, LATELY),
    "lines": lambda by, _c, _x: ledger.between(by.practice, LATELY, LATER),
    "acted on": lambda by, _c, _x: ledger.acted_on(by.practice, LATELY),
    "book": lambda by, _c, _x: books.book(by, on=TODAY, zone=ZONE),
    "fees": lambda by, c, _: books._fees(by, {c.amara.id}),
    "reminded": lambda by, c, _: (
        SafetyItem.objects.update(closed_at=NOW, closed_by=c.mira)  # while it is open, they wait
        and giving.remind(by=system(by.practice), at=NOW)
    ),
}
ALL_REFUSED = REFUSED | MORE_REFUSED
ALL_UNTOLD = {
    name: ask for name, ask in (UNTOLD | MORE_UNTOLD | ONES_OWN).items() if name not in BY_SEATS
}
# Rows that were written elsewhere and point here, which nothing in the house can do.
WRITTEN_ELSEWHERE: dict[type[Model], tuple[str, ...]] = {
    NameToken: ("found persons",),
    ContactPoint: ("way to reach", "ways to reach"),
    Therapist: ("therapy: seat", "caseload", "somebody works in it", "who is needed"),
    Participant: ("therapy: participant", "note of a participant"),
    Fact: ("therapy: fact",),
    Stay: ("stay", "homes"),
    Agreement: ("agreement", "what holds about secrets"),
    AgreedBy: ("who agreed",),
    Tied: ("ties",),
    Guest: ("guest",),
    Session: ("hour: session", "runs into", "what is due", "note of a session"),
    Rule: ("measures: end a rule", "measures already"),
    Giving: ("giving", "measures: givings", "given"),
    Answering: ("measures: answers", "answer"),
    SafetyFlag: ("measures: flag",),
    Note: ("notes: note",),
    LifeEvent: ("event",),
    Import: ("table", "tables"),
}


def by_link(by: Visitor, cells: Cells) -> Visitor:
    """Whoever came by Amara's link, as one who belongs to the visitor's practice."""
    return replace(measures.visitor_by_link(cells.giving), practice=by.practice)


def not_elsewhere(seats: list[Therapist], cast: Cast) -> list[Therapist]:
    return [seat for seat in seats if seat.member_id != cast.stranger.id]


def everything(cast: Cast, name: str) -> Visitor:
    """A member in every role there is for members."""
    roles = frozenset(Role) - {Role.SHARED_SCREEN, Role.CLIENT, Role.NOBODY}
    return replace(cast.visitor(name), roles=roles)


@pytest.fixture
def crowded(cast: Cast, cells: Cells) -> Cells:
    """What the lists show besides, and seats that nothing in the house can give."""
    caches["moments"].clear()
    Version.objects.filter(note=cells.draft).update(lost_to=1)
    cells.consideration.signals = ["a mark"]
    cells.consideration.save()
    names.enter(cells.participant.person)
    Giving.objects.filter(pk=cells.giving.pk).update(remind_at=NOW)
    of_therapy.rename(cast.amara.id, "Amara", by=cast.visitor("mira"), at=NOW)
    for therapy in (cast.amara, cast.reyes):
        Therapist.objects.create(
            practice=cast.stranger.practice, therapy=therapy, member=cast.stranger,
            from_on=A_YEAR_AGO,
        )  # fmt: skip
    return cells


def answered(ask: Try, by: Visitor, cast: Cast, cells: Cells) -> object:
    """Whether there is an answer, or `None` for a refusal; nothing that was done stays done."""
    with transaction.atomic():
        try:
            return bool(ask(by, cast, cells))
        except NotHere:
            return None
        finally:
            transaction.set_rollback(True)


def answers(asked: Mapping[str, Try], who: str, cast: Cast, cells: Cells) -> dict[str, object]:
    return {name: answered(ask, everything(cast, who), cast, cells) for name, ask in asked.items()}


def test_elsewhere_one_is_refused_whatever_may_be_done_here(cast: Cast, crowded: Cells) -> None:
    here = answers(ALL_REFUSED, "mira", cast, crowded)
    assert [name for name, answer in here.items() if answer is None] == []
    elsewhere = answers(ALL_REFUSED, "stranger", cast, crowded)
    assert [name for name, answer in elsewhere.items() if answer is not None] == []


def test_elsewhere_one_is_told_nothing_of_what_is_known_here(cast: Cast, crowded: Cells) -> None:
    here = answers(ALL_UNTOLD, "mira", cast, crowded)
    assert [name for name, answer in here.items() if not answer] == []
    elsewhere = answers(ALL_UNTOLD, "stranger", cast, crowded)
    assert [name for name, answer in elsewhere.items() if answer] == []


def test_what_was_written_elsewhere_is_not_here_although_it_points_here(
    cast: Cast, crowded: Cells
) -> None:
    told = []
    for kind, names_asked in WRITTEN_ELSEWHERE.items():
        asked = {name: (ALL_REFUSED | ALL_UNTOLD)[name] for name in names_asked}
        with transaction.atomic():
            kind._default_manager.update(practice=cast.stranger.practice_id)
            found = answers(asked, "mira", cast, crowded)
            transaction.set_rollback(True)
        told += [name for name, answer in found.items() if answer]
    assert told == []


def test_a_seat_that_was_given_elsewhere_is_none_here(cast: Cast, crowded: Cells) -> None:
    assert crowded.therapist.therapy_id == cast.amara.id
    seat = Therapist.objects.get(member=cast.stranger, therapy=cast.amara)
    with pytest.raises(NotHere):
        therapies.one_seat(everything(cast, "mira"), seat.id)


def test_elsewhere_a_person_is_unknown_and_not_only_forbidden(cast: Cast, crowded: Cells) -> None:
    person = crowded.participant.person_id
    with pytest.raises(NotHere, match="no such thing"):
        people.one(everything(cast, "stranger"), person)
