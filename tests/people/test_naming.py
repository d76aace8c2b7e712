"""Where somebody's name stands in what was written."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.frame.people.naming import folded, forms_of, found, redacted


def named(text: str, *names: str) -> list[str]:
    return [text[one.start : one.end] for one in found(text, {"x": forms_of(names)})]


@pytest.mark.parametrize(
    ("text", "name", "seen"),
    [
        ("Robert was late.", "Robert Hale", ["Robert"]),
        ("Hale was late", "Robert Hale", ["Hale"]),
        ("Bob said so", "Robert Hale", ["Bob"]),
        ("robert's chair", "Robert Hale", ["robert's"]),
        ("Roberts Stuhl", "Robert Hale", ["Roberts"]),
        ("ROBERT!", "Robert Hale", ["ROBERT"]),
        ("with R. H. again", "Robert Hale", ["R. H."]),
        ("with R.H. again", "Robert Hale", ["R.H."]),
        ("José cried", "Jose Lopez", ["José"]),
        ("Jose cried", "José López", ["Jose"]),
        ("Anne-Marie and Anne", "Anne-Marie Roth", ["Anne-Marie", "Anne"]),
        ("Annemarie came", "Anne-Marie Roth", ["Annemarie"]),
        ("O’Brien and OBrien", "Sean O'Brien", ["O’Brien", "OBrien"]),
        ("Дмитрий пришёл", "Дмитрий Орлов", ["Дмитрий"]),
        ("今日は田中太郎と話した", "田中太郎", ["田中太郎"]),
        ("Pete-like humour", "Peter Kay", ["Pete"]),
        ("Mark came, and left a mark", "Mark Lee", ["Mark"]),
        ("I will ask Will", "Will Grant", ["Will"]),
        ("van is a car", "Ludwig van Beethoven", []),
        ("le matin, Le est venue", "Minh Le", ["Le"]),
        ("Ben came", "Ben Orr", ["Ben"]),
        ("It was hot in there", "Robert Hale", []),
        ("the hales and hearty", "Robert Hale", ["hales"]),
        ("Roberta smiled", "Robert Hale", []),
        ("R. H", "Robert Hale", []),
        ("a.h. no", "Robert Hale", []),
    ],
)
def test_a_name_is_found_in_its_forms(text: str, name: str, seen: list[str]) -> None:
    assert named(text, name) == seen


def test_one_name_is_enough_and_no_name_is_nobody() -> None:
    assert named("Madonna sang", "Madonna") == ["Madonna"]
    assert named("nobody here", "", "  ", "van der") == []


def test_a_preferred_name_is_found_too() -> None:
    assert named("Kit and Christopher", "Christopher Orr", "Kitty") == ["Kit", "Christopher"]


def test_it_is_known_whose_name_it_is_and_each_place_is_told_once() -> None:
    people = {"a": forms_of(["Ann Lee"]), "b": forms_of(["Bo Lee"])}
    assert [one.whose for one in found("Bo met Ann Lee", people)] == ["b", "a", "a"]


def test_names_side_by_side_give_way_together() -> None:
    people = {"a": forms_of(["Robert Hale"])}
    said = redacted("Then Robert Hale left, and Bob came back.", people, "[another member]")
    assert said == ("Then [another member] left, and [another member] came back.", 3)
    assert redacted("Nobody.", people, "x") == ("Nobody.", 0)
    assert redacted("Robert", people, "x") == ("x", 1)


NAMES = st.text(string.ascii_letters + "éüßñøč", min_size=2, max_size=12)


@given(st.lists(NAMES, min_size=1, max_size=3), st.text(max_size=40), st.text(max_size=40))
def test_after_redaction_no_form_of_the_name_is_found(
    parts: list[str], before: str, after: str
) -> None:
    people = {"x": forms_of([" ".join(parts)])}
    text, _count = redacted(f"{before} {' '.join(parts)} {after}", people, "…")
    assert found(text, people) == []


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)
