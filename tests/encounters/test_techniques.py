"""What was done in a session: ticked, taken back, and read beside the note."""

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.ledger.models import Line
from holdspace.frame.approaches import actions as approaches
from holdspace.hour.encounters import actions, queries
from holdspace.hour.encounters.models import Done
from tests.approaches.saying import GARDEN, an_approach
from tests.cast import NOW, Cast

ROLE_PLAY = ("cbt", "behavioural_experiments")
AGENDA = ("cbt", "activity_scheduling")


@pytest.fixture
def by_cbt(cast: Cast) -> Cast:
    cast.amara.approaches = ["cbt"]
    cast.amara.save()
    return cast


def said(cast: Cast, *done: tuple[str, str], who: str = "mira") -> list[Done]:
    return actions.say_done(cast.session.id, done, by=cast.visitor(who), at=NOW)


def done(cast: Cast, who: str = "mira") -> list[tuple[str, str]]:
    return queries.done(cast.visitor(who), [cast.session.id]).get(cast.session.id, [])


def test_what_was_done_is_said_once_and_written_in_the_ledger(by_cbt: Cast) -> None:
    assert len(said(by_cbt, ROLE_PLAY, AGENDA)) == 2
    assert said(by_cbt, ROLE_PLAY, AGENDA) == []
    assert set(done(by_cbt)) == {ROLE_PLAY, AGENDA}
    assert Line.objects.filter(act="noted", what="techniques").count() == 1


def test_what_is_no_longer_ticked_is_taken_back_and_not_deleted(by_cbt: Cast) -> None:
    said(by_cbt, ROLE_PLAY)
    said(by_cbt, AGENDA)
    assert done(by_cbt) == [AGENDA]
    assert Done.objects.filter(taken_back_at=NOW).count() == 1
    said(by_cbt, ROLE_PLAY)
    assert done(by_cbt) == [ROLE_PLAY]


def test_what_an_approach_no_longer_offers_stays_said(cast: Cast) -> None:
    key = an_approach(cast).key
    cast.amara.approaches = [key]
    cast.amara.save()
    said(cast, (key, "digging_beside"))
    only = type(GARDEN)(
        **{**{f: getattr(GARDEN, f) for f in GARDEN.__slots__}, "techniques": ["Tea"]}
    )
    approaches.rewrite_approach(key, only, by=cast.visitor("olive"), at=NOW)
    said(cast, (key, "tea"))
    assert set(done(cast)) == {(key, "digging_beside"), (key, "tea")}


@pytest.mark.parametrize("one", [("cbt", "unheard_of"), ("emdr", "resourcing"), ("", "")])
def test_what_its_approaches_do_not_offer_is_not_said(by_cbt: Cast, one: tuple[str, str]) -> None:
    with pytest.raises(NotHere):
        said(by_cbt, one)


@pytest.mark.parametrize("name", ["tom", "olive", "sam", "stranger"])
def test_nobody_else_says_or_reads_it(by_cbt: Cast, name: str) -> None:
    said(by_cbt, ROLE_PLAY)
    with pytest.raises(NotHere):
        said(by_cbt, who=name)
    assert done(by_cbt, name) == []
