"""What is offered when a therapy begins: by its approaches, else by its voice, or nothing."""

from typing import Any

import pytest

from holdspace.frame.approaches.catalogue import Approach, catalogue, measures
from holdspace.frame.approaches.schools import is_known
from holdspace.frame.approaches.words import voices
from holdspace.frame.practice.rules import VOICES
from holdspace.hour.measures import actions, queries
from holdspace.hour.measures.instruments import library
from holdspace.hour.measures.offers import Offer, offers, usual
from holdspace.hour.measures.rules import When
from tests.cast import NOW, Cast


def named(found: tuple[Offer, ...]) -> list[tuple[str, When]]:
    return [(offer.instrument.id, offer.when) for offer in found]


def of(*names: str) -> list[Approach]:
    return [catalogue()[name] for name in names if is_known(name)]


def test_every_voice_says_what_is_usual_in_it() -> None:
    assert set(usual()) == set(VOICES)


def test_what_approaches_name_as_known_is_what_the_library_knows() -> None:
    assert {name for name, one in measures().items() if one.known} == set(library())
    named = {name for one in catalogue().values() for name in one.measures}
    assert named <= set(measures())


def test_a_voice_without_a_word_for_measures_offers_none() -> None:
    silent = {name for name, words in voices("en").items() if words.measure is None}
    assert silent
    assert {name for name in silent if usual()[name]} == set()


def test_what_is_usual_in_an_approach_is_offered_by_its_length() -> None:
    assert named(offers(of("cbt", "cpt"), "clinical"))[:2] == [
        ("phq9", When.EACH_SESSION), ("gad7", When.EACH_SESSION),
    ]  # fmt: skip
    long = next(offer for offer in offers(of("cpt"), "clinical") if offer.instrument.id == "pcl5")
    assert (long.when, long.weeks) == (When.AT_WEEKS, (0, 6, 12))


@pytest.mark.parametrize(
    ("approaches", "voice"),
    [(["lacanian"], "counselling"), (["daseinsanalysis", "lacanian"], "clinical"),
     (["psychoanalysis"], "analytic"), (["cbt"], "analytic")],
)  # fmt: skip
def test_where_nothing_is_measured_nothing_is_offered(approaches: list[str], voice: str) -> None:
    assert offers(of(*approaches), voice) == ()


@pytest.mark.parametrize("approaches", [[], ["bowen"], ["of their own"]])
def test_a_voice_offers_where_its_approach_names_nothing_that_is_there(
    approaches: list[str],
) -> None:
    found = named(offers(of(*approaches), "systemic"))
    assert found == [("session_rating", When.AFTER_EACH_SESSION)]
    assert not is_known("of their own")


def test_an_offer_fits_the_age_it_is_made_for() -> None:
    found = {offer.instrument.id: offer for offer in offers(of("cpt"), "clinical")}
    assert not found["pcl5"].fits(9)
    assert found["pcl5"].fits(30)
    assert found["pcl5"].fits(None)
    rating = offers([], "group")[0]
    assert rating.fits(9)


def begun(cast: Cast, **more: Any) -> None:
    for name, value in {"approaches": ["cpt"], "voice": "clinical", **more}.items():
        setattr(cast.amara, name, value)
    cast.amara.save()


def test_what_is_offered_is_agreed_on_in_one_step(cast: Cast) -> None:
    begun(cast)
    by = cast.visitor("mira")
    wanted = queries.offered(by, cast.amara)
    added = actions.add_offered_rules(cast.amara.id, by=by, at=NOW)
    assert [rule.instrument for rule in added] == [offer.instrument.id for offer in wanted]
    assert queries.offered(by, cast.amara) == ()
    assert actions.add_offered_rules(cast.amara.id, by=by, at=NOW) == []


def test_a_child_and_whoever_comes_along_are_not_asked_what_is_for_clients(cast: Cast) -> None:
    begun(cast)
    who = cast.participant()
    who.person.birth_date = "2017-05-31"
    who.person.save()
    added = actions.add_offered_rules(cast.amara.id, by=cast.visitor("mira"), at=NOW)
    assert "pcl5" not in [rule.instrument for rule in added]
    other = cast.participant("kofi")
    other.part = "interpreter"
    other.save()
    assert actions.add_offered_rules(cast.kofi.id, by=cast.visitor("tom"), at=NOW) == []


def test_a_therapy_that_ended_is_offered_nothing(cast: Cast) -> None:
    begun(cast, state="ended", ended_on=NOW.date(), ended_how="not said")
    assert queries.offered(cast.visitor("mira"), cast.amara) == ()
