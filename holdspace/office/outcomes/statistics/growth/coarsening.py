"""What few people share is made coarser, so that their sums may leave instead of being left out.

Two ways, each a choice: whoever shares all sessions with few loses the latest, until enough are
alike; words that few of a pattern share become “other”. The sums are then exactly those of the
coarser rows. What that costs is counted; what it does to a fit is in
docs/explanation/growth-model.md.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, TypeVar

import numpy as np

from holdspace.office.outcomes.statistics.growth.groups import Groups, alike

OTHER: Final = "other"
Key = TypeVar("Key", bound=Hashable)
Words: TypeAlias = tuple[str, ...]
# Of whom (a therapist, or nobody), and at which sessions there are scores.
Attended: TypeAlias = tuple[str | None, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Coarsened:
    """What was given up so that fewer are left out."""

    courses_shortened: int = 0
    scores_dropped: int = 0
    people_with_other_words: int = 0

    def __add__(self, other: "Coarsened") -> "Coarsened":
        return Coarsened(
            self.courses_shortened + other.courses_shortened,
            self.scores_dropped + other.scores_dropped,
            self.people_with_other_words + other.people_with_other_words,
        )


def lengths(counts: Mapping[Attended, int], least: int) -> dict[Attended, int]:
    """How many scores are kept of each pattern, so that `least` courses share what is kept.

    From the longest on, a pattern of fewer courses loses its latest session and joins those who
    have no other. One score stays, however few have it.
    """
    people, those = Counter(counts), {each: [each] for each in counts}
    for length in range(max((len(at) for _, at in counts), default=0), 1, -1):
        for each in [one for one in people if len(one[1]) == length and people[one] < least]:
            shorter = (each[0], each[1][:-1])
            people[shorter] += people.pop(each)
            those.setdefault(shorter, []).extend(those.pop(each))
    return {one: len(each[1]) for each, joined in those.items() for one in joined}


def with_others(of: Groups, least: int) -> tuple[Groups, int]:
    """The groups with rare words as “other”, and how many people that changed something of.

    Only within a pattern (and therapist): elsewhere the same word may be common, and stays.
    """
    whose = [] if of.therapists is None else [of.therapists]
    where, people = alike(of.tt, whose)[0], of.people
    told = list(zip(*(each.tolist() for each in of.words.values()), strict=True))
    places: dict[int, list[int]] = defaultdict(list)
    for group, place in enumerate(where.tolist() if told else ()):
        places[place].append(group)
    new, changed = list(told), 0
    for among in places.values():
        joined = merged([told[n] for n in among], people[among].tolist(), least)
        for group, words in zip(among, joined, strict=True):
            changed += round(float(people[group])) if words != told[group] else 0
            new[group] = words
    columns = zip(of.words, zip(*new, strict=True), strict=False)
    return replace(of, words={name: np.asarray(each) for name, each in columns}).gathered(), changed


def merged(words: Sequence[Words], people: Sequence[float], least: int) -> list[Words]:
    """Rare words are “other”; then all words of those who are few still, and of who joins them."""
    found = list(words)
    for place in range(len(found[0])):
        common = _sizes([each[place] for each in found], people)
        found = [
            each if common[each[place]] >= least else (*each[:place], OTHER, *each[place + 1 :])
            for each in found
        ]
    others = (OTHER,) * len(found[0])
    while True:
        sizes = _sizes(found, people)
        few = {each for each, n in sizes.items() if n < least and each != others}
        if not few and 0 < sizes[others] < least and len(sizes) > 1:
            few = {min(sizes.keys() - {others}, key=lambda each: (sizes[each], each))}
        if not few:
            return found
        found = [others if each in few else each for each in found]


def _sizes(of: Iterable[Key], people: Iterable[float]) -> "Counter[Key]":
    sizes: Counter[Key] = Counter()
    for each, n in zip(of, people, strict=True):
        sizes[each] += round(n)
    return sizes
