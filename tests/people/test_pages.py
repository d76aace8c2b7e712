"""The pages of persons, through a browser without script."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.frame.people import actions, queries
from holdspace.frame.people.models import ContactPoint, Person
from holdspace.frame.people.rules import Particulars, Point, PointKind, Safe
from tests.cast import NOW, Cast


@pytest.fixture
def amara(known: Cast) -> Person:
    return known.participant().person


def test_a_person_without_anything_but_a_name_has_a_page(mira: Client, amara: Person) -> None:
    page = mira.get(reverse("person", args=[amara.id]))
    assert page.status_code == 200
    assert "Amara Kamau" in page.text
    assert "Ask them which is safe" in page.text


def test_a_way_that_is_not_safe_is_struck_and_says_why(
    mira: Client, known: Cast, amara: Person
) -> None:
    for how in ("Her brother answers", ""):
        point = Point(kind=PointKind.MOBILE, value="07700 900123", safe=Safe.NO, how=how)
        actions.add_contact_point(amara.id, point, by=known.visitor("mira"), at=NOW)
    page = mira.get(reverse("person", args=[amara.id])).text
    assert page.count('<s class="num" data-veil dir="auto">+44 7700 900123</s>') == 2
    assert "Her brother answers" in page
    assert "nobody wrote down why" in page


def test_all_that_is_known_of_somebody_is_shown(mira: Client, known: Cast, amara: Person) -> None:
    by = known.visitor("mira")
    said = Particulars(
        name="Siobhan", preferred_name="Shiv", pronouns="she", pronunciation="Shiv-awn",
        birth_date="1987-05-31", languages=["en", "de"],
    )  # fmt: skip
    actions.describe(amara.id, said, by=by, at=NOW)
    point = Point(kind=PointKind.EMAIL, value="s@x.example", safe=Safe.YES, is_preferred=True)
    added = actions.add_contact_point(amara.id, point, by=by, at=NOW)
    actions.change_contact_point(added.id, point, by=by, at=NOW)
    page = mira.get(reverse("person", args=[amara.id])).text
    for words in ("Shiv-awn", "years old", "Deutsch", "Ways that once were", "Amara K."):
        assert words in page


def test_the_particulars_are_changed_by_a_form(mira: Client, amara: Person) -> None:
    address = reverse("describe_person", args=[amara.id])
    assert "Amara Kamau" in mira.get(address).text
    page = mira.post(address, {"name": "مريم", "birth_date": "1990", "languages": "ar, en"})
    assert page.url == reverse("person", args=[amara.id])  # type: ignore[attr-defined]
    assert Person.objects.get(pk=amara.id).languages == ["ar", "en"]


@pytest.mark.parametrize(
    "said",
    [
        {"name": "x" * 10_000}, {"name": "a\0b"}, {"name": "  "}, {"birth_date": "31/5/87"},
        {"languages": "the usual"}, {"pronouns": "y" * 300}, {"preferred_name": "y" * 300},
        {"pronunciation": "y" * 600},
    ],
    ids=lambda said: next(iter(said)),
)  # fmt: skip
def test_what_cannot_be_is_said_by_the_field_and_stays_typed(
    mira: Client, amara: Person, said: dict[str, str]
) -> None:
    typed = {"name": "Ana", "pronouns": "they and them", **said}
    page = mira.post(reverse("describe_person", args=[amara.id]), typed)
    assert page.status_code == 422
    assert "field-error" in page.text
    assert typed["pronouns"] in page.text
    assert Person.objects.get(pk=amara.id).name == "Amara Kamau"


def test_a_way_to_reach_somebody_is_added_changed_and_ended(
    mira: Client, known: Cast, amara: Person
) -> None:
    home = reverse("person", args=[amara.id])
    said = {"kind": "mobile", "value": "07700 900123", "safe": "ask", "how": "after six"}
    add = reverse("add_contact_point", args=[amara.id])
    assert mira.get(add).status_code == 200
    assert mira.post(add, said).url == home  # type: ignore[attr-defined]
    (point,) = queries.contact_points(known.visitor("mira"), amara.id)
    change = reverse("change_contact_point", args=[point.id])
    assert "after six" in mira.get(change).text
    assert mira.post(change, {**said, "safe": "no"}).url == home  # type: ignore[attr-defined]
    (point,) = queries.contact_points(known.visitor("mira"), amara.id)
    end = reverse("end_contact_point", args=[point.id])
    assert mira.get(end).status_code == 200
    assert mira.post(end).url == home  # type: ignore[attr-defined]
    assert queries.contact_points(known.visitor("mira"), amara.id) == []


def test_a_number_that_is_none_is_said_by_the_field(mira: Client, amara: Person) -> None:
    said = {"kind": "mobile", "value": "ring twice", "safe": "ask"}
    page = mira.post(reverse("add_contact_point", args=[amara.id]), said)
    assert page.status_code == 422
    assert "This is not a telephone number" in page.text
    assert "ring twice" in page.text
    assert not ContactPoint.objects.exists()


@pytest.mark.parametrize("name", ["change_contact_point", "end_contact_point"])
def test_a_forged_way_is_not_here(mira: Client, name: str) -> None:
    assert mira.post(reverse(name, args=[uuid4()])).status_code == 404


def test_the_desk_sees_how_to_reach_somebody(sam: Client, known: Cast, amara: Person) -> None:
    point = Point(kind=PointKind.MOBILE, value="+447700900123", safe=Safe.ASK, how="text only")
    actions.add_contact_point(amara.id, point, by=known.visitor("mira"), at=NOW)
    page = sam.get(reverse("person", args=[amara.id])).text
    assert "+44 7700 900123" in page
    assert "text only" in page
