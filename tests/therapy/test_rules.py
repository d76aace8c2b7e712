"""What a therapy can be, and how it is spoken of."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from holdspace.frame.approaches import labels as ways
from holdspace.frame.people.rules import CannotBe
from holdspace.frame.practice import labels as house
from holdspace.frame.practice import rules as house_rules
from holdspace.frame.practice.rules import VOICES, PlaceKind
from holdspace.frame.therapy import labels, rules
from holdspace.frame.therapy.actions.agreement import checked_choices
from holdspace.frame.therapy.rules import MOVES, CannotMove, FactKind, Part, State, Unit
from holdspace.hour.notes.rules import FORMATS
from tests.cast import TODAY, Cast
from tests.therapy.conftest import CHOICES, TERMS


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("to", State)
def test_a_therapy_moves_only_as_the_dictionary_says(state: State, to: State) -> None:
    if to in MOVES[state]:
        assert rules.move(state, to) is to
    else:
        with pytest.raises(CannotMove):
            rules.move(state, to)


def test_a_format_that_can_be_chosen_is_known_to_the_notes_room() -> None:
    assert set(house_rules.NOTE_FORMATS) == set(house.NOTE_FORMATS)
    assert set(house_rules.NOTE_FORMATS) <= set(FORMATS)


def test_everything_that_can_be_has_a_label() -> None:
    for kinds, named in (
        (Unit, labels.UNITS), (State, labels.STATES), (Part, labels.PARTS),
        (FactKind, labels.FACTS), (PlaceKind, labels.PLACES),
        (house_rules.SERVICES, house.SERVICES), (house_rules.STANCES, house.STANCES),
        (VOICES, ways.VOICES),
    ):  # fmt: skip
        assert {str(kind) for kind in kinds} == set(named)


@pytest.mark.parametrize(
    ("unit", "names", "title"),
    [
        (Unit.INDIVIDUAL, ["Amara Kamau"], "Amara K."),
        (Unit.INDIVIDUAL, ["Sukarno"], "Sukarno"),
        (Unit.COUPLE, ["Ana Lu", "Ben Orr"], "Ana and Ben"),
        (Unit.FAMILY, ["Luz Reyes", "Ana Reyes", "Teo"], "The Reyes family"),
        (Unit.FAMILY, ["Luz Reyes", "Ana Lu"], "Luz and Ana"),
        (Unit.GROUP, ["A B", "C D", "E F"], "A, C and E"),
        (Unit.GROUP, ["A B", "C D", "E F", "G H", "I J"], "A, C, E and 2 more"),
    ],
)
def test_a_title_is_made_from_the_names(unit: Unit, names: list[str], title: str) -> None:
    assert rules.title_of(unit, names) == title


def test_aims_are_kept_once_each_without_empty_lines() -> None:
    assert rules.some_aims([" Sleep past four", "", "Sleep past four", "Say no"]) == [
        "Sleep past four",
        "Say no",
    ]


@pytest.mark.parametrize("lines", [["x" * 1001], ["a\0"], [f"aim {n}" for n in range(21)]])
def test_aims_that_cannot_be_held_in_mind_are_refused(lines: list[str]) -> None:
    with pytest.raises(CannotBe):
        rules.some_aims(lines)


@pytest.mark.parametrize(
    "said", [{"minutes": 0}, {"minutes": 601}, {"fee": Decimal(-1)}, {"fee": Decimal(10**6)}]
)
def test_terms_that_cannot_be_are_refused(said: dict[str, int]) -> None:
    with pytest.raises(CannotBe):
        rules.checked_terms(replace(TERMS, **said))  # type: ignore[arg-type]


def test_a_room_is_kept_only_where_the_place_is_a_room() -> None:
    room = uuid4()
    assert rules.checked_terms(replace(TERMS, room=room)).room is None
    in_room = replace(TERMS, room=room, place=PlaceKind.ROOM, fee=Decimal(0))
    assert rules.checked_terms(in_room).room == room


def test_a_day_lies_between_the_beginning_and_today() -> None:
    assert rules.a_day(TODAY, "on", earliest=TODAY, latest=TODAY) == TODAY
    for on in (date(2026, 3, 3), date(2026, 3, 1)):
        with pytest.raises(CannotBe):
            rules.a_day(on, "on", earliest=TODAY, latest=TODAY)


@pytest.mark.parametrize(
    "said",
    [
        {"voice": "pirate"}, {"service": "magic"}, {"stance": "none"}, {"note_format": "rhyme"},
        {"approaches": ("unheard_of",)}, {"approaches": ("gestalt",) * 7},
        {"voice": "own_000000000000"}, {"approaches": ("own_000000000000",)}, {"cue": "a gong"},
    ],
)  # fmt: skip
def test_what_is_not_in_a_list_is_not_chosen(cast: Cast, said: dict[str, str]) -> None:
    with pytest.raises(CannotBe):
        checked_choices(replace(CHOICES, **said), by=cast.visitor("mira"))  # type: ignore[arg-type]


def test_service_and_stance_follow_the_voice() -> None:
    assert rules.usual("clinical") == ("psychotherapy", "clinical")
    assert rules.usual("counselling") == ("counselling", "facilitative")
    assert rules.usual("play") == ("psychotherapy", "facilitative")
