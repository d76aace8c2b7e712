"""Every questionnaire of the library: valid, sourced, licensed, and tested."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from holdspace.hour.measures.instruments import (
    LIBRARY,
    Instrument,
    UnknownInstrument,
    library,
    load,
    read,
)
from holdspace.hour.measures.scoring import score
from tests.measures.vectors_of import vectors_of

FILES = sorted(LIBRARY.glob("*.yaml"))
SCHEMA = json.loads((LIBRARY.parent / "instrument.schema.json").read_text(encoding="utf-8"))
every_instrument = pytest.mark.parametrize("instrument", library().values(), ids=list(library()))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_file_fits_the_schema(path: Path) -> None:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(SCHEMA)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(raw)] == []
    assert raw["id"] == path.stem


def objects(node: Any) -> list[dict[str, Any]]:
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    found = [deeper for each in inner for deeper in objects(each)]
    return [*found, node] if isinstance(node, dict) else found


def test_the_schema_allows_nothing_it_does_not_name() -> None:
    described = [node for node in objects(SCHEMA) if node.get("type") == "object"]
    assert described
    assert all("additionalProperties" in node for node in described)


@every_instrument
def test_an_instrument_has_source_licence_and_credit(instrument: Instrument) -> None:
    licence = instrument.licence
    assert licence.source
    assert licence.date
    assert licence.credit
    assert instrument.is_worded is (instrument.wording.source is not None)
    assert not instrument.is_worded or (licence.verified and instrument.wording.verified)


@every_instrument
def test_wording_is_here_only_where_it_may_be(instrument: Instrument) -> None:
    if instrument.licence.status in {"score", "no"}:
        raw = (LIBRARY / f"{instrument.id}.yaml").read_text(encoding="utf-8")
        assert not {"text", "label", "stem"} & {
            key for node in objects(yaml.safe_load(raw).get("items", [])) for key in node
        }
        assert not instrument.stem
        assert not any(option.label for option in instrument.options)
        assert not instrument.translations


@every_instrument
def test_what_may_not_be_used_has_neither_items_nor_norms(instrument: Instrument) -> None:
    if instrument.licence.status == "no":
        assert instrument.is_total_only
        assert (instrument.bands, instrument.spread) == (None, ())


def test_every_instrument_that_was_read_of_is_here() -> None:
    found = Counter(one.licence.status for one in library().values())
    assert found == {"ship": 32, "score": 69, "no": 14, "own": 1}


@every_instrument
def test_no_source_is_a_bare_number(instrument: Instrument) -> None:
    raw = (LIBRARY / f"{instrument.id}.yaml").read_text(encoding="utf-8")
    sources = [node["source"] for node in objects(yaml.safe_load(raw)) if node.get("source")]
    assert sources
    assert not [source for source in sources if source.startswith("[")]


@every_instrument
def test_an_instrument_has_vectors_for_lowest_highest_and_incomplete(
    instrument: Instrument,
) -> None:
    kinds = {case["kind"] for case in vectors_of(instrument.id)["cases"]}
    assert kinds >= {"lowest", "highest"}
    assert "incomplete" in kinds or instrument.is_total_only
    turned = any(
        worth != {each: each for each in worth} for worth in instrument.scoring.worth.values()
    )
    assert not turned or "recode" in kinds


@every_instrument
def test_every_edge_of_a_band_has_a_vector(instrument: Instrument) -> None:
    levels = instrument.bands.levels if instrument.bands else ()
    edges = {edge for band in levels for edge in (band.low, band.high)}
    assert edges == set(vectors_of(instrument.id).get("bands", {}))


@every_instrument
def test_bands_cover_the_range_without_a_gap(instrument: Instrument) -> None:
    if instrument.bands is None:
        return
    levels = instrument.bands.levels
    assert (levels[0].low, levels[-1].high) == instrument.range
    assert all(below.high + 1 == above.low for below, above in pairwise(levels))


@every_instrument
def test_what_refers_to_an_item_finds_it(instrument: Instrument) -> None:
    scoring = instrument.scoring
    named = {watched.item for watched in instrument.safety}
    named |= {item for scale in scoring.subscales for item in scale.items}
    named |= {item for rule in scoring.rules for part in rule.clusters for item in part.items}
    named |= {item for rule in scoring.rules for item in rule.counts_at_for}
    named |= {*scoring.items, *scoring.reversed, *instrument.missing.only}
    named |= {item for skip in scoring.skips for item in (*skip.zero, *skip.items)}
    scales, rules = {scale.id for scale in scoring.subscales}, {rule.id for rule in scoring.rules}
    assert {cutoff.of for cutoff in instrument.cutoffs} - {None} <= scales
    assert {other for rule in scoring.rules for other in rule.excludes} <= rules
    ids = [item.id for item in instrument.items]
    assert named <= set(ids)
    assert len(set(ids)) == len(ids)


@every_instrument
def test_the_options_rise_by_one(instrument: Instrument) -> None:
    values = [option.value for option in instrument.options]
    assert values == sorted(set(values))
    assert not values or values == list(range(values[0], values[0] + len(values)))


@every_instrument
def test_a_translation_is_whole(instrument: Instrument) -> None:
    if instrument.is_worded:
        assert set(instrument.languages) == {"en", *instrument.translations}
    for words in instrument.translations.values():
        assert set(words.items) == {item.id for item in instrument.items}
        anchored = {item for item, each in words.items.items() if each.anchors}
        assert anchored == {item.id for item in instrument.items if item.anchors}
        assert [option.value for option in words.options] == [
            option.value for option in instrument.options
        ]


def test_our_own_rating_claims_nothing() -> None:
    own = load("session_rating")
    assert not own.validated
    assert (own.bands, own.cutoffs, own.reliable_change) == (None, (), None)
    assert set(own.languages) == {"en", "de", "es"}


def test_the_library_is_read_once_and_cannot_be_changed() -> None:
    assert library() is library()
    with pytest.raises(TypeError):
        library()["phq9"] = load("gad7")  # type: ignore[index]


def test_an_unknown_instrument_is_named_beside_the_known() -> None:
    with pytest.raises(UnknownInstrument, match=r"no instrument “phq10”.*gad7, .*pcl5, .*phq9"):
        load("phq10")


def test_an_item_is_found_by_its_id() -> None:
    assert load("rand36_ewb").item("q28").number == 28
    with pytest.raises(KeyError):
        load("rand36_ewb").item("q27")


def test_a_file_may_reverse_items_and_multiply_the_sum(tmp_path: Path) -> None:
    raw = yaml.safe_load((LIBRARY / "gad7.yaml").read_text(encoding="utf-8"))
    raw["scoring"] |= {"reversed": ["q1"], "multiplier": 4}
    raw["range"] = [0, 84]
    changed = tmp_path / "changed.yaml"
    changed.write_text(yaml.safe_dump(raw), encoding="utf-8")
    instrument = read(changed)
    assert score(instrument, [0, 1, 0, 0, 0, 0, 0]).total == (3 + 1) * 4
    assert score(instrument, [3, 0, 0, 0, 0, 0, 0]).total == 0
