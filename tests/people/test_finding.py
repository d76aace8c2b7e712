"""Who finds whom: a search never tells a colleague's client from somebody unknown."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.ledger.models import Line
from holdspace.cellar.vault import index
from holdspace.frame.people import names, queries
from holdspace.frame.people.models import NameToken, Person
from holdspace.frame.therapy.models import Participant, Therapist
from tests.cast import TODAY, Cast, a_person

TOKEN = r'"X-CSRFToken": "\w+"'  # masked anew on every page


def names_found(cast: Cast, who: str, typed: str) -> list[str]:
    return [person.name for person in queries.find(cast.visitor(who), typed)]


def test_a_therapist_finds_their_own_by_the_beginning_of_a_name(known: Cast) -> None:
    assert names_found(known, "mira", "rey") == ["Ana Reyes", "Luz Reyes", "Teo Reyes"]


def test_every_word_that_was_typed_must_begin_a_word_of_the_name(known: Cast) -> None:
    assert names_found(known, "mira", "REYES, téo") == ["Teo Reyes"]


def test_a_short_word_is_found_only_as_a_whole(known: Cast) -> None:
    assert names_found(known, "mira", "re") == []


@pytest.mark.parametrize("typed", ["", " ", "…", "\0"])
def test_nothing_typed_finds_nobody(known: Cast, typed: str) -> None:
    assert names_found(known, "sam", typed) == []


def test_a_very_long_search_finds_nobody(known: Cast) -> None:
    assert names_found(known, "sam", "kofi " * 9_000) == ["Kofi Boateng"]
    assert names_found(known, "sam", "x" * 10_000) == []


def test_the_desk_finds_everybody_of_the_practice(known: Cast) -> None:
    for desk in ("sam", "olive"):
        assert names_found(known, desk, "boateng") == ["Kofi Boateng"]


def test_others_find_nobody(known: Cast) -> None:
    for who in ("bill", "audrey", "stranger", "tom", "jo"):
        assert names_found(known, who, "amara") == []


def test_a_past_participant_is_found_while_the_seat_is_open(known: Cast) -> None:
    Participant.objects.filter(therapy=known.amara).update(to_on=TODAY)
    assert names_found(known, "mira", "amara") == ["Amara Kamau"]
    Therapist.objects.filter(therapy=known.amara).update(to_on=TODAY)
    assert names_found(known, "mira", "amara") == []


def test_false_hits_of_the_index_are_sorted_out(known: Cast) -> None:
    kofi = Person.objects.get(pk=known.participant("kofi").person_id)
    (token,) = index.asked(known.practice.id, "zebra")
    NameToken.objects.create(practice=known.practice.id, person=kofi, token=token)
    assert names_found(known, "sam", "zebra") == []


def test_at_most_fifty_are_found_in_two_questions(
    known: Cast, django_assert_max_num_queries: object
) -> None:
    for number in range(60):
        person = a_person(known.practice, f"Zo Many{number}")
        names.enter(person)
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        assert len(queries.find(known.visitor("sam"), "many")) == 50


def test_a_colleagues_client_is_as_unknown_as_nobody(known: Cast) -> None:
    for typed in ("Kofi Boateng", "Nobody Whatever"):
        by = known.visitor("mira")
        assert queries.find(by, typed) == []
        assert not by.opened.subjects


def test_the_page_says_the_same_of_both_and_writes_no_line(mira: Client) -> None:
    before = Line.objects.count()
    pages = [
        re.sub(TOKEN, "", mira.get(reverse("find_person"), {"q": typed}).text).replace(typed, "")
        for typed in ("Kofi Boateng", "Nobody Whatever")
    ]
    assert pages[0] == pages[1]
    assert Line.objects.count() == before


def test_the_page_shows_where_somebody_belongs(mira: Client, known: Cast) -> None:
    page = mira.get(reverse("find_person"), {"q": "luz"})
    assert "The Reyes family" in page.text
    line = Line.objects.latest("at")
    assert str(known.reyes.id) in line.subjects
    assert line.what == "persons found"


def test_a_script_gets_only_what_was_found(mira: Client) -> None:
    page = mira.get(reverse("find_person"), {"q": "luz"}, headers={"HX-Request": "true"})
    assert "Luz Reyes" in page.text
    assert "<html" not in page.text


def test_a_colleagues_client_and_an_unknown_id_are_not_here_alike(
    mira: Client, known: Cast
) -> None:
    for_sure = known.participant("kofi").person_id
    pages = [mira.get(reverse("person", args=[one])) for one in (for_sure, uuid4())]
    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].content == pages[1].content
    first, second = Line.objects.order_by("id")[Line.objects.count() - 2 :]
    assert (first.act, first.what, len(first.subjects)) == (second.act, second.what, 1)


def test_a_narrowed_browser_of_the_desk_finds_nobody(known: Cast) -> None:
    by = replace(known.visitor("sam"), narrowed_to=known.amara.id)
    assert queries.find(by, "amara") == []
    with pytest.raises(NotHere):
        queries.one(by, known.participant().person_id)


def test_a_stranger_finds_no_person_of_another_practice(known: Cast) -> None:
    with pytest.raises(NotHere):
        queries.one(known.visitor("stranger"), known.participant().person_id)


def test_who_stands_in_no_relation_reaches_nobody(known: Cast) -> None:
    person = known.participant().person
    assert queries.relations_to(known.visitor("stranger"), person) == frozenset()
    assert list(queries.visible_to(known.visitor("bill"))) == []
    assert person in queries.visible_to(known.visitor("mira"))
    assert person in queries.visible_to(known.visitor("sam"))
