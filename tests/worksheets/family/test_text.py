"""The family in words: everybody once in full, children under their parents, lines in the end."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.hour.worksheets.family import building, text
from holdspace.hour.worksheets.family.model import (
    Event,
    Figure,
    How,
    Line,
    Mark,
    Person,
    Step,
    Telling,
    Tie,
    Turn,
)
from tests.worksheets.family.families import four_generations, grown


def everybody(entries: tuple[text.Entry, ...]) -> list[str]:
    """All who are told in full, in the order of the list."""
    found: list[str] = []
    for one in entries:
        found.append(one.person)
        for branch in one.unions:
            partner = (branch.partner,) if branch.partner and not branch.is_elsewhere else ()
            found += everybody((*partner, *branch.children))
    return found


@settings(deadline=None, max_examples=25)
@given(st.builds(grown, st.integers(0, 10_000), st.integers(2, 60)))
def test_everybody_is_told_in_full_once(telling: Telling) -> None:
    assert sorted(everybody(text.entries(telling, str))) == sorted(telling.by_id)


def test_children_stand_under_the_union_and_the_partner_beside_it() -> None:
    lines = text.as_text(four_generations(), str).splitlines()
    at = lines.index("  married (m.) 1942")
    assert lines[at - 1].startswith("Karl Brandt · man or boy · born 1921 · died 1944")
    assert lines[at + 1].startswith("  + Hedwig Brandt")
    assert lines[at + 2].startswith("    Hans Brandt")


def test_lines_between_people_are_told_with_their_direction() -> None:
    lines = text.as_text(four_generations(), str).splitlines()
    assert "Otto Lindner → Ursula Lindner: physical abuse" in lines
    assert "Ursula Lindner – Thomas Brandt: fused" in lines


def test_all_that_is_told_of_somebody_is_in_their_line() -> None:
    person = Person(
        "", "Kim", Figure.MAN, inner=Figure.WOMAN, index=True, born=1950, dead=True, age="about 40",
        notes="one\ntwo", events=(Event("war", 1944), Event("moved")), substance=Mark.SUSPECTED,
        illness=Mark.RECOVERY, unspoken=True, secret=True,
    )  # fmt: skip
    telling, who = building.person(Telling(), person)
    said = text.facts(telling, telling.by_id[who], str)
    assert said == (
        "man or boy · inner sign: woman or girl · whose family this is · not talked about · "
        "born 1950 · has died · age: about 40 · substance use, suspected · "
        "serious illness, recovered · one two · 1944: war · moved"
    )
    assert "a secret" in text.facts(telling, telling.by_id[who], str, secrets=True)


def test_how_a_child_came_and_with_whom_it_was_born_is_told() -> None:
    telling, mother = building.person(Telling(), Person("", "Ana"))
    telling, union = building.union(telling, (mother,))
    telling, child = building.person(telling, Person("", "Eva"))
    telling = building.child(telling, union, child, how=How.FOSTER, twins="t")
    one = telling.children[0]
    identical = replace(telling, children=(replace(one, identical=True),))
    assert "foster child · twins" in text.as_text(telling, str)
    assert "foster child · identical twins" in text.as_text(identical, str)
    assert "  alone" in text.as_text(telling, str)


def test_whoever_has_no_name_is_called_by_their_sign() -> None:
    telling, _who = building.person(Telling(), Person("", figure=Figure.PREGNANCY))
    assert text.as_text(telling, str) == "pregnancy"


def test_a_turn_without_a_year_is_told_without() -> None:
    telling, who = building.person(Telling(), Person("", "Ana"))
    telling, _other = building.partner(telling, who, Person("", "Bo"), (Step(Turn.AFFAIR),))
    assert text.union_facts(telling.unions[0], str) == "affair (a.)"


def test_secret_lines_are_read_only_by_whoever_may() -> None:
    telling = replace(four_generations(), lines=(Line("l1", "x", "y", Tie.CLOSE, secret=True),))
    assert text.ties(telling, str) == []
    assert text.ties(telling, str, secrets=True) == ["Thomas Brandt – Eva Morales: close"]


def test_the_sentence_of_the_drawing_counts_people_and_generations() -> None:
    assert text.summary(four_generations(), str) == "People: 30. Generations: 4."
