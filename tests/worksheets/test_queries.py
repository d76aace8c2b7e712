"""Who may know of which sheet: lists and single answers agree."""

from dataclasses import replace

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action, Role
from holdspace.cellar.access.visitor import Visitor
from holdspace.frame.practice.queries import visitor_of
from holdspace.hour.worksheets import actions, queries
from holdspace.hour.worksheets.models import Worksheet
from tests.cast import NOW, Cast, nobodys_id
from tests.worksheets.fill import a_link, a_sheet, now, the_client, write

DONE = (Action.FIND, Action.READ, Action.FILL)


def turned(cast: Cast, therapy: str) -> Visitor:
    by = visitor_of(cast.mira)
    shared = frozenset({Role.SHARED_SCREEN})
    return replace(by, roles=shared, narrowed_to=getattr(cast, therapy).id)


def sheets_of_each_kind(cast: Cast) -> list[Worksheet]:
    cast.kofi.voice = cast.amara.voice = "analytic"
    cast.kofi.save()
    cast.amara.save()
    luz = cast.participant("reyes").id
    by = cast.visitor("mira")
    found = [a_sheet(cast, form) for form in ("thought_record", "nights", "lens", "own_words")]
    taken = a_sheet(cast, "nights")
    actions.take_back(taken.id, by=the_client(a_link(cast, taken)), at=NOW)
    found += [taken, a_sheet(cast, "hexaflex", "reyes")]
    found.append(actions.begin(cast.reyes.id, "hexaflex", luz, by=by, at=NOW))
    found.append(actions.begin(cast.kofi.id, "own_words", by=cast.visitor("tom"), at=NOW))
    return [now(one) for one in found]


def visitors(cast: Cast, sheets: list[Worksheet]) -> list[Visitor]:
    links = [a_link(cast, sheets[0]), a_link(cast, sheets[1])]
    return [
        *(cast.visitor(name) for name in cast.members), *map(the_client, links),
        turned(cast, "amara"), turned(cast, "reyes"), turned(cast, "kofi"),
    ]  # fmt: skip


def test_a_sheet_is_in_the_list_exactly_when_it_may_be_opened(cast: Cast) -> None:
    sheets = sheets_of_each_kind(cast)
    for by in visitors(cast, sheets):
        for action in DONE:
            listed = set(queries.visible_to(by, action).values_list("pk", flat=True))
            assert listed == {one.id for one in sheets if queries.may(by, one, action)}


def test_nobody_but_a_therapys_own_people_sees_any_sheet(cast: Cast) -> None:
    sheets_of_each_kind(cast)
    for name in ("olive", "sam", "bill", "audrey", "stranger", "jo"):
        assert not queries.visible_to(cast.visitor(name), Action.FIND).exists()


def test_a_turned_screen_shows_what_is_shared_and_lent(cast: Cast) -> None:
    sheets_of_each_kind(cast)
    shown = {one.definition for one in queries.visible_to(turned(cast, "amara"))}
    assert shown == {"thought_record", "nights"}


def test_a_turned_screen_puts_nobodys_own_before_the_others(cast: Cast) -> None:
    sheets_of_each_kind(cast)
    assert [one.participant_id for one in queries.visible_to(turned(cast, "reyes"))] == [None]


def test_a_therapy_lists_what_its_client_keeps_without_opening_it(cast: Cast) -> None:
    sheets_of_each_kind(cast)
    found = queries.of_therapy(cast.visitor("mira"), cast.amara.id)
    assert [(one.sheet.definition, one.is_readable) for one in found].count(("nights", False)) == 1
    assert sum(one.is_to_be_shown for one in found) == 4


def test_an_unknown_sheet_and_anothers_are_not_here(cast: Cast) -> None:
    for by, sheet in (
        (cast.visitor("mira"), nobodys_id()),
        (cast.visitor("tom"), a_sheet(cast).id),
    ):
        with pytest.raises(NotHere):
            queries.one(by, sheet)


@pytest.mark.django_db
def test_an_unknown_link_is_not_here() -> None:
    with pytest.raises(NotHere):
        queries.by_token("made up", at=NOW)


def test_what_a_page_had_before_it_is_found_again(cast: Cast) -> None:
    sheet, by = a_sheet(cast), cast.visitor("mira")
    write(sheet, by, situation="first")
    write(sheet, by, base=1, situation="second")
    found = queries.one(by, sheet.id)
    assert queries.before(by, found, 1, ["situation"]) == {"situation": "first"}
    assert queries.before(by, found, 2, ["situation"]) == {"situation": "second"}


def test_a_page_that_was_opened_names_whose_sheet_it_is(cast: Cast) -> None:
    by, sheet = cast.visitor("mira"), a_sheet(cast)
    queries.one(by, sheet.id)
    person = cast.participant().person_id
    assert {cast.amara.id, person} <= set(by.opened.subjects)
