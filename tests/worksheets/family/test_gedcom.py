"""Families to and from genealogy programs: kinship, names, sexes and years, and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.hour.worksheets.family import building
from holdspace.hour.worksheets.family.gedcom import LARGEST, carried, from_gedcom, to_gedcom
from holdspace.hour.worksheets.family.model import (
    Figure,
    How,
    Person,
    Step,
    Telling,
    Turn,
    Union,
)
from holdspace.hour.worksheets.family.refusal import CannotTell
from tests.worksheets.family.families import four_generations, grown

SMALL = Path(__file__).parent / "small.ged"


def numbered(telling: Telling) -> Telling:
    """The same telling with ids that count, as a file that is read gives them."""
    people = {one.id: f"p{at}" for at, one in enumerate(telling.people, start=1)}
    unions = {one.id: f"u{at}" for at, one in enumerate(telling.unions, start=1)}
    order = [one.id for one in telling.unions]
    return Telling(
        people=tuple(replace(one, id=people[one.id]) for one in telling.people),
        unions=tuple(
            replace(one, id=unions[one.id], partners=tuple(people[who] for who in one.partners))
            for one in telling.unions
        ),
        children=tuple(
            replace(one, child=people[one.child], union=unions[one.union])
            for one in sorted(telling.children, key=lambda one: order.index(one.union))
        ),
    )


@settings(deadline=None, max_examples=25)
@given(st.builds(grown, st.integers(0, 10_000), st.integers(2, 60)))
def test_what_a_file_carries_comes_back_as_it_went(telling: Telling) -> None:
    file = to_gedcom(telling).encode()
    assert from_gedcom(file) == numbered(carried(telling))


def test_turns_and_ways_of_becoming_a_child_come_back() -> None:
    telling, mother = building.person(Telling(), Person("", "Ana @ home/away", Figure.NONBINARY))
    steps = (Step(Turn.TOGETHER), Step(Turn.MARRIED, 1970), Step(Turn.SEPARATED, 1980),
             Step(Turn.REUNITED, 1981), Step(Turn.DIVORCED))  # fmt: skip
    telling, _father = building.partner(telling, mother, Person("", "Bo", dead=True), steps)
    for how in How:
        telling, child = building.person(telling, Person("", how.value))
        telling = building.child(telling, "u1", child, how=how)
    back = from_gedcom(to_gedcom(telling).encode())
    assert back.unions[0].steps == steps
    assert [one.how for one in back.children] == list(How)
    assert back.people[0].name == "Ana @ home away"
    assert back.people[1].has_died


@pytest.mark.parametrize(
    "word", ["Widow", "hostile", "Eva’s house", "miscarriage", "Bello", "substance", "secret"]
)
def test_what_a_telling_adds_stays_behind(word: str) -> None:
    telling = four_generations()
    telling = building.told_as(telling, replace(telling.by_id["ys"], name="secret", secret=True))
    assert word not in to_gedcom(telling)


def test_an_affair_goes_out_as_being_together() -> None:
    telling, who = building.person(Telling(), Person(""))
    telling, _other = building.partner(telling, who, Person(""), (Step(Turn.AFFAIR, 1990),))
    assert from_gedcom(to_gedcom(telling).encode()).unions[0].steps == (Step(Turn.TOGETHER, 1990),)


def test_a_file_of_another_program_is_read() -> None:
    telling = from_gedcom(SMALL.read_bytes())
    told = [(one.name, one.figure.value, one.born, one.died, one.dead) for one in telling.people]
    assert told == [
        ("Ana Ruiz", "woman", 1951, 2019, True),
        ("Luis Morales", "man", 1949, None, False),
        ("Eva Morales", "woman", 1972, None, False),
        ("", "unknown", None, None, True),
    ]
    assert telling.unions == (
        Union("u1", ("p2", "p1"), (Step(Turn.MARRIED, 1970), Step(Turn.DIVORCED, 1997))),
        Union("u2", ("p1",), (Step(Turn.TOGETHER), Step(Turn.DIVORCED))),
    )
    assert [(one.child, one.union, one.how) for one in telling.children] == [
        ("p3", "u1", How.BIOLOGICAL), ("p4", "u1", How.ADOPTED),
    ]  # fmt: skip


HEAD = b"0 HEAD\n1 GEDC\n2 VERS 7.0\n"


def individual(*lines: bytes) -> bytes:
    return HEAD + b"0 @I1@ INDI\n" + b"".join(line + b"\n" for line in lines) + b"0 TRLR\n"


@pytest.mark.parametrize(
    ("date", "year"),
    [
        (b"1951", 1951), (b"ABT 3 JAN 1951", 1951), (b"BET 1950 AND 1960", 1950),
        (b"FROM 1950 TO 1960", 1950), (b"TO 1960", 1960), (b"44 BCE", None), (b"0951", None),
        (b"FRENCH_R 3", None), (b"some day", None),
    ],
)  # fmt: skip
def test_a_year_is_found_in_every_form_of_date(date: bytes, year: int | None) -> None:
    telling = from_gedcom(individual(b"1 BIRT", b"2 DATE " + date))
    assert telling.people[0].born == year


def test_a_death_before_the_birth_is_a_death_without_a_year() -> None:
    file = individual(b"1 BIRT", b"2 DATE 1951", b"1 DEAT", b"2 DATE 1900")
    assert from_gedcom(file).people[0] == Person("p1", born=1951, dead=True)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (b"x" * (LARGEST + 1), "This file is too large: 1 MB at most."),
        (b"\xff\xfe", "This is no GEDCOM 7 file: it is not UTF-8."),
        (b"Ana Ruiz, 1951", "Line 1 of this file is not as GEDCOM 7 has it."),
        (b"0 HEAD\n0 TRLR\n", "Only GEDCOM 7 is read here; export it as version 7."),
        (b"0 HEAD\n1 GEDC\n2 VERS 5.5.1\n0 TRLR\n",
         "Only GEDCOM 7 is read here; export it as version 7."),
        (HEAD + b"".join(b"0 @I%d@ INDI\n" % at for at in range(121)) + b"0 TRLR\n",
         "This file has 121 people; at most 120 fit into one telling."),
        (HEAD + b"0 @I1@ INDI\n0 @F1@ FAM\n1 HUSB @I1@\n1 CHIL @I1@\n0 TRLR\n",
         "Somebody would be their own ancestor."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(file: bytes, sentence: str) -> None:
    with pytest.raises(CannotTell) as refusal:
        from_gedcom(file)
    assert str(refusal.value) == sentence
    assert "Ruiz" not in str(refusal.value)


def test_a_return_without_a_parting_and_children_nobody_knows_are_left_out() -> None:
    family = b"0 @F1@ FAM\n1 HUSB @I1@\n1 CHIL @I9@\n1 EVEN\n2 TYPE Reunion\n1 EVEN\n2 TYPE Party\n"
    telling = from_gedcom(HEAD + b"0 @I1@ INDI\n" + family + b"0 @F2@ FAM\n0 TRLR\n")
    assert telling.unions == (Union("u1", ("p1",)),)
    assert telling.children == ()
