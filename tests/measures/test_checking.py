"""A file is looked at before it is loaded, and every fault is named by its line."""

from typing import Any

import pytest
import yaml

from holdspace.hour.measures.checking import LONGEST, Fault, look
from holdspace.hour.measures.instruments import LIBRARY, library
from holdspace.hour.measures.packs import with_words
from holdspace.hour.measures.reading import instrument_from, words_from
from holdspace.hour.measures.rules import FileKind
from tests.measures.own import OWN, WORDS


def faults(text: str) -> list[Fault]:
    return list(look(text, KNOWN, library()).faults)


KNOWN = {**library(), "evenings": instrument_from(yaml.safe_load(OWN))}
WORDED = "words_for: evenings\n" + WORDS.partition("\n")[2]


def test_a_definition_and_words_are_told_apart() -> None:
    assert look(OWN, KNOWN, library()).kind is FileKind.DEFINITION
    assert look(WORDS, KNOWN, library()).kind is FileKind.WORDS
    assert (faults(OWN), faults(WORDS)) == ([], [])


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_file_of_the_library_would_be_accepted(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    if "&scale" not in text:
        assert look(text, {}, ()).faults == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("name: How the evenings were\n", "", 1, "“name” is missing"),
        ("constructs: [evenings]", "constructs: [tea]\ncolour: red", 1, "“colour” is not known"),
        ("direction: higher_better", "direction: sideways", 8, "does not fit"),
        ('as_of: "2026-03-02"', "as_of: 2026-03-02", 5, "put it in quotation marks"),
        ("version: 1", "version: 1\nversion: 2", 5, "“version” stands here twice"),
        ("range: [0, 6]", "range: [0, 9]", 9, "the total reaches 6"),
        ("range: [0, 6]", "range: [6, 0]", 9, "from the lowest to the highest"),
        ("range: [0, 6]", "range: [0, 6", 10, "cannot be read"),
        ("reversed: [alone]", "reversed: [together]", 19, "There is no “together”"),
        ("item: alone", "item: together", 22, "There is no “together”"),
        ("id: slept", "id: calm", 18, "“calm” stands here twice"),
        ("id: evenings", "id: phq9", 1, "of this name in the library"),
        ("{value: 2, label: Often}", "{value: 1, label: Often}", 12, "their values rising"),
        (
            "scoring: {", "scoring: {subscales: [{id: a, label: A, items: []}], ", 19,
            "needs a range",
        ),
        (
            "scoring: {", "scoring: {recode: [{items: [calm], values: [0, 1]}], ", 19,
            "as many values as there are answers",
        ),
        (
            "scoring: {",
            "scoring: {skips: [{zero: [calm], items: [tea], source: x, verified: true}], ",
            19, "There is no “tea”",
        ),
        (
            "safety:",
            "cutoffs:\n  - {id: a, kind: case, operator: '>=', value: 3, meaning: x, of: tea,"
            " source: x, verified: true}\nsafety:",
            22, "There is no “tea”",
        ),
        (
            "safety:",
            "bands: {source: x, verified: true, levels: [{low: 0, high: 2, label: a}]}\nsafety:",
            21, "do not cover the range",
        ),
        (
            "safety:",
            "bands: {source: x, verified: true, levels: [{low: 0, high: 2, label: a},"
            " {low: 2, high: 6, label: b}]}\nsafety:",
            21, "does not follow the one before",
        ),
        (
            "safety:",
            "translations: {de: {name: x, stem: x, source: x, options: {low: 0, high: 2},"
            " items: {calm: {text: x}}}}\nsafety:",
            21, "There is no “alone”",
        ),
        ("{value: 0, label: Never}", "{value: none, label: Never}", 12, "does not fit"),
        ("missing: {", "missing: {only: tea, ", 20, "does not fit"),
        ("name: How", "name: &a How", 2, None),
        ("notes: x", "", 0, None),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_line(old: str, new: str, line: int, says: str | None) -> None:
    found = faults(OWN.replace(old, new))
    if says is None:
        assert found == []
        return
    assert says in found[0].sentence
    assert found[0].line == line


def test_a_rule_names_what_is_there() -> None:
    rule = (
        "{id: a, label: A, counts_at: 1, counts_at_for: {tea: 1}, excludes: [b], source: x,"
        " verified: true, clusters: [{label: c, items: [calm], at_least: 1, at_most: null}]}"
    )
    said = " ".join(
        each.sentence for each in faults(OWN.replace("scoring: {", f"scoring: {{rules: [{rule}], "))
    )
    assert "There is no “tea”" in said
    assert "There is no “b”" in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x" * (LONGEST + 1), "too long"),
        ("", "no definition"),
        ("- 1", "no definition"),
        ("just words", "no definition"),
        ("a: &x 1\nb: *x", "References within a file"),
        ("[" * 50, "nested too deeply"),
        ("a: !!python/object:os.system x", "Tags"),
        ("a: \0", "cannot be read"),
        ("id: [1", "cannot be read"),
    ],
)
def test_what_is_no_definition_at_all_is_refused(text: str, says: str) -> None:
    assert says in faults(text)[0].sentence


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("words_for: core_10", "words_for: core_11", "There is no such instrument"),
        ("words_for: core_10", "words_for: oq45", "only its total is used"),
        ("words_for: core_10", "words_for: phq9", "are here already"),
        ("version: 1", "version: 2", "another version"),
        ("  q10: {", "  q11: {", "“q10” is not worded"),
        ("high: 4}", "high: 5}", "not those of the instrument"),
        ("q1: {text", "q1: {options: {low: 1, high: 4}, text", "needs its own answers"),
        ("licence:", "licences:", "“licence” is missing"),
    ],
)
def test_words_that_do_not_belong_are_refused(old: str, new: str, says: str) -> None:
    assert says in " ".join(each.sentence for each in faults(WORDS.replace(old, new, 1)))


def test_words_need_own_answers_where_the_instrument_has_them() -> None:
    items = "".join(f"  q{number}: {{text: x}}\n" for number in range(1, 11))
    audit = WORDS.partition("items:")[0].replace("core_10", "audit") + "items:\n" + items
    assert [each.sentence.partition(":")[0] for each in faults(audit)] == ["items.q9", "items.q10"]


def test_words_in_a_language_that_is_there_are_refused() -> None:
    items = "".join(f"  {name}: {{text: x}}\n" for name in ("calm", "alone", "slept"))
    words = (
        WORDS.partition("items:")[0].replace("core_10", "evenings").replace("high: 4", "high: 2")
    )
    assert "are here already" in faults(words + "items:\n" + items)[0].sentence
    assert faults((words + "items:\n" + items).replace("language: en", "language: de")) == []


def test_the_first_words_become_its_own_and_others_are_translations() -> None:
    words = words_from(yaml.safe_load(WORDS))
    once = with_words(library()["core_10"], "de", words)
    assert once.is_worded
    assert once.original == "de"
    twice = with_words(once, "en", words)
    assert (twice.languages, set(twice.translations)) == (("de", "en"), {"en"})


def test_a_range_that_no_answers_reach_is_said() -> None:
    silent = OWN.replace("at_most: 0", "at_most: 0, only: [calm]")
    assert faults(silent) == []
