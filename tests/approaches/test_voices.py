"""Voices of a practice's own: silent where a word is missing, chosen by members and therapies."""

from dataclasses import replace

import pytest
from django.utils import translation

from holdspace.cellar.access.gate import NotHere
from holdspace.frame.approaches import actions, queries
from holdspace.frame.approaches.words import voices
from holdspace.frame.people.rules import CannotBe
from holdspace.frame.practice.actions import CannotChoose, describe_myself
from holdspace.frame.practice.actions.mine import Myself
from holdspace.frame.practice.models import Member
from holdspace.frame.therapy import actions as therapies
from holdspace.hour.measures import queries as measures
from tests.approaches.saying import a_voice, a_voice_without
from tests.cast import NOW, Cast
from tests.therapy.conftest import CHOICES


def spoken_in(cast: Cast, key: str) -> None:
    by = cast.visitor("mira")
    chosen = replace(CHOICES, voice=key)
    cast.amara = therapies.choose(cast.amara.id, chosen, by=by, at=NOW)


def test_a_therapy_speaks_a_voice_of_the_practices_own(cast: Cast) -> None:
    row = a_voice(cast, a_voice_without(person="talker"))
    spoken_in(cast, row.key)
    by = cast.visitor("mira")
    words = queries.words(by, cast.amara)
    assert (words.person, words.meeting) == ("talker", "session")
    with translation.override("de"):
        assert queries.words(by, cast.amara).meeting == "Sitzung"
    manner = queries.manner(by, [cast.amara, cast.reyes])
    assert manner.words(cast.amara).person == "talker"
    assert manner.words(cast.reyes).person == "client"


def test_a_voice_that_is_silent_about_measures_is_offered_none(cast: Cast) -> None:
    spoken_in(cast, a_voice(cast).key)
    assert measures.offered(cast.visitor("mira"), cast.amara) == ()
    spoken_in(cast, a_voice(cast, a_voice_without("aim", "aims")).key)
    assert measures.offered(cast.visitor("mira"), cast.amara) != ()


def test_a_voice_that_nobody_knows_speaks_the_plainest(cast: Cast) -> None:
    cast.amara.voice = "own_000000000000"
    assert queries.words(cast.visitor("mira"), cast.amara) == voices("en")["counselling"]


def test_it_is_changed_everywhere_at_once(cast: Cast) -> None:
    row, by = a_voice(cast), cast.visitor("olive")
    spoken_in(cast, row.key)
    actions.rewrite_voice(row.key, a_voice_without(person="guest"), by=by, at=NOW)
    assert queries.words(by, cast.amara).person == "guest"


def test_one_that_is_retired_is_spoken_on_and_not_offered(cast: Cast) -> None:
    row, by = a_voice(cast), cast.visitor("olive")
    spoken_in(cast, row.key)
    actions.retire_voice(row.key, by=by, at=NOW)
    assert row.key not in dict(queries.voices(by))
    assert row.key in dict(queries.voices(by, row.key))
    assert queries.words(by, cast.amara).aims is None
    actions.bring_back_voice(row.key, by=by, at=NOW)
    assert dict(queries.voices(by))[row.key] == "Person-centred"


@pytest.mark.parametrize("wrong", ["person", "finish"])
def test_a_word_that_must_be_is_asked_for(cast: Cast, wrong: str) -> None:
    with pytest.raises(CannotBe) as refusal:
        a_voice(cast, a_voice_without(wrong))
    assert refusal.value.name == f"{wrong}_en"


def test_a_word_is_there_in_each_language_or_in_none(cast: Cast) -> None:
    said = a_voice_without()
    words = {**said.words, "aim": {"en": "hope", "de": "", "es": "esperanza"}}
    with pytest.raises(CannotBe) as refusal:
        a_voice(cast, replace(said, words=words))
    assert refusal.value.name == "aim_de"


def test_a_member_begins_their_work_with_it(cast: Cast) -> None:
    row, by = a_voice(cast), cast.visitor("mira")
    actions.speak(row.key, by=by, at=NOW)
    assert Member.objects.get(pk=cast.mira.pk).voice == row.key
    describe_myself(Myself("Mira Osei", "", "", row.key), by=by, at=NOW)
    with pytest.raises(CannotChoose):
        describe_myself(Myself("Mira Osei", "", "", "own_000000000000"), by=by, at=NOW)
    with pytest.raises(NotHere):
        actions.speak("pirate", by=by, at=NOW)


@pytest.mark.parametrize("name", ["mira", "stranger"])
def test_only_an_owner_of_the_practice_writes_one(cast: Cast, name: str) -> None:
    row, by = a_voice(cast), cast.visitor(name)
    said = a_voice_without()
    with pytest.raises(NotHere):
        actions.write_voice(said, by=by, at=NOW)
    with pytest.raises(NotHere):
        actions.rewrite_voice(row.key, said, by=by, at=NOW)
    with pytest.raises(NotHere):
        actions.retire_voice(row.key, by=by, at=NOW)
    with pytest.raises(NotHere):
        queries.in_languages(by, row.key)


def test_a_voice_is_begun_from_another(cast: Cast) -> None:
    by = cast.visitor("olive")
    assert queries.in_languages(by, "play")["person"]["de"] == "Kind"
    assert queries.in_languages(by, "pirate")["person"]["en"] == "client"
    assert queries.in_languages(by, a_voice(cast).key)["aim"]["en"] is None
    assert [row.words["name"] for row in queries.own_voices(by)] == ["Person-centred"]
