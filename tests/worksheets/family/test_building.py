"""One more person in their place, one less, one told differently: always a telling that holds."""

from dataclasses import replace

import pytest

from holdspace.hour.worksheets.family import building
from holdspace.hour.worksheets.family.checking import check
from holdspace.hour.worksheets.family.model import (
    MOST_HOMES,
    MOST_LINES,
    MOST_PEOPLE,
    Person,
    Step,
    Telling,
    Tie,
    Turn,
)
from holdspace.hour.worksheets.family.refusal import CannotTell
from tests.worksheets.family.families import four_generations


def ana() -> Telling:
    return building.person(Telling(), Person("", "Ana"))[0]


def test_ids_count_on_from_the_highest() -> None:
    assert building.new_id("p", ["p1", "p7", "x9", "pq"]) == "p8"


def test_a_child_comes_under_the_latest_union() -> None:
    telling, _other = building.partner(ana(), "p1", Person(""))
    telling, child = building.child_of(telling, "p1", Person("", "Eva"))
    assert (telling.children[0].child, telling.children[0].union) == (child, "u1")
    assert telling.unions[0].partners == ("p1", "p2")


def test_a_first_parent_is_alone_until_the_second_comes() -> None:
    telling, first = building.parent_of(ana(), "p1", Person(""))
    telling, second = building.parent_of(telling, "p1", Person(""))
    assert telling.unions[0].partners == (first, second)
    with pytest.raises(CannotTell, match="Both parents are there"):
        building.parent_of(telling, "p1", Person(""))


def test_a_sibling_brings_a_parent_that_nobody_knows() -> None:
    telling, sibling = building.sibling_of(ana(), "p1", Person(""))
    assert [one.child for one in telling.children] == ["p1", sibling]
    telling, _third = building.sibling_of(telling, "p1", Person(""))
    assert [one.union for one in telling.children] == ["u1"] * 3


def test_whoever_goes_takes_their_lines_along_and_leaves_their_children() -> None:
    telling = building.without(four_generations(), "x")
    check(telling)
    assert telling.union_by_id["u7"].partners == ("y",)
    assert "u8" in telling.union_by_id
    assert not any("x" in (one.source, one.target) for one in telling.lines)


def test_a_union_without_children_goes_with_one_of_the_two() -> None:
    telling, other = building.partner(ana(), "p1", Person(""))
    assert building.without(telling, other).unions == ()


def test_a_union_goes_and_its_children_stay() -> None:
    telling = building.without_union(four_generations(), "u5")
    check(telling)
    assert "x" in telling.by_id
    assert "x" not in telling.places


def test_a_line_comes_and_goes() -> None:
    telling, other = building.partner(ana(), "p1", Person(""))
    telling = building.line(telling, "p1", other, Tie.CLOSE)
    assert building.without_line(telling, "l1").lines == ()


def test_a_union_takes_its_turns_and_refuses_what_cannot_be() -> None:
    telling, _other = building.partner(ana(), "p1", Person(""))
    union = telling.unions[0]
    parted = replace(union, steps=(Step(Turn.MARRIED), Step(Turn.DIVORCED)))
    assert building.turned(telling, parted).unions[0].state is Turn.DIVORCED
    with pytest.raises(CannotTell, match="begins as"):
        building.turned(telling, replace(union, steps=(Step(Turn.DIVORCED),)))


def test_there_is_a_limit_to_people_lines_and_homes() -> None:
    telling, other = building.partner(ana(), "p1", Person(""))
    full = replace(telling, people=telling.people * (MOST_PEOPLE // 2))
    with pytest.raises(CannotTell, match="At most 120 people"):
        building.person(full, Person(""))
    telling = building.line(telling, "p1", other, Tie.CLOSE)
    with pytest.raises(CannotTell, match="At most 240 lines"):
        building.line(replace(telling, lines=telling.lines * MOST_LINES), "p1", other, Tie.CLOSE)
    telling, _home = building.home(telling, "Maple Street")
    with pytest.raises(CannotTell, match="At most 12 homes"):
        building.home(replace(telling, homes=telling.homes * MOST_HOMES), "The farm")
