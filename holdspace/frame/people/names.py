"""Names in the blind index: entered, found by, and compared once they are opened."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from holdspace.cellar.vault import index
from holdspace.frame.people.models import NameToken, Person

LONGEST_SEARCH = 200
MOST_WORDS = 6


def enter(person: Person) -> None:
    """Put a person's names into the index, and take out the ones they no longer have."""
    wanted = index.tokens(person.practice_id, (person.name, person.preferred_name))
    held = NameToken.objects.filter(person=person)
    known = set(held.values_list("token", flat=True))
    held.filter(token__in=known - wanted).delete()
    NameToken.objects.bulk_create(
        NameToken(practice=person.practice_id, person=person, token=token)
        for token in sorted(wanted - known)
    )


def asked(typed: str) -> list[str]:
    """The words of a search, as they are compared."""
    return index.words(typed[:LONGEST_SEARCH])[:MOST_WORDS]


def perhaps(practice: UUID, words: Iterable[str], among: QuerySet[Person]) -> QuerySet[Person]:
    """Those whose names hold every word, and some whose names only seem to."""
    for token in index.asked(practice, " ".join(words)):
        hits = NameToken.objects.filter(practice=practice, token=token)
        among = among.filter(pk__in=hits.values("person_id"))
    return among


def holds(person: Person, words: Iterable[str]) -> bool:
    """Whether every word begins a word of the person's names: sorts out the index's false hits."""
    own = {
        part
        for name in (person.name, person.preferred_name)
        for word in index.words(name)
        for part in index.beginnings(word)
    }
    return all(word in own for word in words)
