"""A device that is handed to one client: a code that opens once, and nothing of anybody after."""

from datetime import timedelta

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.ledger.models import Line
from holdspace.hour.measures import actions, queries
from holdspace.hour.measures.actions.tablet import LASTS, LENGTH, LETTERS
from holdspace.hour.measures.models import Giving
from holdspace.hour.measures.rules import code_from
from tests.cast import NOW, Cast, nobodys_id
from tests.measures.given import answer_all, handed, rows


def shown(cast: Cast, giving: Giving) -> str:
    return actions.hand_over(giving.id, by=cast.visitor("mira"), at=NOW)


def test_a_code_is_read_however_it_is_typed(cast: Cast) -> None:
    giving = handed(cast)
    code = shown(cast, giving)
    assert len(code) == LENGTH
    assert set(code) <= set(LETTERS)
    assert code_from(f" {code[:4].lower()}-{code[4:]} ") == code
    let_in = actions.take_over(f"{code[:4].lower()} {code[4:]}", at=NOW)
    assert (let_in.giving, let_in.device, let_in.sees_answers) == (giving, "", True)
    acts = Line.objects.filter(what="tablet").values_list("act", flat=True)
    assert list(acts) == ["handed over", "opened"]


def test_a_code_opens_once_and_for_ten_minutes(cast: Cast) -> None:
    giving = handed(cast)
    code = shown(cast, giving)
    with pytest.raises(NotHere):
        actions.take_over(code, at=NOW + LASTS)
    actions.take_over(code, at=NOW)
    for typed in (code, "", "BCDFGHJK"):
        with pytest.raises(NotHere):
            actions.take_over(typed, at=NOW)


def test_a_new_code_ends_the_one_before(cast: Cast) -> None:
    giving = handed(cast)
    earlier, later = shown(cast, giving), shown(cast, giving)
    with pytest.raises(NotHere):
        actions.take_over(earlier, at=NOW)
    actions.take_over(later, at=NOW)


def test_a_link_that_is_taken_back_takes_its_code_along(cast: Cast) -> None:
    giving = handed(cast)
    code = shown(cast, giving)
    actions.withdraw(giving.id, by=cast.visitor("mira"), at=NOW)
    with pytest.raises(NotHere):
        actions.take_over(code, at=NOW)


def test_what_was_answered_elsewhere_is_not_shown_on_it(cast: Cast) -> None:
    giving = handed(cast)
    actions.answer(rows(giving)[0].id, "q1", 2, by=queries.visitor_by_link(giving), at=NOW)
    assert not actions.take_over(shown(cast, giving), at=NOW).sees_answers


def test_the_link_stays_the_clients_own(cast: Cast) -> None:
    giving = handed(cast)
    actions.take_over(shown(cast, giving), at=NOW)
    assert actions.exchange(giving.token, "", "", at=NOW).sees_answers


def test_there_is_no_code_for_what_is_over(cast: Cast) -> None:
    done, past, back = handed(cast), handed(cast), handed(cast)
    answer_all(done, *[1] * 9)
    actions.withdraw(back.id, by=cast.visitor("mira"), at=NOW)
    for giving, at in ((done, NOW), (past, NOW + timedelta(days=99)), (back, NOW)):
        with pytest.raises(actions.CannotGive, match="open any more"):
            actions.hand_over(giving.id, by=cast.visitor("mira"), at=at)


def test_a_code_is_no_strangers_to_make(cast: Cast) -> None:
    giving = handed(cast)
    for name in ("tom", "olive", "sam", "stranger"):
        with pytest.raises(NotHere):
            actions.hand_over(giving.id, by=cast.visitor(name), at=NOW)
    with pytest.raises(NotHere):
        actions.hand_over(nobodys_id(), by=cast.visitor("mira"), at=NOW)
