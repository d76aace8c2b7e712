"""The catalogue: every approach is whole, names what there is, and its minutes add up."""

import json
from time import process_time

import pytest
import yaml
from jsonschema import Draft202012Validator

from holdspace.frame.approaches import catalogue, labels
from holdspace.frame.approaches.catalogue import DATA, FAMILIES, Approach
from holdspace.frame.approaches.tongues import LANGUAGES, complete
from holdspace.frame.practice.rules import VOICES
from holdspace.hour.notes.rules import FORMATS

EVERY = list(catalogue.catalogue().values())
SCHEMA = Draft202012Validator(json.loads((DATA / "catalogue.schema.json").read_text()))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_fits_the_schema(family: str) -> None:
    raw = yaml.safe_load((DATA / "catalogue" / f"{family}.yaml").read_text())
    assert [fault.message for fault in SCHEMA.iter_errors(raw)] == []
    assert raw["family"]["id"] == family


def test_there_is_a_file_for_each_family_and_no_other() -> None:
    assert {path.stem for path in (DATA / "catalogue").glob("*.yaml")} == set(FAMILIES)


def test_there_are_135_approaches_in_eleven_families() -> None:
    assert (len(EVERY), len(FAMILIES)) == (135, 11)


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.id)
def test_an_approach_is_whole(one: Approach) -> None:
    assert sum(step.minutes for step in one.hour) == one.minutes
    ids = [technique.id for technique in one.techniques]
    assert len(ids) == len(set(ids))
    assert set(one.artefacts) <= set(catalogue.artefacts())
    assert set(one.measures) <= set(catalogue.measures())
    assert one.voice in VOICES
    assert one.note_format in FORMATS
    assert (one.stance, one.structure) in {
        (stance, structure) for stance in labels.STANCES for structure in labels.STRUCTURES
    }
    assert set(one.formats) <= set(labels.FORMATS)


def test_what_is_not_offered_says_why_in_every_language() -> None:
    assert len(catalogue.not_offered()) == 6
    for what, why in catalogue.not_offered():
        assert complete(what, "what").keys() == complete(why, "why").keys() == set(LANGUAGES)


def test_the_cue_is_as_the_hour_is_structured_unless_it_is_said() -> None:
    known = catalogue.catalogue()
    assert known["cbt"].usual_cue == "phase"
    assert known["gestalt"].usual_cue == "soft"
    assert known["lacanian"].usual_cue == "none"


def test_a_short_name_is_the_name_without_its_brackets() -> None:
    assert catalogue.short_of("Behavioural activation (BA)") == "Behavioural activation"
    assert catalogue.short_of("Daseinsanalysis") == "Daseinsanalysis"
    assert catalogue.short_of("a) b)") == "a) b)"


@pytest.mark.slow
def test_it_is_read_in_less_than_a_sixth_of_a_second() -> None:
    def taken() -> float:
        catalogue._family.cache_clear()
        catalogue.catalogue.cache_clear()
        began = process_time()
        catalogue.catalogue()
        return process_time() - began

    assert min(taken() for _ in range(5)) < 0.15
