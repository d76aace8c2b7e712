"""A telling comes as plain JSON, goes as such, and is refused with the field and a sentence."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.hour.worksheets.family.checking import parse, to_plain
from holdspace.hour.worksheets.family.model import MOST_PEOPLE, How, Step, Turn, Union, in_years
from holdspace.hour.worksheets.family.refusal import CannotTell
from tests.worksheets.family.families import four_generations, grown, told


def test_a_telling_goes_out_as_it_came_in() -> None:
    assert to_plain(parse(told())) == told()


@settings(deadline=None, max_examples=25)
@given(st.builds(grown, st.integers(0, 10_000), st.integers(2, 60)))
def test_whatever_grew_is_read_back_the_same(telling: Any) -> None:
    assert parse(to_plain(telling)) == telling


def test_nothing_is_a_telling_too() -> None:
    assert to_plain(parse({})) == {}


def test_a_year_that_is_not_known_may_be_said_to_be_none() -> None:
    assert parse({"people": [{"id": "p1", "born": None}]}).people[0].born is None


def change(path: str, value: object) -> Callable[[], dict[str, Any]]:
    """The told family with one value changed; `+` at the end of a path appends to a list."""

    def made() -> dict[str, Any]:
        found = told()
        *steps, last = path.split(".")
        at: Any = found
        for step in steps:
            at = at[int(step)] if step.isdecimal() else at[step]
        if last == "+":
            at.append(value)
        else:
            at[int(last) if last.isdecimal() else last] = value
        return found

    return made


BAD = [
    ("people", "Ana", "people", "A list is expected here."),
    ("people.0", "Ana", "people[0]", "A record with named fields is expected here."),
    ("people.0.nick", "A", "people[0].nick", "This field is not known."),
    ("people.+", {"name": "A"}, "people[30].id", "This field is missing."),
    ("people.0.id", "P 1", "people[0].id", "This is no id."),
    ("people.1.id", "gf1", "people", "Something is told twice here."),
    ("people.0.name", 7, "people[0].name", "Words are expected here."),
    ("people.0.name", "A" * 61, "people[0].name", "At most 60 characters."),
    ("people.0.name", "A\x00", "people[0].name", "There is a sign in this that cannot be shown."),
    ("people.0.born", "1951", "people[0].born", "A year between 1500 and 2200, please."),
    ("people.0.born", True, "people[0].born", "A year between 1500 and 2200, please."),
    ("people.0.born", 951, "people[0].born", "A year between 1500 and 2200, please."),
    ("people.0.died", 1900, "people[0].died", "Nobody dies before they are born."),
    ("people.0.dead", "yes", "people[0].dead", "Only yes or no fits here."),
    ("people.0.figure", "lord", "people[0].figure", "This is not one of the choices."),
    ("people.0.figure", [], "people[0].figure", "This is not one of the choices."),
    ("people.0.inner", "pet", "people[0].inner", "Only a gender can stand inside a person."),
    ("people.0.homes", ["h9"], "people[0].homes", "What this points at is not in the telling."),
    ("people.0.homes", ["h1"] * 4, "people[0].homes", "At most 3 of these."),
    ("people.0.nudge", [1], "people[0].nudge", "A nudge has two numbers."),
    ("people.0.nudge", [1, "2"], "people[0].nudge[1]", "A number of at most 4000.0, please."),
    ("people.0.nudge", [1, float("nan")], "people[0].nudge[1]",
     "A number of at most 4000.0, please."),
    ("date", "yesterday", "date", "A date like 2026-11-24, please."),
    ("date", 7, "date", "A date like 2026-11-24, please."),
    ("unions.0.partners", [], "unions[0].partners", "One person, or two different people."),
    ("unions.0.partners", ["gf1", "gf1"], "unions[0].partners",
     "One person, or two different people."),
    ("unions.0.partners", ["gf1", "zz"], "unions[0].partners",
     "What this points at is not in the telling."),
    ("unions.0.steps", [], "unions[0].steps",
     "A union begins as a marriage, living together or an affair."),
    ("unions.0.steps", [{"turn": "divorced"}], "unions[0].steps",
     "A union begins as a marriage, living together or an affair."),
    ("unions.0.steps", [{"turn": "married"}, {"turn": "reunited"}], "unions[0].steps[1]",
     "Only those who parted can come together again."),
    ("children.0.child", "zz", "children[0].child", "What this points at is not in the telling."),
    ("children.0.union", "zz", "children[0].union", "What this points at is not in the telling."),
    ("children.+", {"child": "f", "union": "u1"}, "children", "Something is told twice here."),
    ("children.+", {"child": "gf1", "union": "u7"}, "children",
     "Somebody would be their own ancestor."),
    ("lines.0.source", "zz", "lines[0].source", "What this points at is not in the telling."),
    ("lines.0.target", "zz", "lines[0].target", "What this points at is not in the telling."),
    ("lines.0.target", "fm", "lines[0].target", "A line needs two people."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "field", "sentence"), BAD)
def test_bad_input_is_refused_with_field_and_sentence(
    path: str, value: object, field: str, sentence: str
) -> None:
    with pytest.raises(CannotTell) as refusal:
        parse(change(path, value)())
    assert (refusal.value.field, str(refusal.value)) == (field, sentence)


def test_a_refusal_never_repeats_what_was_told() -> None:
    with pytest.raises(CannotTell) as refusal:
        parse(change("people.0.figure", "my secret")())
    assert "secret" not in str(refusal.value)


def test_a_refusal_speaks_the_readers_language() -> None:
    refusal = CannotTell("At most {most} of these.", field="people", most=3)
    assert refusal.said(lambda _sentence: "Höchstens {most}.") == "Höchstens 3."


def test_more_people_than_fit_are_refused() -> None:
    people = [{"id": f"p{at}"} for at in range(MOST_PEOPLE + 1)]
    with pytest.raises(CannotTell, match="At most 120"):
        parse({"people": people})


def test_what_has_no_year_keeps_the_place_it_was_told_at() -> None:
    assert in_years(["a", "b", "c", "d"], [1990, None, 1970, 1980]) == ["c", "b", "d", "a"]


def test_a_child_is_drawn_under_the_parents_by_birth_before_all_others() -> None:
    both = change("children.0.how", "adopted")()
    both["children"].append({"child": "f", "union": "u4"})
    telling = parse(both)
    assert telling.places["f"].union == "u4"
    assert [one.child for one in telling.placed("u1")] == []


def test_a_union_is_what_it_became_last_and_began_when_it_was_first_told() -> None:
    union = Union("u1", ("a", "b"), (Step(Turn.TOGETHER), Step(Turn.MARRIED, 1970)))
    assert (union.state, union.began) == (Turn.MARRIED, 1970)


def test_whoever_lives_with_somebody_is_near_them() -> None:
    near = four_generations().near
    assert "bello" in near["y"]
    assert "c4" not in near


def test_every_way_of_becoming_a_child_has_its_rank() -> None:
    assert next(iter(How)) is How.BIOLOGICAL
