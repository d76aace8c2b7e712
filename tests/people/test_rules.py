"""What can be said of a person."""

from datetime import date

import pytest

from holdspace.frame.people import rules
from holdspace.frame.people.labels import language_name
from holdspace.frame.people.rules import CannotBe, Particulars, Point, PointKind, Safe

TODAY = date(2026, 3, 2)


def test_one_name_is_a_whole_name() -> None:
    assert rules.a_name("Sukarno") == "Sukarno"


def test_blanks_are_made_single_and_letters_composed() -> None:
    assert rules.a_name("  Zoe\u0308   Diaz ") == "Zoë Diaz"


def test_a_name_written_from_right_to_left_is_kept() -> None:
    assert rules.a_name("מרים כהן") == "מרים כהן"


@pytest.mark.parametrize("name", ["", "   ", "…", "a\0b", "x" * 10_000])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(CannotBe) as refusal:
        rules.a_name(name)
    assert refusal.value.name == "name"


@pytest.mark.parametrize("written", ["", "1987", "1987-05", "1987-05-31", "2026-03-02"])
def test_a_birth_date_is_a_day_a_month_a_year_or_nothing(written: str) -> None:
    assert rules.a_birth_date(f" {written} ", today=TODAY) == written


@pytest.mark.parametrize(
    "written", ["31.5.1987", "1987-02-30", "1987-13", "2026-03-03", "1879", "１９８７", "x" * 9999]
)
def test_a_birth_date_that_cannot_be_is_refused(written: str) -> None:
    with pytest.raises(CannotBe):
        rules.a_birth_date(written, today=TODAY)


@pytest.mark.parametrize(
    ("born", "age"), [("1987-03-02", 39), ("1987-03-03", 38), ("1987", None), ("", None)]
)
def test_only_a_day_of_birth_gives_an_age(born: str, age: int | None) -> None:
    assert rules.age_on(born, TODAY) == age


def test_languages_are_kept_once_each_in_their_order() -> None:
    assert rules.some_languages(["pt-BR", " en", "", "pt-BR"]) == ["pt-BR", "en"]


@pytest.mark.parametrize(
    "tags", [["English please"], ["e"], [f"a{chr(97 + n)}" for n in range(13)]]
)
def test_what_is_no_language_is_refused(tags: list[str]) -> None:
    with pytest.raises(CannotBe):
        rules.some_languages(tags)


def test_a_language_is_called_by_its_own_name_or_by_its_code() -> None:
    assert (language_name("de"), language_name("xx-yy")) == ("Deutsch", "xx-yy")


def test_all_particulars_are_checked_together() -> None:
    said = Particulars(name=" Ana  Lu ", pronouns=" she ", birth_date="1990", languages=["es"])
    kept = rules.checked(said, today=TODAY)
    assert (kept.name, kept.pronouns, kept.languages) == ("Ana Lu", "she", ["es"])


def a_point(kind: PointKind, value: str, **more: object) -> Point:
    return Point(kind=kind, value=value, **{"safe": Safe.YES, **more})  # type: ignore[arg-type]


def test_a_telephone_number_is_of_the_practices_country() -> None:
    point = rules.checked_point(a_point(PointKind.MOBILE, "07700 900123"), country="GB")
    assert point.value == "+44 7700 900123"


def test_a_number_with_a_country_code_keeps_it() -> None:
    point = a_point(PointKind.TELEPHONE, "+49 30 901820")
    assert rules.checked_point(point, country="GB").value == "+49 30 901820"


@pytest.mark.parametrize("value", ["call me", "12", "", "9" * 400, "0\0"])
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(CannotBe):
        rules.checked_point(a_point(PointKind.TELEPHONE, value), country="GB")


def test_an_e_mail_address_is_checked_by_its_syntax() -> None:
    good = a_point(PointKind.EMAIL, "ana@linden.example")
    assert rules.checked_point(good, country="GB").value == "ana@linden.example"
    with pytest.raises(CannotBe):
        rules.checked_point(a_point(PointKind.EMAIL, "ana at linden"), country="GB")


def test_a_way_that_is_not_safe_is_not_the_preferred_one() -> None:
    point = a_point(PointKind.POST, "12 Elm Road", safe=Safe.NO, is_preferred=True)
    with pytest.raises(CannotBe):
        rules.checked_point(point, country="GB")
