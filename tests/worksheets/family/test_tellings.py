"""The family at another time, without names, without secrets."""

from dataclasses import replace

from holdspace.hour.worksheets.family import building, text
from holdspace.hour.worksheets.family.checking import parse, to_plain
from holdspace.hour.worksheets.family.drawing import Look, drawn
from holdspace.hour.worksheets.family.layout import laid_out, retold
from holdspace.hour.worksheets.family.model import Figure, Line, Person, Telling, Tie, Turn
from holdspace.hour.worksheets.family.tellings import anonymous, at, moments, without_secrets
from tests.worksheets.family.families import four_generations


def test_the_stops_of_the_time_line_are_the_births() -> None:
    stops = moments(four_generations())
    assert stops[0] == (1919, "Otto Lindner")
    assert (2005, "Max, Mia") in stops
    assert 2000 not in [year for year, _names in stops]


def test_a_birth_without_a_name_is_a_stop_too() -> None:
    telling, _who = building.person(Telling(), Person("", born=1990))
    assert moments(telling) == [(1990, "")]


def test_in_another_year_people_are_as_old_as_they_were_then() -> None:
    telling, hidden = at(four_generations(), 1976)
    words = retold(laid_out(four_generations()), telling).spots["fm"].words
    assert (words.age, telling.by_id["f"].died) == ("28", None)
    assert {"c1", "ys"} <= hidden
    assert not {"y", "gf1"} & hidden


def test_in_another_year_unions_have_come_as_far_as_then() -> None:
    telling, hidden = at(four_generations(), 1982)
    unions = telling.union_by_id
    assert unions["u3"].state is Turn.SEPARATED
    assert "u7" in hidden


def test_what_was_told_without_a_year_is_not_claimed_for_another() -> None:
    telling, _hidden = at(four_generations(), 1976)
    assert telling.lines == ()
    assert not any(one.homes or one.notes or one.substance for one in telling.people)


def test_the_drawing_of_another_year_shows_who_was_there_at_the_same_places() -> None:
    told = four_generations()
    telling, hidden = at(told, 1976)
    svg = drawn(telling, retold(laid_out(told), telling), Look(title="1976", hidden=hidden))
    assert "Eva Morales" in svg
    assert "Paul Stein" in svg
    assert "m. 2013" not in svg
    assert "Lena" not in svg


def test_without_names_people_are_parts() -> None:
    telling = anonymous(four_generations(), str)
    names = {one.id: one.name for one in telling.people}
    assert names["x"] == "Index person 1"
    assert names["f"] == "Father 1"
    assert names["gm1"] == "Grandmother 1"
    assert names["xb"] == "Brother"
    assert names["c1"] == "Daughter 1"
    assert names["n"] == "Partner 1"
    assert names["bello"] == "Pet"
    assert names["ma"] == "Woman or girl 3"


def test_without_names_nothing_that_was_told_leads_back() -> None:
    before = four_generations()
    words = text.as_text(anonymous(before, str), str) + str(to_plain(anonymous(before, str)))
    names = [one.name for one in before.people] + [one.name for one in before.homes]
    assert [name for name in names if name and name in words] == []
    assert [one.born for one in before.people if one.born and str(one.born) in words] == []
    assert "Widow" not in words


def test_without_names_ages_are_tens_and_kinship_stays() -> None:
    before = four_generations()
    telling = anonymous(before, str)
    assert telling.by_id["x"].age == "50+"
    assert telling.children == before.children
    assert parse(to_plain(telling)) == telling


def test_without_names_an_age_that_is_not_known_stays_unknown() -> None:
    telling = replace(four_generations(), date="")
    assert anonymous(telling, str).by_id["x"].age == ""


def test_a_family_that_is_about_nobody_has_no_parts() -> None:
    telling, _who = building.person(Telling(), Person("", "Ana", Figure.WOMAN))
    assert anonymous(telling, str).people[0].name == "Woman or girl"


def test_without_secrets_their_lines_and_marks_are_gone() -> None:
    telling = four_generations()
    telling = building.told_as(telling, replace(telling.by_id["x"], secret=True))
    secret = Line("l99", "x", "y", Tie.CLOSE, secret=True)
    telling = replace(telling, lines=(*telling.lines, secret))
    assert without_secrets(telling) == four_generations()
