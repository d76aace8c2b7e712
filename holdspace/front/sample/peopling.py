"""The persons of the sample, how it is safe to reach them, and their names in the blind index."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from holdspace.cellar.vault import index
from holdspace.frame.people.models import ContactPoint, NameToken, Person
from holdspace.frame.people.rules import PointKind, Safe
from holdspace.front.sample.laying import Laying
from holdspace.front.sample.reading import Entry

KINDS: Final = {"landline": PointKind.TELEPHONE}


def gather(laying: Laying) -> None:
    """Make the persons; their keys must exist before they are written."""
    for key, said in laying.story.people.items():
        laying.persons[key] = Person(
            practice=laying.practice, name=said["name"],
            preferred_name=said.get("preferred_name", ""), pronouns=said["pronouns"],
            pronunciation=said.get("pronunciation", ""), birth_date=_born(said, laying.today),
            languages=said["languages"], known_since=_known_since(laying, key),
        )  # fmt: skip


def write(laying: Laying) -> None:
    Person.objects.bulk_create(laying.persons.values())
    ContactPoint.objects.bulk_create(_points(laying))
    NameToken.objects.bulk_create(_tokens(laying), batch_size=1000)


def _born(said: Entry, today: date) -> str:
    """A birthday of those who have one; infants are so many weeks old."""
    if "born_weeks_ago" in said:
        return (today - timedelta(weeks=said["born_weeks_ago"])).isoformat()
    month, day = (int(part) for part in said["birthday"].split("-"))
    had_it = (month, day) <= (today.month, today.day)
    return f"{today.year - said['age'] - (not had_it)}-{month:02}-{day:02}"


def _known_since(laying: Laying, key: str) -> datetime:
    """From the first of their therapies, or from when somebody they stand by came."""
    stands_by = {each["person"] for each in laying.story.people[key].get("stands_by", [])}
    weeks = [
        therapy["started_weeks_ago"]
        for therapy in laying.story.therapies.values()
        if any(each["person"] in {key, *stands_by} for each in therapy["participants"])
    ]
    day = laying.weeks_ago(max(weeks, default=0)) - timedelta(days=10)
    return datetime.combine(day, time(9), tzinfo=laying.hours.zone)


def _points(laying: Laying) -> Iterator[ContactPoint]:
    for key, said in laying.story.people.items():
        is_first_safe = True
        for way in said["contacts"]:
            yield ContactPoint(
                practice=laying.practice, person=laying.persons[key],
                kind=KINDS.get(way["kind"], way["kind"]), value=way["value"],
                safe=Safe.YES if way["safe"] else Safe.NO, how=way.get("how", ""),
                is_preferred=way["safe"] and is_first_safe,
                from_at=laying.persons[key].known_since,
            )  # fmt: skip
            is_first_safe = is_first_safe and not way["safe"]


def _tokens(laying: Laying) -> Iterator[NameToken]:
    practice = laying.practice.id
    for person in laying.persons.values():
        for token in sorted(index.tokens(practice, (person.name, person.preferred_name))):
            yield NameToken(practice=practice, person=person, token=token)
