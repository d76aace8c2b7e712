"""The record of one who takes part holds nobody else's name or words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdspace.cellar.access.gate import NotHere
from holdspace.frame.people.naming import forms_of, found
from holdspace.frame.therapy import actions as therapies
from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.frame.therapy.rules import Unit
from holdspace.front.desk.records import Record, record_of
from holdspace.hour.notes import actions as notes
from holdspace.hour.notes.rules import empty
from tests.access.examples import signed_in
from tests.cast import NOW, Cast, a_participant, a_person, a_session, a_therapy


def places(therapy: Therapy) -> list[Participant]:
    return list(Participant.objects.filter(therapy=therapy).order_by("id"))


def wrote(cast: Cast, therapy: Therapy, of: Participant | None, words: str) -> None:
    """A signed note of one of them, or of all together."""
    by = cast.visitor("mira")
    note = notes.begin(therapy.id, None, of.id if of else None, by=by, at=NOW)
    content = empty(note.format)
    content["fields"][next(iter(content["fields"]))] = words
    notes.save(note.id, content, base_version=0, tab="t", by=by, at=NOW)
    notes.sign(note.id, by=by, at=NOW)


def everything(record: Record) -> str:
    return "\n".join(
        one.words + one.label for section in record.sections for one in section.entries
    )


def test_one_reads_their_own_part_without_the_others_names(cast: Cast) -> None:
    luz, ana, _teo = places(cast.reyes)
    wrote(cast, cast.reyes, luz, "Luz fears that Ana will leave like Teo.")
    wrote(cast, cast.reyes, ana, "Ana's own secret.")
    wrote(cast, cast.reyes, None, "All shouted.")
    therapies.set_aims(cast.reyes.id, ["Ana sleeps"], luz.id, by=cast.visitor("mira"), at=NOW)
    therapies.set_aims(cast.reyes.id, ["Ours"], by=cast.visitor("mira"), at=NOW)
    record = record_of(cast.visitor("mira"), luz.id)
    said = everything(record)
    assert "Luz fears that [somebody else] will leave like [somebody else]." in said
    assert "[somebody else] sleeps" in said
    for theirs in ("secret", "shouted", "Ours", "Ana", "Teo"):
        assert theirs not in said
    assert (record.removed, record.joint) == (3, 1)
    assert len(record.left_out) == 2


def test_of_an_individual_all_is_their_own(cast: Cast) -> None:
    wrote(cast, cast.amara, None, "We sat.")
    record = record_of(cast.visitor("mira"), cast.participant().id)
    assert "We sat." in everything(record)
    assert record.left_out == []


def test_whoever_joined_an_individuals_therapy_reads_nothing_of_before(cast: Cast) -> None:
    wrote(cast, cast.amara, None, "We sat.")
    partner = a_participant(cast.amara, a_person(cast.practice, "Ben Orr"), "partner")
    assert "We sat." not in everything(record_of(cast.visitor("mira"), partner.id))


@pytest.mark.parametrize("who", ["tom", "sam", "olive", "stranger"])
def test_nobody_else_reads_it(cast: Cast, who: str) -> None:
    with pytest.raises(NotHere):
        record_of(cast.visitor(who), cast.participant().id)


def test_it_is_had_as_a_page_and_on_paper(cast: Cast, settings: Any) -> None:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    client: Client = signed_in("mira")(cast, None)  # type: ignore[arg-type]
    luz = places(cast.reyes)[0]
    wrote(cast, cast.reyes, luz, "Ana again.")
    page = client.get(reverse("record_of_one", args=[luz.id])).text
    assert "[somebody else] again." in page
    paper = client.get(reverse("record_pdf", args=[luz.id]))
    assert b"".join(paper)[:5] == b"%PDF-" if paper.streaming else paper.content[:5] == b"%PDF-"
    people = client.get(reverse("therapy_people", args=[cast.reyes.id])).text
    assert reverse("record_of_one", args=[luz.id]) in people


NAMES = ("Ana Reyes", "Bo Lund", "Cleo Marsh", "Dan O'Hara", "Eva-Marie Roth", "Farid Aziz")


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_is_written_in_whatever_unit_a_record_names_nobody_else(
    cast: Cast, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from(list(Unit)))
    names = data.draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True))
    therapy = a_therapy(cast.mira, "Together", *names, unit=unit)
    a_session(therapy, timezone.now())
    whose = places(therapy)
    for _ in range(data.draw(st.integers(1, 4))):
        of = data.draw(st.sampled_from([None, *whose]))
        named = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=3))
        forms = [data.draw(st.sampled_from([n, n.split()[0], n.upper()])) for n in named]
        words = " and ".join(forms)
        wrote(cast, therapy, of, f"{words} were here.")
    for seat in whose:
        said = everything(record_of(cast.visitor("mira"), seat.id))
        others = {one.id: forms_of([one.person.name]) for one in whose if one.id != seat.id}
        assert found(said, others) == []
