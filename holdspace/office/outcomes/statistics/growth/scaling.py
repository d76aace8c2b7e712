"""Sums brought to one size before they are fitted, and a sentence where no fit can be had.

Scores are taken about their mean in units of their standard deviation, the basis and the
covariates turned so that their mean square is the identity, and the fixed part so that its columns
are orthonormal. The likelihood then has no units, and its optimiser needs no scale.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from holdspace.office.outcomes.statistics.growth.design import CannotFit, Design, Floats, Indices
from holdspace.office.outcomes.statistics.growth.likelihood import Nested, Problem
from holdspace.office.outcomes.statistics.growth.moments import Moments
from holdspace.office.outcomes.statistics.saying import Why

DEPENDENT = 1e-9  # smallest eigenvalue of a correlation matrix that is still taken as independent
NOTHING = 1e-10  # share of the scores' variance that is taken as rounding


@dataclass(frozen=True, slots=True, eq=False)
class Scaled:
    """A problem, and what leads back from its units to those of the scores."""

    problem: Problem
    mean: float  # of the scores
    spread: float  # their standard deviation
    turn: Floats  # q × q: the basis times this has identity mean square; Λ = turn Λ~
    triangle: Floats  # p × p: β~ = triangle β / spread

    def deviance(self, value: float) -> float:
        """−2 log L in the units of the scores."""
        found = value + 2 * self.problem.freedom * math.log(self.spread)
        if self.problem.is_reml:
            found += 2 * float(np.log(np.abs(np.diag(self.triangle))).sum())
        return found


def scaled(moments: Moments, design: Design, *, is_reml: bool) -> Scaled:
    """The problem of these sums; CannotFit where they do not determine a model."""
    if moments.people < 2:
        raise CannotFit(Why.ONE_ALONE.of())
    if moments.people <= len(design.kept):
        raise CannotFit("As much is known of each person as there are people.")
    mean = moments.mean
    about = moments.around(mean)
    total, kept, n = float(about.yy.sum()), design.kept, moments.scores
    spread = math.sqrt(max(total, 0.0) / n)
    if spread <= 1e-7 * abs(mean) or spread == 0.0:
        raise CannotFit(Why.ALL_THE_SAME.of())
    turn = _turn(np.tensordot(about.counts, about.tt, 1) / n, "All scores are from the same time.")
    ww = about.ww[:, kept][:, :, kept]
    dependent = "The covariates repeat one another, or one is the same for everybody."
    cover = _turn(ww.sum(axis=0) / moments.people, dependent)
    back = np.kron(np.linalg.inv(cover), np.linalg.inv(turn)) @ design.selection
    pick, triangle = np.linalg.qr(back)
    problem = Problem(
        turn.T @ about.tt @ turn,
        cover.T @ ww @ cover,
        turn.T @ about.bw[:, :, kept] @ cover / spread,
        turn.T @ about.bb @ turn / spread**2,
        total / spread**2,
        pick,
        is_reml,
        _nested(about, turn / spread, kept, cover),
    )
    _is_determined(problem)
    return Scaled(problem, mean, spread, turn, triangle)


def _turn(square: Floats, otherwise: str) -> Floats:
    """C (upper triangular) with C' square C = I; CannotFit where there is none."""
    sizes = np.sqrt(np.diag(square))
    if not sizes.all() or np.linalg.eigvalsh(square / np.outer(sizes, sizes))[0] < DEPENDENT:
        raise CannotFit(otherwise)
    return np.asarray(np.linalg.inv(np.linalg.cholesky(square)).T)


def _nested(about: Moments, turn: Floats, kept: Indices, cover: Floats) -> Nested | None:
    cells = about.cells
    if cells is None:
        return None
    if len(cells.labels) < 2:
        raise CannotFit("One therapist alone says nothing about how therapists differ.")
    if len(cells.labels) >= about.people:
        raise CannotFit("Every therapist has one person: the two cannot be told apart.")
    shape, at = (len(cells.labels), len(about.tt)), (cells.cluster, cells.pattern)

    def matrices(columns: Floats) -> tuple[sparse.csr_array, ...]:
        return tuple(sparse.csr_array((column, at), shape=shape) for column in columns.T)

    return Nested(matrices(cells.w[:, kept] @ cover), matrices(cells.b @ turn))


def _is_determined(problem: Problem) -> None:
    """CannotFit unless coefficients and residual can be told from one another."""
    r, q = problem.ww.shape[1], problem.tt.shape[1]
    plain = np.tensordot(problem.ww, problem.tt, axes=(0, 0)).swapaxes(1, 2)
    normal = problem.pick.T @ plain.reshape(r * q, r * q) @ problem.pick
    if np.linalg.eigvalsh(normal)[0] < DEPENDENT * problem.scores:
        raise CannotFit("Too few people with several scores to tell the slopes of the covariates.")
    ranks = np.linalg.matrix_rank(problem.tt, tol=1e-9, hermitian=True)
    if problem.counts @ (problem.tt[:, 0, 0] - ranks) < 0.5 or problem.freedom < 1:
        raise CannotFit("Nobody has more scores than a course of their own could pass through.")
    inside = np.linalg.pinv(problem.tt, rcond=1e-9, hermitian=True)
    within = problem.yy - float(np.sum(inside * problem.bb))
    if within < NOTHING * problem.scores:
        raise CannotFit(Why.ON_A_COURSE.of())
