"""The profiled likelihood of sums and its exact gradient, at two or three levels.

Person i: y = X β + T u + e with e ~ N(0, σ² I) and u ~ N(0, σ² Λ Λ'); with therapists also T v,
v ~ N(0, σ² Π Π'). σ² and β are profiled out. By Woodbury's identity all that is left to do are
q × q matrices of each pattern. Names follow docs/explanation/growth-model.md.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from holdspace.office.outcomes.statistics.growth.design import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Nested:
    """First moments of J therapists, as sparse matrices (J × P)."""

    w: tuple[sparse.csr_array, ...]  # r of them: Σw, the first of which counts persons
    b: tuple[sparse.csr_array, ...]  # q of them: Σb

    @property
    def count(self) -> int:
        """How many therapists there are."""
        return int(self.w[0].shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Sums whose T, w and y were brought to one size, and the products that are the fixed part."""

    tt: Floats  # P × q × q
    ww: Floats  # P × r × r
    bw: Floats  # P × q × r
    bb: Floats  # P × q × q
    yy: float
    pick: Floats  # r q × p: which covariate × basis, by columns
    is_reml: bool
    nested: Nested | None = None

    @property
    def counts(self) -> Floats:
        """Persons of each pattern."""
        return self.ww[:, 0, 0]

    @property
    def scores(self) -> float:
        """The number N of scores."""
        return float(self.counts @ self.tt[:, 0, 0])

    @property
    def freedom(self) -> float:
        """ν: N, less the coefficients under REML."""
        return self.scores - (self.pick.shape[1] if self.is_reml else 0)


@dataclass(frozen=True, slots=True, eq=False)
class Persons:
    """What is left of each pattern once u is out."""

    shrink: Floats  # L = Λ (I + Λ'T'TΛ)⁻¹ Λ'
    h: Floats  # H = I − T'T L, so that T'V⁻¹y = H b
    k: Floats  # K = H T'T = T'V⁻¹T
    log_det: float


@dataclass(frozen=True, slots=True, eq=False)
class Therapists:
    """What is left of each therapist once v is out."""

    shrink: Floats  # E, J × q × q
    k: Floats  # Σ K over the therapist's persons
    f: Floats  # Σ K A: J × q × p
    h: Floats  # Σ H b: J × q
    log_det: float


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """The likelihood at given factors: −2 log L, β, its covariance over σ², σ², and the parts."""

    value: float
    beta: Floats
    inverse: Floats  # (X'V⁻¹X)⁻¹
    variance: float  # σ²
    persons: Persons
    therapists: Therapists | None

    @property
    def effects(self) -> Floats:
        """V of each therapist (J × q)."""
        assert self.therapists is not None  # noqa: S101 - asked for at three levels only
        of = self.therapists
        return np.asarray(np.einsum("jik,jk->ji", of.shrink, of.h - of.f @ self.beta))


def evaluate(problem: Problem, factors: list[Floats]) -> Point:
    """The point at Λ, or at Λ and Π."""
    persons = _persons(problem, factors[0])
    r, q = problem.ww.shape[1], problem.tt.shape[1]
    pick = problem.pick
    xx = np.tensordot(problem.ww, persons.k, axes=(0, 0)).swapaxes(1, 2).reshape(r * q, r * q)
    xx = pick.T @ xx @ pick
    xy = pick.T @ (persons.h @ problem.bw).sum(axis=0).T.ravel()
    yy = problem.yy - float(np.sum(persons.shrink * problem.bb))
    log_det, therapists = persons.log_det, None
    if len(factors) > 1 and problem.nested is not None:
        therapists = _therapists(problem, problem.nested, persons, factors[1])
        ef = therapists.shrink @ therapists.f
        flat = ef.reshape(-1, pick.shape[1])
        xx = xx - therapists.f.reshape(flat.shape).T @ flat
        xy = xy - flat.T @ therapists.h.ravel()
        yy -= float(np.einsum("ji,jik,jk->", therapists.h, therapists.shrink, therapists.h))
        log_det += therapists.log_det
    inverse = np.asarray(np.linalg.inv(xx), dtype=float)
    beta = inverse @ xy
    rest, freedom = yy - float(beta @ xy), problem.freedom
    if problem.is_reml:
        log_det += float(np.linalg.slogdet(xx)[1])
    value = log_det + freedom * (1 + math.log(2 * math.pi * rest / freedom))
    return Point(value, beta, inverse, rest / freedom, persons, therapists)


def _shrunk(inner: Floats, factor: Floats) -> tuple[Floats, Floats]:
    """F (I + F'SF)⁻¹ F' for many S, and log |I + F'SF|; F may be singular."""
    middle = np.eye(len(factor)) + factor.T @ inner @ factor
    return factor @ np.linalg.inv(middle) @ factor.T, np.linalg.slogdet(middle)[1]


def _persons(problem: Problem, factor: Floats) -> Persons:
    shrink, log_dets = _shrunk(problem.tt, factor)
    h = np.eye(len(factor)) - problem.tt @ shrink
    k = h @ problem.tt
    return Persons(shrink, h, (k + k.swapaxes(1, 2)) / 2, float(problem.counts @ log_dets))


def _therapists(problem: Problem, nested: Nested, persons: Persons, factor: Floats) -> Therapists:
    q, count = len(factor), nested.count
    flat = persons.k.reshape(-1, q * q)
    sums = [np.asarray(w @ flat).reshape(count, q, q) for w in nested.w]
    f = np.stack(sums, axis=2).reshape(count, q, -1) @ problem.pick
    h = sum(np.asarray(b @ persons.h[:, :, a]) for a, b in enumerate(nested.b))
    shrink, log_dets = _shrunk(sums[0], factor)
    return Therapists(shrink, sums[0], f, np.asarray(h), float(log_dets.sum()))


def curvatures(problem: Problem, point: Point) -> list[Floats]:
    """Q of each level: the gradient of −2 log L with respect to a factor F is 2 Q F."""
    if point.therapists is None or problem.nested is None:
        return [_of_persons(problem, point, _Seen.alone(problem, point))]
    seen = _Seen.nested(problem, problem.nested, point, point.therapists)
    return [_of_persons(problem, point, seen), _of_therapists(problem, point, point.therapists)]


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """By pattern, what the gradient for persons is made of; therapists change all four."""

    bm: Floats  # Σ b m', m = the mean of the person in the basis (B w, and v)
    mm: Floats  # Σ m m'
    kk: Floats  # Σ K (K − K E K with therapists)
    fixed: Floats  # Σ A C A' (with therapists A − E F instead of A); nought without REML

    @classmethod
    def alone(cls, problem: Problem, point: Point) -> "_Seen":
        """Without therapists."""
        means = _means(problem, point)
        kk = problem.counts[:, None, None] * point.persons.k
        fixed = np.zeros_like(kk)
        if problem.is_reml:
            fixed = np.einsum("gab,aibj->gij", problem.ww, _spread(problem, point), optimize=True)
        return cls(problem.bw @ means.T, means @ problem.ww @ means.T, kk, fixed)

    @classmethod
    def nested(
        cls, problem: Problem, nested: Nested, point: Point, therapists: Therapists
    ) -> "_Seen":
        """With therapists."""
        alone, means, effects = cls.alone(problem, point), _means(problem, point), point.effects
        q, shrink, k = effects.shape[1], therapists.shrink, point.persons.k

        def down(parts: tuple[sparse.csr_array, ...], values: Floats) -> Floats:
            flat = values.reshape(len(values), -1)
            return np.stack([np.asarray(part.T @ flat) for part in parts], axis=1)

        def shared(values: Floats) -> Floats:
            return down(nested.w[:1], values).reshape(-1, q, q)

        crossed = means @ down(nested.w, effects)
        squares = shared(effects[:, :, None] * effects[:, None, :])
        fixed = alone.fixed
        if problem.is_reml:
            ef, c = shrink @ therapists.f, point.inverse
            y = np.einsum("ab,jib->jai", problem.pick @ c, ef).reshape(len(ef), -1, q, q)
            both = sum(down((w,), y[:, a]).reshape(-1, q, q) for a, w in enumerate(nested.w))
            fixed = fixed - both - np.swapaxes(both, 1, 2) + shared(ef @ c @ ef.swapaxes(1, 2))
        return cls(
            alone.bm + down(nested.b, effects),
            alone.mm + crossed + crossed.swapaxes(1, 2) + squares,
            alone.kk - k @ shared(shrink) @ k,
            fixed,
        )


def _means(problem: Problem, point: Point) -> Floats:
    """B (q × r): A β = B w."""
    return (problem.pick @ point.beta).reshape(-1, problem.tt.shape[1]).T


def _spread(problem: Problem, point: Point) -> Floats:
    """The covariance of β in terms of covariate × basis: r × q × r × q."""
    r, q = problem.ww.shape[1], problem.tt.shape[1]
    return (problem.pick @ point.inverse @ problem.pick.T).reshape(r, q, r, q)


def _of_persons(problem: Problem, point: Point, seen: _Seen) -> Floats:
    h, k = point.persons.h, point.persons.k
    cross = h @ seen.bm @ k
    squares = h @ problem.bb @ h.swapaxes(1, 2) - cross - cross.swapaxes(1, 2) + k @ seen.mm @ k
    return np.asarray((seen.kk - k @ seen.fixed @ k - squares / point.variance).sum(axis=0))


def _of_therapists(problem: Problem, point: Point, of: Therapists) -> Floats:
    ke = of.k @ of.shrink
    left = of.h - of.f @ point.beta - np.einsum("jik,jk->ji", of.k, point.effects)
    found = (of.k - ke @ of.k).sum(axis=0) - left.T @ left / point.variance
    if problem.is_reml:
        ff = of.f - ke @ of.f
        found = found - np.einsum("jia,ab,jkb->ik", ff, point.inverse, ff, optimize=True)
    return np.asarray(found)
