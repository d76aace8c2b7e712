"""What is typed in a sheet: read, refused with a sentence, merged field by field."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdspace.hour.worksheets import content
from holdspace.hour.worksheets.content import Change, merged, place_of, value
from holdspace.hour.worksheets.library import current
from holdspace.hour.worksheets.typed import CannotKeep, read
from tests.worksheets.fill import ELSEWHERE, EXTRA, PAGE, SHEET, filled, hand

STEPS = current("exposure_hierarchy")


@pytest.mark.parametrize(
    ("column", "said", "kept"),
    [
        ("on", "2026-03-02", "2026-03-02"), ("at", "06:30:10", "06:30"), ("hours", "7,5", 7.5),
        ("hours", 8, 8), ("hours", "−2", -2), ("rest", "4", 4), ("rest", "", None),
        ("slept", "yes", True), ("slept", "no", False), ("slept", False, False),
        ("with", ["walk", "tea"], ["tea", "walk"]), ("with", "tea", ["tea"]), ("with", [], None),
        ("with", None, None), ("on", None, None),
    ],
)  # fmt: skip
def test_what_is_typed_is_kept_as_one_value(column: str, said: object, kept: object) -> None:
    assert read(place_of(SHEET, f"nights.r1.{column}"), said) == kept


@pytest.mark.parametrize(
    ("column", "said", "sentence"),
    [
        ("on", "2026-02-31", "year-month-day"), ("on", "0001-01-01", "the year you meant"),
        ("at", "25:00", "time of day"), ("hours", "seven", "Write a number."),
        ("hours", "9" * 30, "Write a number."), ("hours", "NaN", "Write a number."),
        ("rest", "5", "from 0 to 4"), ("rest", "1.5", "from 0 to 4"), ("rest", True, "shape"),
        ("slept", "perhaps", "what is offered"), ("with", ["wine"], "what is offered"),
        ("with", {"tea": 1}, "shape"), ("with", [1], "shape"), ("on", 7, "shape"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(
    column: str, said: object, sentence: str
) -> None:
    with pytest.raises(CannotKeep, match=sentence) as refusal:
        read(place_of(SHEET, f"nights.r1.{column}"), said)
    assert refusal.value.place == f"nights.r1.{column}"


@pytest.mark.parametrize(
    ("path", "said", "sentence"),
    [
        ("aim", "x" * 501, "longer than 500"), ("aim", "a\0b", "no shape"),
        ("steps", "r1", "shape"), ("steps.r1.status", "nowhere", "offered"),
    ],
)  # fmt: skip
def test_words_have_a_length_and_a_shape(path: str, said: str, sentence: str) -> None:
    with pytest.raises(CannotKeep, match=sentence):
        read(place_of(STEPS, path), said)


def test_line_ends_are_plain_and_blanks_are_nothing() -> None:
    place = place_of(current("thought_record"), "situation")
    assert read(place, "one\r\ntwo\rthree") == "one\ntwo\nthree"
    assert read(place, " \n ") is None


@pytest.mark.parametrize(
    "path", ["", "nothing", "steps.r1.nothing", "steps.R1.situation", "aim.r1.x", "aim:tentative"]
)
def test_a_place_that_the_form_lacks_is_refused(path: str) -> None:
    with pytest.raises(CannotKeep, match="no such field"):
        place_of(STEPS, path)


def test_the_words_of_a_formulation_have_marks() -> None:
    assert place_of(EXTRA["lens"], "keeps:tentative").field.id == "tentative"
    with pytest.raises(CannotKeep):
        place_of(EXTRA["lens"], "keeps:nothing")


# ------------------------------------------------------------------ several hands


def test_two_who_write_in_two_fields_disturb_nobody() -> None:
    cells = filled(STEPS, {"aim": "go out"})
    found = merged(STEPS, cells, [Change("steps.r1.situation", "the lift", 0)], hand(ELSEWHERE, 2))
    assert found.collisions == []
    assert value(found.cells, "aim") == "go out"
    assert found.changed == {
        "steps": [None, ["r1"]], "steps.r1.situation": [None, "the lift"],
    }  # fmt: skip


def test_a_field_that_somebody_else_wrote_meanwhile_stays_and_both_are_told() -> None:
    cells = filled(STEPS, {"aim": "go out"})
    found = merged(STEPS, cells, [Change("aim", "stay in", 0)], hand(ELSEWHERE, 2))
    (collision,) = found.collisions
    assert (collision.theirs, collision.yours) == ("go out", "stay in")
    assert value(found.cells, "aim") == "go out"
    assert not found.changed


@pytest.mark.parametrize(("base", "page"), [(1, ELSEWHERE), (0, PAGE)])
def test_who_has_the_newest_or_wrote_it_writes_on(base: int, page: str) -> None:
    cells = filled(STEPS, {"aim": "go out"})
    found = merged(STEPS, cells, [Change("aim", "stay in", base)], hand(page, 2))
    assert value(found.cells, "aim") == "stay in"


def test_the_same_words_change_nothing() -> None:
    cells = filled(STEPS, {"aim": "go out"})
    assert not merged(STEPS, cells, [Change("aim", "go out", 0)], hand(ELSEWHERE, 2)).changed


def test_one_wrong_field_keeps_no_other_from_being_kept() -> None:
    said = [Change("aim", "x" * 501, 0), Change("steps.r1.expected", "30", 0)]
    found = merged(STEPS, {}, said, hand())
    assert list(found.wrong) == ["aim"]
    assert value(found.cells, "steps.r1.expected") == 30


def test_rows_have_room_for_what_a_browser_sends_at_once() -> None:
    most = content.most_rows(STEPS)
    full = filled(STEPS, {f"steps.r{n}.situation": "x" for n in range(most)})
    found = merged(STEPS, full, [Change("steps.more.situation", "x", 0)], hand(PAGE, 2))
    assert "begin another sheet" in found.wrong["steps.more.situation"]
    assert most * 4 < 500
    assert content.most_rows(current("thought_record")) * 3 < 500


def test_a_row_is_taken_out_with_all_that_stood_in_it() -> None:
    cells = filled(STEPS, {"steps.r1.situation": "the lift", "steps.r2.situation": "the bus"})
    found = content.without_row(STEPS, cells, "steps", "r1", hand(PAGE, 2))
    assert content.rows(found.cells, "steps") == ["r2"]
    assert found.changed["steps.r1.situation"] == ["the lift", None]
    assert not content.without_row(STEPS, cells, "steps", "r9", hand(PAGE, 2)).changed


def test_a_row_goes_before_the_one_it_followed() -> None:
    cells = filled(STEPS, {f"steps.r{n}.situation": "x" for n in (1, 2, 3)})
    found = content.with_row_earlier(cells, "steps", "r3", hand(PAGE, 2))
    assert content.rows(found.cells, "steps") == ["r1", "r3", "r2"]
    assert not content.with_row_earlier(cells, "steps", "r1", hand(PAGE, 2)).changed


def test_what_a_place_held_is_found_by_what_was_changed_since() -> None:
    cells = filled(STEPS, {"aim": "now"})
    since = [{"aim": ["first", "then"]}, {"aim": ["then", "now"]}]
    assert content.value_at(cells, since, "aim") == "first"
    assert content.value_at(cells, [], "aim") == "now"


def test_a_sheet_is_blank_until_something_stands_in_it() -> None:
    assert content.is_blank({})
    assert content.is_blank(filled(STEPS, {"aim": ""}))
    assert not content.is_blank(filled(STEPS, {"aim": "x"}))


typed = st.lists(
    st.tuples(st.sampled_from(["aim", "steps.a.situation", "steps.b.expected"]),
              st.sampled_from(["", "7", "9"]), st.sampled_from([PAGE, ELSEWHERE])),
    max_size=12,
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(typed)
def test_however_two_pages_write_what_was_changed_leads_back_to_the_beginning(
    saves: list[tuple[str, str, str]],
) -> None:
    cells: content.Cells = {}
    changes = []
    for number, (path, said, page) in enumerate(saves, start=1):
        found = merged(STEPS, cells, [Change(path, said, number - 1)], hand(page, number))
        cells = found.cells
        changes.append(found.changed)
    assert all(content.value_at(cells, changes, path) is None for path in cells)
