"""The search for the factors Λ and Π of greatest likelihood.

The gradient 2 Q F vanishes wherever a column of the factor F does, so a search that is bounded at
nought can stop at a false singular fit. This one is unbounded, and takes a singular factor only
where Q has no negative direction: where more variance would not raise the likelihood.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from scipy.optimize import minimize

from holdspace.office.outcomes.statistics.growth.design import CannotFit, Floats
from holdspace.office.outcomes.statistics.growth.likelihood import (
    Point,
    Problem,
    curvatures,
    evaluate,
)  # fmt: skip

WARM_UP: Final = 4  # steps of EM
POLISHES: Final = 12  # steps of Newton, at most
ATTEMPTS: Final = 4
STEP: Final = 1e-5  # of the differences of the gradient
AT_REST: Final = 1e-6  # gradient per score at which a search may have ended
FEW: Final = 100  # people below which two valleys were seen, with three therapists or none
FLAT: Final = 1e-3  # singular values of a factor below this may be a false stop


@dataclass(slots=True)
class Search:
    """A search over the lower triangles of the factors, one after the other."""

    problem: Problem
    steps: int = 0
    evaluations: int = 0
    _at: tuple[list[int], list[int]] = field(init=False)

    def __post_init__(self) -> None:
        rows, columns = np.tril_indices(self.problem.tt.shape[1])
        self._at = (rows.tolist(), columns.tolist())

    def factors(self, x: Floats) -> list[Floats]:
        """Lower triangular matrices from their entries."""
        q, found = self.problem.tt.shape[1], []
        for part in np.split(x, 2 if self.problem.nested else 1):
            factor = np.zeros((q, q))
            factor[self._at] = part
            found.append(factor)
        return found

    def entries(self, squares: list[Floats]) -> Floats:
        """The entries of lower triangular roots of squares, which may be singular."""
        return np.concatenate([root(square)[self._at] for square in squares])

    def look(self, x: Floats) -> tuple[float, Floats]:
        """−2 log L and its gradient."""
        self.evaluations += 1
        factors = self.factors(x)
        point = evaluate(self.problem, factors)
        pairs = zip(curvatures(self.problem, point), factors, strict=True)
        return point.value, np.concatenate([(2 * q @ f)[self._at] for q, f in pairs])

    def run(self) -> tuple[list[Floats], Point]:
        """The factors and the point there; CannotFit where the search does not come to rest."""
        x = self._descended(self._warmed_up((1.0, 0.1)))
        if self.problem.counts.sum() < FEW or (self.problem.nested and self._least(x) < FLAT):
            other = self._descended(self._warmed_up((0.1, 1.0)))
            x = min(x, other, key=lambda each: self.look(each)[0])
        x = self._cleared(x)
        if np.abs(self.look(x)[1]).max() > AT_REST * self.problem.scores:
            raise CannotFit("The search for the most likely model did not come to rest.")
        factors = self.factors(x)
        return factors, evaluate(self.problem, factors)

    def _descended(self, x: Floats) -> Floats:
        """The bottom of the valley that x lies in."""
        for _ in range(ATTEMPTS):
            found = minimize(self.look, x, jac=True, method="BFGS", options={"gtol": 1e-6})
            self.steps += int(found.nit)
            x = self._polished(np.asarray(found.x))
            if not self._stopped_too_early(x):
                break
            x = x + 0.05 * np.concatenate([np.eye(len(f))[self._at] for f in self.factors(x)])
        return x

    def _warmed_up(self, start: tuple[float, float]) -> Floats:
        """A few steps of EM, which is G ← G − G Q G / (persons, or therapists)."""
        units = [float(self.problem.counts.sum())]
        if self.problem.nested:
            units.append(self.problem.nested.count)
        squares = [size * np.eye(self.problem.tt.shape[1]) for size in start[: len(units)]]
        for _ in range(WARM_UP):
            point = evaluate(self.problem, [root(square) for square in squares])
            three = zip(squares, curvatures(self.problem, point), units, strict=True)
            squares = [g - g @ q @ g / unit for g, q, unit in three]
        self.steps += WARM_UP
        return self.entries(squares)

    def _polished(self, x: Floats) -> Floats:
        """Newton's steps, with second derivatives from differences of the exact gradient."""
        value, gradient = self.look(x)
        for _ in range(POLISHES):
            sizes, axes = np.linalg.eigh(self._hessian(x))
            sizes = np.abs(sizes)
            along = np.where(sizes < 1e-8 * sizes.max(), 0.0, axes.T @ gradient)
            new = x - axes @ (along / np.where(along == 0.0, 1.0, sizes))
            then, slope = self.look(new)
            if then > value + 1e-12 * abs(value):
                break
            step, x, value, gradient = np.abs(new - x).max(), new, then, slope
            self.steps += 1
            if step < 1e-10:
                break
        return x

    def _hessian(self, x: Floats) -> Floats:
        steps = STEP * np.eye(len(x))
        rows = [(self.look(x + e)[1] - self.look(x - e)[1]) / (2 * STEP) for e in steps]
        found = np.stack(rows)
        return np.asarray((found + found.T) / 2)

    def _stopped_too_early(self, x: Floats) -> bool:
        """Whether a factor is (nearly) singular though more variance would be more likely."""
        if self._least(x) > FLAT:
            return False
        found = curvatures(self.problem, evaluate(self.problem, self.factors(x)))
        least = min(np.linalg.eigvalsh(q).min() for q in found)
        return bool(least < -AT_REST * self.problem.scores - 1e-4)

    def _least(self, x: Floats) -> float:
        """The smallest singular value of a factor."""
        return min(float(np.linalg.svd(f)[1].min()) for f in self.factors(x))

    def _cleared(self, x: Floats) -> Floats:
        """What is only nearly singular made so, where that is as likely."""
        squares = []
        for factor in self.factors(x):
            sizes, axes = np.linalg.eigh(factor @ factor.T)
            squares.append((axes * np.where(sizes < FLAT**2, 0.0, sizes)) @ axes.T)
        cleared = self.entries(squares)
        old, new = self.look(x)[0], self.look(cleared)[0]
        return cleared if new <= old + 1e-9 * abs(old) else x


def root(square: Floats) -> Floats:
    """A lower triangular F with F F' = square and no negative diagonal; square may be singular."""
    sizes, axes = np.linalg.eigh((square + square.T) / 2)
    half = (axes * np.sqrt(np.clip(sizes, 0.0, None))).T
    lower = np.linalg.qr(half)[1].T
    return np.asarray(lower * np.where(np.diag(lower) < 0, -1.0, 1.0))
