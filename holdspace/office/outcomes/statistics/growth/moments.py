"""The sums that a growth model is fitted from: exact, additive, and free of any person's row.

With y = scores, T = the basis in time and w = a person's covariates, y enters the likelihood only
through b = T'y and y'y, and the design only through T'T and w. Persons with the same T'T form a
pattern; of each pattern only N, Σww', Σbw', Σbb' and Σy'y are kept. With therapists as a third
level, first moments per therapist and pattern are enough. The derivation is in
docs/explanation/growth-model.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from holdspace.office.outcomes.statistics.growth.design import (
    Basis,
    CannotFit,
    Covariate,
    Design,
    Floats,
    Indices,
)  # fmt: skip

DIGITS = 10  # of T'T that tell patterns apart: sums in another order differ in the sixteenth


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """First moments per cluster (therapist) and pattern."""

    labels: tuple[str, ...]
    cluster: Indices  # of each cell, a place in `labels`
    pattern: Indices  # of each cell, a place among the patterns
    w: Floats  # cells × r: Σw, of which the first is the number of persons
    b: Floats  # cells × q: Σb


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Sums of courses by pattern; `+` gives the sums that the rows of both would give.

    Shapes: tt (patterns, q, q), ww (patterns, r, r), bw (patterns, q, r), bb (patterns, q, q),
    yy (patterns). Scores were taken minus `centre`.
    """

    basis: Basis
    covariates: tuple[Covariate, ...]
    tt: Floats
    ww: Floats
    bw: Floats
    bb: Floats
    yy: Floats
    centre: float
    cells: Cells | None = None

    @property
    def counts(self) -> Floats:
        """Persons of each pattern."""
        return self.ww[:, 0, 0]

    @property
    def people(self) -> int:
        """How many persons (courses) there are."""
        return round(float(self.counts.sum()))

    @property
    def scores(self) -> int:
        """How many scores there are."""
        return round(float(self.counts @ self.tt[:, 0, 0]))

    @property
    def mean(self) -> float:
        """The mean of all scores."""
        return self.centre + float(self.bw[:, 0, 0].sum()) / self.scores

    def around(self, centre: float) -> Self:
        """The same sums, with scores taken minus another number."""
        by = centre - self.centre
        ones = self.tt[:, :, 0]  # T'1, as the basis begins with 1
        both = self.bw[:, :, 0][:, :, None] * ones[:, None, :]
        square = self.counts[:, None, None] * ones[:, :, None] * ones[:, None, :]
        bb = self.bb - by * (both + both.swapaxes(1, 2)) + by**2 * square
        yy = self.yy - 2 * by * self.bw[:, 0, 0] + by**2 * square[:, 0, 0] / ones[:, 0]
        bw = self.bw - by * ones[:, :, None] * self.ww[:, :1, :]
        cells = self.cells
        if cells is not None:
            cells = replace(cells, b=cells.b - by * cells.w[:, :1] * ones[cells.pattern])
        return replace(self, bw=bw, bb=bb, yy=yy, centre=centre, cells=cells)

    def __add__(self, other: "Moments") -> "Moments":
        """Both together; CannotFit where they answer different questions."""
        covariates = _united(self, other)
        share = other.scores / (self.scores + other.scores)
        centre = self.centre + share * (other.centre - self.centre)
        one, two = (_spread(each, covariates).around(centre) for each in (self, other))
        pattern, first = patterns(np.concatenate([one.tt, two.tt]))

        def joined(a: Floats, b: Floats) -> Floats:
            return by_code(np.concatenate([a, b]), pattern, len(first))

        return Moments(
            self.basis, covariates, np.concatenate([one.tt, two.tt])[first],
            joined(one.ww, two.ww), joined(one.bw, two.bw), joined(one.bb, two.bb),
            joined(one.yy, two.yy), centre, _cells_of_both(one, two, pattern),
        )  # fmt: skip

    def only(self, keep: Indices) -> Self:
        """The sums of the persons of some patterns, at two levels."""
        parts = {name: getattr(self, name)[keep] for name in ("tt", "ww", "bw", "bb", "yy")}
        return replace(self, **parts, cells=None)

    def to_json(self) -> dict[str, Any]:
        """As plain values; numbers keep every digit."""
        cells, design = self.cells, Design(self.basis, self.covariates).to_json()
        arrays = {name: getattr(self, name).tolist() for name in ("tt", "ww", "bw", "bb", "yy")}
        inner = cells and {
            "labels": list(cells.labels),
            **{name: getattr(cells, name).tolist() for name in ("cluster", "pattern", "w", "b")},
        }
        return {
            "basis": design["basis"], "covariates": design["covariates"],
            "centre": self.centre, **arrays, "cells": inner,
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """From what `to_json` gave; CannotFit where the parts do not belong together."""
        try:
            return cls._read(kept)
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise CannotFit("These are not the sums of a growth model.") from wrong

    @classmethod
    def _read(cls, kept: Mapping[str, Any]) -> Self:
        design = Design.from_json({**kept, "level_only": ()})
        size, width, count = design.size, design.width, len(kept["tt"])

        def read(name: str, *shape: int) -> Floats:
            return _array(kept[name], (count, *shape))

        cells = kept["cells"]
        return cls(
            design.basis, design.covariates, read("tt", size, size), read("ww", width, width),
            read("bw", size, width), read("bb", size, size), read("yy"), float(kept["centre"]),
            cells and _read_cells(cells, count, width, size),
        )  # fmt: skip


def patterns(tt: Floats) -> tuple[Indices, Indices]:
    """A code for each T'T, the same for those that are the same, and the first of each code.

    Ten significant digits count. T'T is packed: of q × q only the upper half is looked at.
    """
    code = np.zeros(len(tt), dtype=np.intp)
    first = np.zeros(min(1, len(tt)), dtype=np.intp)
    for i, j in zip(*np.triu_indices(tt.shape[1]), strict=True):
        column = tt[:, i, j]
        most = float(np.abs(column).max(initial=0.0)) or 1.0
        _, place = np.unique(np.round(column / most, DIGITS), return_inverse=True)
        mixed = code * (place.max(initial=0) + 1) + place
        _, first, code = np.unique(mixed, return_index=True, return_inverse=True)
    return code, first


def by_code(values: NDArray[np.number], code: Indices, size: int) -> Floats:
    """Sums of rows of any shape with the same code: size × the shape of a row."""
    flat = values.reshape(len(values), -1)
    sums = [np.bincount(code, column, size) for column in flat.T]
    return np.stack(sums, axis=1).astype(float).reshape(size, *values.shape[1:])


def _united(one: Moments, two: Moments) -> tuple[Covariate, ...]:
    """The covariates of both, with the levels that either knows."""
    alike = [(m.basis, [(c.name, bool(c.levels)) for c in m.covariates]) for m in (one, two)]
    if alike[0] != alike[1] or (one.cells is None) != (two.cells is None):
        raise CannotFit("These sums have another basis, other covariates or other levels.")
    pairs = zip(one.covariates, two.covariates, strict=True)
    return tuple(Covariate(a.name, tuple(sorted({*a.levels, *b.levels}))) for a, b in pairs)


def _spread(of: Moments, covariates: tuple[Covariate, ...]) -> Moments:
    """The same sums with a column for each level that any of them knows."""
    places, at = [0], 1
    for mine, all_ in zip(of.covariates, covariates, strict=True):
        places += [at + all_.levels.index(word) for word in mine.levels] or [at]
        at += all_.width
    embed = np.zeros((len(places), at))
    embed[np.arange(len(places)), places] = 1.0
    cells = of.cells and replace(of.cells, w=of.cells.w @ embed)
    return replace(
        of, covariates=covariates, ww=embed.T @ of.ww @ embed, bw=of.bw @ embed, cells=cells
    )


def _cells_of_both(one: Moments, two: Moments, pattern: Indices) -> Cells | None:
    """The cells under the patterns of both; therapists with the same label are one."""
    if one.cells is None or two.cells is None:
        return None
    a, b = one.cells, two.cells
    labels, cluster = np.unique(np.asarray([*a.labels, *b.labels], str), return_inverse=True)
    of_cell = np.concatenate([cluster[a.cluster], cluster[len(a.labels) + b.cluster]])
    within = pattern[np.concatenate([a.pattern, len(one.tt) + b.pattern])]
    both, code = np.unique(of_cell * len(pattern) + within, return_inverse=True)
    w = by_code(np.concatenate([a.w, b.w]), code, len(both))
    sums = by_code(np.concatenate([a.b, b.b]), code, len(both))
    return Cells(tuple(labels.tolist()), both // len(pattern), both % len(pattern), w, sums)


def _array(values: Any, shape: tuple[int, ...]) -> Floats:
    found = np.asarray(values, dtype=float)
    if found.shape != shape or not np.isfinite(found).all():
        raise ValueError(shape)
    return found


def _read_cells(kept: Mapping[str, Any], count: int, width: int, size: int) -> Cells:
    labels = tuple(str(label) for label in kept["labels"])
    places = [np.asarray(kept[name], dtype=np.intp) for name in ("cluster", "pattern")]
    for place, most in zip(places, (len(labels), count), strict=True):
        if place.ndim != 1 or (place < 0).any() or (place >= most).any():
            raise ValueError(most)
    cells = len(places[0])
    w, b = _array(kept["w"], (cells, width)), _array(kept["b"], (cells, size))
    return Cells(labels, places[0], places[1], w, b)
