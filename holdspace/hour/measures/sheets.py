"""Many answer sheets of one instrument at once: the same totals as the scorer of one sheet.

Shapes: sheets × items in, in the order of the items; sheets out. Units are the instrument's own.
Source of each rule: the instrument's definition file. Flags, bands and symptom rules are not made
here, as they are for a person to read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from holdspace.hour.measures.definitions import Instrument, Item, Subscale
from holdspace.hour.measures.scores import (
    AnswerOutOfRange,
    AnswersRefused,
    WrongNumberOfAnswers,
)

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sheets:
    """One figure for each sheet: NaN where there is no total or no such scale."""

    total: Floats
    subscales: Mapping[str, Floats]
    answered: Whole
    prorated: Flags


@dataclass(frozen=True, slots=True)
class _Columns:
    """What each item adds on each sheet (0 where unanswered), and where it counts as answered."""

    worth: Mapping[str, Whole]
    counted: Mapping[str, Flags]


def score_sheets(instrument: Instrument, sheets: ArrayLike) -> Sheets:
    """Score an array of sheets × items; NaN is an unanswered item.

    Raises AnswersRefused: for an instrument scored elsewhere, another number of columns, or an
    answer that is not offered, with its sheet (counted from 1) and item.
    """
    if instrument.is_total_only:
        raise AnswersRefused(f"{instrument.short_name} is scored elsewhere.")
    given = np.asarray(sheets, dtype=np.float64)
    if given.ndim != 2 or given.shape[1] != len(instrument.items):
        raise WrongNumberOfAnswers(
            f"{instrument.short_name} has {len(instrument.items)} items: give an array of as many "
            f"columns, not one of the shape {given.shape}."
        )
    answered = ~np.isnan(given)
    columns = _columns(instrument, given, answered)
    subscales = _subscales(instrument, columns)
    items = instrument.total_items
    missing = len(items) - _count(columns, items, len(given))
    total = _total(instrument, columns, subscales, len(given))
    has_none = ~_may_be_made(instrument, columns, missing) | ~answered.any(axis=1)
    total[has_none | (missing == len(items))] = np.nan
    return Sheets(
        total=total,
        subscales=subscales,
        answered=answered.sum(axis=1),
        prorated=~np.isnan(total) & (missing > 0),
    )


def _columns(instrument: Instrument, given: Floats, answered: Flags) -> _Columns:
    worth, counted = {}, {}
    places = {item.id: place for place, item in enumerate(instrument.items)}
    for place, item in enumerate(instrument.items):
        worth[item.id] = _worth(instrument, item, given[:, place], answered[:, place])
        counted[item.id] = answered[:, place]
    for skip in instrument.scoring.skips:
        zeros = [given[:, places[item]] == 0 for item in skip.zero]
        passed_over = np.logical_and.reduce(zeros)
        for item_id in skip.items:
            counted[item_id] = counted[item_id] | passed_over
    return _Columns(worth, counted)


def _worth(instrument: Instrument, item: Item, given: Floats, answered: Flags) -> Whole:
    """What one column adds; an answer is looked up by its distance from the lowest."""
    worth = instrument.scoring.worth[item.id]
    lowest = min(worth)
    table = np.zeros(max(worth) - lowest + 1, dtype=np.int64)
    offered = np.zeros(len(table), dtype=np.bool_)
    for value, adds in worth.items():
        table[value - lowest], offered[value - lowest] = adds, True
    steps = np.where(answered, given - lowest, 0)
    places = np.clip(steps, 0, len(table) - 1).astype(np.int64)
    wrong = answered & ((places != steps) | ~offered[places])
    if wrong.any():
        sheet = int(np.argmax(wrong))
        raise AnswerOutOfRange(
            f"Sheet {sheet + 1}: item {item.number} of {instrument.short_name} was answered "
            f"{given[sheet]:g}; the answers are {', '.join(map(str, sorted(worth)))}."
        )
    return np.where(answered, table[places], 0)


def _count(columns: _Columns, items: Sequence[str], sheets: int) -> Whole:
    count = np.zeros(sheets, dtype=np.int64)
    for item in items:
        count += columns.counted[item]
    return count


def _may_be_made(instrument: Instrument, columns: _Columns, missing: Whole) -> Flags:
    if not instrument.has_total:
        return np.zeros(len(missing), dtype=np.bool_)
    only = instrument.missing.only
    may = missing <= instrument.missing.at_most
    for item in instrument.total_items if only else ():
        may &= columns.counted[item] | (item in only)
    return may


def _total(
    instrument: Instrument, columns: _Columns, subscales: Mapping[str, Floats], sheets: int
) -> Floats:
    scoring = instrument.scoring
    if scoring.over == "subscales":
        whole = np.zeros(sheets)
        for value in subscales.values():
            whole = whole + value
        whole = whole / len(subscales) if scoring.method == "mean" else whole
        return scoring.multiplier * whole
    items = instrument.total_items
    return scoring.multiplier * _combined(instrument, scoring.method, items, columns)


def _combined(
    instrument: Instrument, method: str, items: Sequence[str], columns: _Columns
) -> Floats:
    worths = [columns.worth[item] for item in items]
    sheets = len(worths[0])
    whole: Whole = np.zeros(sheets, dtype=np.int64)
    for worth in worths:
        whole += worth
    count: Whole = np.maximum(_count(columns, items, sheets), 1)
    if method == "mean":
        return np.asarray(whole / count, dtype=np.float64)
    if method == "max":
        return np.asarray(np.maximum.reduce(worths), dtype=np.float64)
    if instrument.missing.method == "zero":
        return whole.astype(np.float64)
    return ((2 * whole * len(items) + count) // (2 * count)).astype(np.float64)


def _subscales(instrument: Instrument, columns: _Columns) -> dict[str, Floats]:
    scales = instrument.scoring.subscales
    return {scale.id: _subscale(instrument, scale, columns) for scale in scales}


def _subscale(instrument: Instrument, scale: Subscale, columns: _Columns) -> Floats:
    found = scale.multiplier * _combined(instrument, scale.method, scale.items, columns)
    sheets = len(found)
    answered = _count(columns, scale.items, sheets)
    lacks = (answered == 0) | (len(scale.items) - answered > scale.at_most)
    if instrument.missing.method == "zero":
        items = instrument.total_items
        lacks |= len(items) - _count(columns, items, sheets) > instrument.missing.at_most
    return np.where(lacks, np.nan, found)
