"""Sums of people who are alike: the same pattern of sessions, the same words, the same therapist.

They lie between rows and moments. Here somebody can still be left out, or be called “other”;
once groups are added up by pattern alone, they cannot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from holdspace.office.outcomes.statistics.growth.design import Basis, Covariate, Floats, Indices
from holdspace.office.outcomes.statistics.growth.moments import Cells, Moments, by_code, patterns

Labels: TypeAlias = NDArray[np.generic]  # of persons, therapists, words
NOBODY = ""  # the therapist of those of whom none is known


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Sums of G groups, with z = 1 and the covariates that are numbers (s of them in all).

    Shapes: tt (G, q, q), zz (G, s, s), bz (G, q, s), bb (G, q, q), yy (G). Scores were taken minus
    `centre`. `names` are the covariates in order; each of `words`, and `therapists`, has a label
    for each group. Two groups may be alike until they are `gathered`.
    """

    basis: Basis
    names: tuple[str, ...]
    tt: Floats
    zz: Floats
    bz: Floats
    bb: Floats
    yy: Floats
    centre: float
    words: Mapping[str, Labels] = field(default_factory=dict)
    therapists: Labels | None = None

    @property
    def people(self) -> Floats:
        """How many there are in each group."""
        return self.zz[:, 0, 0]

    @property
    def scores(self) -> Floats:
        """How many scores each group has."""
        return self.people * self.tt[:, 0, 0]

    @property
    def told(self) -> list[Labels]:
        """What tells groups of one pattern apart."""
        return [*self.words.values(), *([] if self.therapists is None else [self.therapists])]

    def only(self, keep: Indices) -> Self:
        """Some of the groups."""
        sums: dict[str, Any] = {
            name: getattr(self, name)[keep] for name in ("tt", "zz", "bz", "bb", "yy")
        }
        return replace(
            self, **sums,
            words={name: each[keep] for name, each in self.words.items()},
            therapists=None if self.therapists is None else self.therapists[keep],
        )  # fmt: skip

    def gathered(self) -> Self:
        """The same with each group once."""
        code, first = alike(self.tt, self.told)
        sums: dict[str, Any] = {
            name: by_code(getattr(self, name), code, len(first))
            for name in ("zz", "bz", "bb", "yy")
        }
        return replace(self.only(first), **sums)

    def without_therapists(self) -> Self:
        """The same people at two levels."""
        return replace(self, therapists=None).gathered()

    def moments(self) -> Moments:
        """The sums by pattern; with therapists also their first moments."""
        covariates, e = self._embedding()
        turned, (pattern, first) = e.swapaxes(1, 2), patterns(self.tt)
        ww, bw, bb, yy = (
            by_code(each, pattern, len(first))
            for each in (e @ self.zz @ turned, self.bz @ turned, self.bb, self.yy)
        )
        cells = None if self.therapists is None else self._cells(self.therapists, pattern, e)
        return Moments(self.basis, covariates, self.tt[first], ww, bw, bb, yy, self.centre, cells)

    def _embedding(self) -> tuple[tuple[Covariate, ...], Floats]:
        """The covariates, and E (G × r × s): of whoever is in a group, w = E z."""
        count, size = self.zz.shape[:2]
        blocks, covariates, number = [np.tile(np.eye(1, size), (count, 1, 1))], [], 0
        for name in self.names:
            if name in self.words:
                covariate = Covariate(name, tuple(np.unique(self.words[name]).tolist()))
                block = np.zeros((count, covariate.width, size))
                block[:, :, 0] = covariate.columns(self.words[name])
            else:
                number += 1
                covariate = Covariate(name)
                block = np.tile(np.eye(1, size, number), (count, 1, 1))
            covariates.append(covariate)
            blocks.append(block)
        return tuple(covariates), np.concatenate(blocks, axis=1)

    def _cells(self, therapists: Labels, pattern: Indices, e: Floats) -> Cells:
        """First moments per therapist and pattern, for the pairs that there are."""
        labels, of_group = np.unique(therapists.astype(str), return_inverse=True)
        size = int(pattern.max(initial=0)) + 1
        pairs, code = np.unique(of_group * size + pattern, return_inverse=True)
        w = (e @ self.zz[:, :, :1])[:, :, 0]
        return Cells(
            tuple(labels.tolist()), pairs // size, pairs % size,
            by_code(w, code, len(pairs)), by_code(self.bz[:, :, 0], code, len(pairs)),
        )  # fmt: skip


def alike(tt: Floats, labels: Sequence[Labels]) -> tuple[Indices, Indices]:
    """A code for each T'T with its labels, the same for the same, and the first of each code."""
    code, first = patterns(tt)
    for each in labels:
        _, place = np.unique(each, return_inverse=True)
        mixed = code * (int(place.max(initial=0)) + 1) + place
        _, first, code = np.unique(mixed, return_index=True, return_inverse=True)
    return code, first
