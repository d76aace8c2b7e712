"""The therapies of the sample: who takes part, who works in them, what is so, what was agreed."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from holdspace.frame.practice.rules import PlaceKind
from holdspace.frame.therapy.models import Aim, Fact, Frame, Participant, Therapist, Therapy
from holdspace.frame.therapy.rules import FactKind
from holdspace.front.sample.laying import Laying, Work
from holdspace.front.sample.reading import Entry
from holdspace.front.sample.writing import format_of

ELSEWHERE: Final = {"video": PlaceKind.VIDEO, "telephone": PlaceKind.TELEPHONE}


def gather(laying: Laying) -> None:
    """Make therapies and places in them; their keys must exist before they are written."""
    for key, said in laying.story.therapies.items():
        ended = said["ended_weeks_ago"]
        therapy = Therapy(
            practice=laying.practice, unit=said["unit"], service=said["service"],
            stance=said["stance"], approaches=said["approaches"], voice=said["voice"],
            note_format=format_of(said["note_format"]), state=said["state"],
            title=said["title"], brings=said["brings"],
            started_on=laying.weeks_ago(said["started_weeks_ago"]),
            ended_on=None if ended is None else laying.weeks_ago(ended),
            ended_how="" if ended is None else "agreed",
        )  # fmt: skip
        lead = laying.members[said["therapists"][0]["member"]]
        laying.works[key] = work = Work(key, said, therapy, lead)
        for place in said["participants"]:
            work.places[place["person"]] = _participant(laying, work, place)


def _participant(laying: Laying, work: Work, said: Entry) -> Participant:
    weeks: int = {**work.entry, **said}.get("from_weeks_ago") or work.entry["started_weeks_ago"]
    return Participant(
        practice=laying.practice, therapy=work.row, person=laying.persons[said["person"]],
        part=said["role"], from_on=laying.weeks_ago(weeks),
        to_on=work.row.ended_on,
    )  # fmt: skip


def write(laying: Laying) -> None:
    works = laying.works.values()
    Therapy.objects.bulk_create(work.row for work in works)
    Participant.objects.bulk_create(place for work in works for place in work.places.values())
    Therapist.objects.bulk_create(seat for work in works for seat in _seats(laying, work))
    Frame.objects.bulk_create(_frame(laying, work) for work in works)
    Aim.objects.bulk_create(aim for work in works for aim in _aims(work))
    Fact.objects.bulk_create(fact for work in works for fact in _facts(laying, work))


def _seats(laying: Laying, work: Work) -> Iterator[Therapist]:
    for said in work.entry["therapists"]:
        yield Therapist(
            practice=laying.practice, therapy=work.row, member=laying.members[said["member"]],
            is_lead=said["role"] == "therapist", from_on=work.row.started_on,
        )  # fmt: skip


def _frame(laying: Laying, work: Work) -> Frame:
    said = work.entry["frame"]
    agreed = said["until"]
    return Frame(
        practice=laying.practice, therapy=work.row, minutes=said["minutes"],
        place=ELSEWHERE.get(said["place"], PlaceKind.ROOM), room=laying.rooms.get(said["place"]),
        fee=Decimal(said["fee"]), sessions_agreed=agreed if isinstance(agreed, int) else None,
        words=_rhythm(laying, work), from_on=work.row.started_on,
    )  # fmt: skip


def _rhythm(laying: Laying, work: Work) -> str:
    """“Mondays at 10:00”, on the days the series really lies on."""
    said, days = work.entry["frame"], work.entry["frame"]["weekdays"]
    if work.key in laying.story.today:
        days = [f"{laying.today:%A}"]
    each = ", ".join(f"{day.capitalize()}s" for day in days)
    return f"{each} at {said['time']}" + (", every other week" if said["every"] == 2 else "")


def _aims(work: Work) -> Iterator[Aim]:
    for order, words in enumerate(work.entry["aims"]):
        yield Aim(
            practice=work.row.practice, therapy=work.row, words=words, order=order,
            since=work.row.started_on + timedelta(weeks=1),
        )  # fmt: skip


def _facts(laying: Laying, work: Work) -> Iterator[Fact]:
    said = work.entry
    for kin in said.get("kinship", []):
        yield _fact(work, kin["a"], kin["b"], FactKind.KINSHIP, kin["relation"])
    for held in said.get("authority", []):
        seen = "document seen" if held["seen"] else "document not seen yet"
        words = f"Parental responsibility: {held['basis']}; {seen}"
        yield _fact(work, held["holder"], held["child"], FactKind.AUTHORITY, words)
    for order in said.get("court_orders", []):
        fact = _fact(work, order["person"], order["child"], FactKind.COURT_ORDER, order["says"])
        fact.from_on = laying.weeks_ago(order["made_weeks_ago"])
        fact.to_on = laying.today + timedelta(weeks=order["ends_weeks_ahead"])
        yield fact
    for home in said.get("households", []):
        words = ". ".join(filter(None, (f"Home: {home['name']}", home.get("note"))))
        for person in home["people"]:
            yield _fact(work, person, None, FactKind.KINSHIP, words)
    yield from _standing_by(laying, work)


def _standing_by(laying: Laying, work: Work) -> Iterator[Fact]:
    """Who is to be rung in an emergency. Referrers are persons, and no facts of anybody."""
    for person in laying.story.people.values():
        for stand in person.get("stands_by", []):
            if stand["person"] in work.places and stand["place"] == "emergency contact":
                words = f"{person['name']}, {stand['relation']}: {stand['place']}"
                yield _fact(work, stand["person"], None, FactKind.KINSHIP, words)


def _fact(work: Work, of: str, about: str | None, kind: FactKind, words: str) -> Fact:
    rest: dict[str, Any] = {"about": work.places[about]} if about else {}
    return Fact(
        practice=work.row.practice, participant=work.places[of], kind=kind, words=words,
        from_on=work.row.started_on, **rest,
    )  # fmt: skip
