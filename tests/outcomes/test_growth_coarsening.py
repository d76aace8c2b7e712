"""Coarser patterns: enough are alike afterwards, and what was given up is counted."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.office.outcomes.statistics.growth.coarsening import (
    OTHER,
    Attended,
    lengths,
    merged,
    with_others,
)
from holdspace.office.outcomes.statistics.growth.rows import Rows, grouped

SESSIONS = st.lists(st.integers(1, 6), min_size=1, max_size=5, unique=True).map(
    lambda found: tuple(float(one) for one in sorted(found))
)
COUNTS = st.dictionaries(
    st.tuples(st.sampled_from([None, "1", "2"]), SESSIONS), st.integers(1, 6), max_size=12
)


def test_whoever_is_alone_loses_the_latest_session_until_enough_are_alike() -> None:
    counts: dict[Attended, int] = {
        (None, (1, 2, 3, 5)): 1,
        (None, (1, 2, 3, 4)): 1,
        (None, (1, 2, 3)): 1,
        (None, (1, 2)): 5,
        (None, (2, 3)): 1,
    }
    assert lengths(counts, 3) == {
        (None, (1, 2, 3, 5)): 3,
        (None, (1, 2, 3, 4)): 3,
        (None, (1, 2, 3)): 3,
        (None, (1, 2)): 2,
        (None, (2, 3)): 1,
    }


def test_nobody_joins_the_clients_of_another_therapist() -> None:
    counts: dict[Attended, int] = {("1", (1, 2)): 2, ("2", (1, 2)): 2, ("2", (1,)): 1}
    assert lengths(counts, 3) == {("1", (1, 2)): 1, ("2", (1, 2)): 1, ("2", (1,)): 1}


@given(COUNTS, st.integers(1, 8))
@settings(deadline=None)
def test_what_is_kept_is_shared_by_enough_or_is_one_score(
    counts: dict[Attended, int], least: int
) -> None:
    kept = lengths(counts, least)
    alike: Counter[Attended] = Counter()
    for (whose, at), n in counts.items():
        alike[whose, at[: kept[whose, at]]] += n
    assert kept.keys() == counts.keys()
    assert all(n >= least or len(at) == 1 for (_, at), n in alike.items())


@given(COUNTS, st.integers(1, 8))
@settings(deadline=None)
def test_a_pattern_that_enough_share_keeps_every_score(
    counts: dict[Attended, int], least: int
) -> None:
    kept = lengths(counts, least)
    assert all(kept[each] == len(each[1]) for each, n in counts.items() if n >= least)


WORDS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["x", "y", OTHER])), min_size=1, max_size=8
)


@given(WORDS, st.data())
@settings(deadline=None)
def test_enough_share_all_words_where_there_are_enough_people(
    words: list[tuple[str, ...]], data: st.DataObject
) -> None:
    of = st.lists(st.integers(1, 6), min_size=len(words), max_size=len(words))
    people = data.draw(of)
    sizes: Counter[tuple[str, ...]] = Counter()
    for each, n in zip(merged(words, people, 5), people, strict=True):
        sizes[each] += n
    assert min(sizes.values()) >= 5 or list(sizes) == [(OTHER, OTHER)]


@given(WORDS)
@settings(deadline=None)
def test_words_that_enough_share_stay(words: list[tuple[str, ...]]) -> None:
    assert merged(words, [5] * len(words), 5) == words


def test_a_word_is_other_only_in_the_pattern_where_it_is_rare() -> None:
    person = np.r_[np.repeat(np.arange(10), 2), np.arange(10, 30)]
    time = np.r_[np.tile([1, 2], 10), np.ones(20)]
    kind = np.where(person % 5 == 0, "rarer", "common")
    found, changed = with_others(grouped(Rows(person, time, person * 1.0, {"kind": kind})), 3)
    told = zip(found.scores.tolist(), found.words["kind"].tolist(), strict=True)
    assert sorted(told) == [(4, "rarer"), (16, "common"), (20, OTHER)]
    assert changed == 10  # two had a rare word, and eight had to join them


def test_without_words_there_is_nothing_to_call_other() -> None:
    found, changed = with_others(grouped(Rows([1, 2], [1, 1], [3.0, 4])), 5)
    assert (found.people.tolist(), changed) == ([2], 0)
