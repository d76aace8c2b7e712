"""What a note can be, and what its words may hold."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.hour.notes import rules
from holdspace.hour.notes.rules import CannotKeep, CannotMove, Kept, State
from holdspace.hour.notes.words import FIELDS, FORMATS, STATES
from tests.notes.places import words

ENDED = datetime(2026, 3, 2, 10, 50, tzinfo=UTC)


def test_a_draft_can_be_signed_and_a_signed_note_voided() -> None:
    assert rules.move(State.DRAFT, State.SIGNED) is State.SIGNED
    assert rules.move(State.SIGNED, State.VOIDED) is State.VOIDED


def test_a_signed_note_never_becomes_a_draft_again() -> None:
    with pytest.raises(CannotMove):
        rules.move(State.SIGNED, State.DRAFT)


def versions(*saved: tuple[int, str]) -> list[Kept]:
    """Versions by their second and their tab; a tab in capitals was kept aside."""
    return [
        Kept(UUID(int=n), tab.lower(), ENDED + timedelta(seconds=second), tab.isupper())
        for n, (second, tab) in enumerate(saved)
    ]


@pytest.mark.parametrize(
    ("saved", "gone"),
    [
        ([], []),
        ([(0, "a")], []),
        ([(0, "a"), (5, "a")], []),
        ([(0, "a"), (5, "a"), (10, "a")], [1]),  # the first and the last stay
        ([(0, "a"), (5, "b"), (10, "b"), (15, "b"), (20, "a"), (25, "a")], [2]),
        ([(0, "a"), (5, "A"), (10, "A"), (15, "a"), (20, "a")], [3]),  # what was kept aside stays
        ([(0, "a"), (200, "a"), (299, "a"), (300, "a"), (599, "a"), (700, "a")], [1, 3]),
    ],
)
def test_of_a_signed_note_one_version_for_five_minutes_stays(
    saved: list[tuple[int, str]], gone: list[int]
) -> None:
    assert [one.int for one in rules.superfluous(versions(*saved))] == gone


@given(st.lists(st.tuples(st.integers(0, 4000), st.sampled_from("abAB")), max_size=40))
def test_thinning_again_finds_nothing_more(saved: list[tuple[int, str]]) -> None:
    all_of_them = versions(*sorted(saved))
    gone = set(rules.superfluous(all_of_them))
    left = [one for one in all_of_them if one.id not in gone]
    assert not any(one.is_aside for one in all_of_them if one.id in gone)
    assert rules.superfluous(left) == []


def test_every_format_and_field_has_a_name() -> None:
    assert set(FORMATS) == set(rules.FORMATS)
    assert {name for names in rules.FORMATS.values() for name in names} == set(FIELDS)
    assert set(STATES) == set(map(str, State))


@pytest.mark.parametrize(
    ("unit", "chosen", "of_one", "expected"),
    [
        ("individual", "soap", False, "soap"),
        ("individual", "gone", False, "three_line"),
        ("group", "soap", False, "group_whole"),
        ("group", "soap", True, "group_member"),
        ("couple", "couple", True, "narrative"),
    ],
)
def test_a_note_begins_in_its_format(
    unit: str, chosen: str, *, of_one: bool, expected: str
) -> None:
    assert rules.format_for(unit, chosen, of_one=of_one) == expected


def test_unknown_keys_are_dropped_and_missing_ones_filled() -> None:
    kept = rules.normalised("three_line", {"thread": "a", "x": 1, "fields": {"did": "b", "y": 2}})
    assert kept == words(thread="a", did="b")


def test_what_was_answered_is_kept() -> None:
    content = words(
        safety={"came_up": False, "words": ""}, supervision={"bring": True, "words": "x"}
    )
    assert rules.normalised("three_line", content) == content


def test_an_answer_that_is_none_counts_as_not_said() -> None:
    kept = rules.normalised(
        "three_line", {"safety": {"came_up": "high"}, "supervision": {"bring": 1}}
    )
    assert kept["safety"]["came_up"] is None
    assert kept["supervision"]["bring"] is False


@pytest.mark.parametrize(
    "content",
    [None, [], "words", {"thread": 3}, {"fields": ["a"]}, {"safety": "no"}, {"supervision": True}],
)
def test_what_is_not_a_note_is_not_kept(content: Any) -> None:
    with pytest.raises(CannotKeep, match="shape"):
        rules.normalised("three_line", content)


def test_too_long_says_so_and_names_its_field() -> None:
    with pytest.raises(CannotKeep, match="200,000 characters") as caught:
        rules.normalised("three_line", words(did="x" * (rules.LONGEST_TEXT + 1)))
    assert caught.value.field == "did"


def test_the_longest_text_is_kept() -> None:
    longest = "x" * rules.LONGEST_TEXT
    assert (
        rules.normalised("narrative", words("narrative", note=longest))["fields"]["note"] == longest
    )


@pytest.mark.parametrize("character", ["\x00", "\ud800"])
def test_characters_without_a_shape_are_refused_clearly(character: str) -> None:
    with pytest.raises(CannotKeep, match="cannot be written down"):
        rules.normalised("three_line", words(thread=f"before{character}after"))


def test_line_ends_are_one_kind() -> None:
    assert rules.text("a\r\nb\rc\nd", "thread") == "a\nb\nc\nd"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r")))
def test_any_writing_survives_as_it_is(typed: str) -> None:
    content = words(thread=typed, did=typed, between=typed)
    assert rules.normalised("three_line", content) == content


def test_we_sat_is_not_blank_and_spaces_are() -> None:
    assert not rules.is_blank(words(did="We sat."))
    assert rules.is_blank(words(thread=" \n", safety={"came_up": False, "words": ""}))


def test_joining_keeps_both_and_says_nothing_twice() -> None:
    one = words(thread="Away from the 14th.", came="Sister", did="Silence")
    other = words(thread="Tell her.", came="Sister, at four", did="Sil")
    both = rules.joined(one, other)
    assert both["thread"] == "Away from the 14th.\n\nTell her."
    assert both["fields"] == {"came": "Sister, at four", "did": "Silence"}


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [(None, None, None), (None, False, False), (False, True, True), (True, None, True)],
)
def test_joining_says_that_safety_came_up_where_either_does(
    *, one: bool | None, other: bool | None, both: bool | None
) -> None:
    first, second = (words(safety={"came_up": answer, "words": ""}) for answer in (one, other))
    assert rules.joined(first, second)["safety"]["came_up"] is both


@given(st.text(), st.text())
def test_joining_loses_no_words(one: str, other: str) -> None:
    both = rules.joined(words(did=one), words(did=other))["fields"]["did"]
    assert one.strip() in both
    assert other.strip() in both


@pytest.mark.parametrize(
    ("base", "tab", "behind"),
    [(3, "a", False), (2, "a", False), (2, "b", True), (3, "b", False), (9, "b", True)],
)
def test_a_tab_is_behind_when_another_saved_since(base: int, tab: str, *, behind: bool) -> None:
    assert rules.is_behind(base, tab, version=3, last_tab="a") is behind


@pytest.mark.parametrize("tab", ["", "x" * 37, "ü", "a\0b", None, 3])
def test_a_tab_without_a_name_is_refused(tab: object) -> None:
    with pytest.raises(CannotKeep):
        rules.tab_name(tab)


def test_two_days_after_the_session_is_late() -> None:
    assert rules.is_late(ENDED, ENDED + timedelta(hours=48, seconds=1))
    assert not rules.is_late(ENDED, ENDED + timedelta(hours=48))
    assert not rules.is_late(None, ENDED)


def test_one_record_is_written_down_in_one_way() -> None:
    assert rules.canonical({"b": "ü", "a": [1]}) == '{"a":[1],"b":"ü"}'.encode()


def test_an_excerpt_shows_what_stands_around() -> None:
    assert rules.excerpt("She Waited for me", "waited") == ("She ", "Waited", " for me")
    assert rules.excerpt("She waited", "left") is None


def test_a_long_text_is_cut_around_the_place() -> None:
    before, at, after = rules.excerpt("a" * 100 + "HERE" + "b" * 100, "here") or ("", "", "")
    assert (before, at, after) == ("…" + "a" * 60, "HERE", "b" * 60 + "…")


@pytest.mark.parametrize("words_", ["Die Straße", "ﬀ Straße", "Straße"])
def test_letters_that_fold_to_two_are_found_in_their_place(words_: str) -> None:
    found = rules.excerpt(words_, "strasse")
    assert found is not None
    assert found[1] == "Straße"


def test_a_find_at_the_end_of_folded_words_ends_there() -> None:
    assert rules.excerpt("ß", "ss") == ("", "ß", "")
