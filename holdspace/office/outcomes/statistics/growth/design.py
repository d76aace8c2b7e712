"""What a growth model is made of: a basis in time, what is known of a person, and the names."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.intp]
# What is known of a person before the course begins: numbers, or words from a list.
Known: TypeAlias = Mapping[str, float | str]


class CannotFit(Exception):
    """The rows or sums do not determine a model; the message says why in one sentence."""


class CannotPredict(Exception):
    """Something that the model needs to know of the person is missing or new to it."""


class Basis(StrEnum):
    """How a course may go: about a level; with a slope in time; with a slope in log(time)."""

    LEVEL = "level"
    TIME = "time"
    LOG_TIME = "log_time"

    @property
    def names(self) -> tuple[str, ...]:
        """The q columns: the level, and the slope where there is one."""
        return ("level",) if self is Basis.LEVEL else ("level", self.value)

    def rows(self, time: ArrayLike) -> Floats:
        """The basis (n × q) at n times; log(1) = 0, so the level is that of the first session."""
        at = np.atleast_1d(np.asarray(time, dtype=float))
        if self is Basis.LEVEL:
            return np.ones((len(at), 1))
        return np.column_stack([np.ones_like(at), np.log(at) if self is Basis.LOG_TIME else at])


@dataclass(frozen=True, slots=True)
class Covariate:
    """Something that is constant within a course: a number, or one of several words (levels)."""

    name: str
    levels: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Columns in the sums: one for a number, one for each level."""
        return len(self.levels) or 1

    def columns(self, values: ArrayLike) -> Floats:
        """The columns (m × width) of m persons; CannotPredict for a word that is no level."""
        if not self.levels:
            return np.asarray(values, dtype=float).reshape(-1, 1)
        words = np.asarray(values, dtype=str).reshape(-1, 1)
        found = np.asarray(words == np.asarray(self.levels), dtype=float)
        if not found.any(axis=1).all():
            new = words[~found.any(axis=1)][0, 0]
            raise CannotPredict(f"The model knows no “{new}” as {self.name}.")
        return found


@dataclass(frozen=True, slots=True)
class Design:
    """A basis and covariates; each covariate acts on level and slope unless `level_only` has it.

    Of a covariate in words the first level is the reference: its coefficients are nought.
    """

    basis: Basis
    covariates: tuple[Covariate, ...] = ()
    level_only: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """The number q of columns of the basis."""
        return len(self.basis.names)

    @property
    def width(self) -> int:
        """The number r of columns in the sums, all levels and the constant counted."""
        return 1 + sum(each.width for each in self.covariates)

    @property
    def kept(self) -> Indices:
        """Which of those columns enter the model: not the reference levels."""
        kept, at = [0], 1
        for each in self.covariates:
            kept.extend(range(at + bool(each.levels), at + each.width))
            at += each.width
        return np.asarray(kept, dtype=np.intp)

    def _terms(self) -> list[tuple[str, tuple[int, int]]]:
        """The fixed part: name, and (kept column, column of the basis), p of them."""
        labels: list[tuple[str, str]] = [("", "")]
        for each in self.covariates:
            words = [f"{each.name}[{level}]" for level in each.levels[1:]]
            labels += [(each.name, word) for word in (words if each.levels else [each.name])]
        found = []
        for a, (name, label) in enumerate(labels):
            for i, basis in enumerate(self.basis.names):
                if i == 0 or name not in self.level_only:
                    both = label if i == 0 and label else f"{label}:{basis}" if label else basis
                    found.append((both, (a, i)))
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """The p coefficients, such as `level`, `log_time`, `age`, `age:log_time`, `kind[group]`."""
        return tuple(name for name, _ in self._terms())

    @property
    def selection(self) -> Floats:
        """The 0/1 matrix R (r q × p) that picks which products of covariate and basis exist."""
        terms, size = self._terms(), self.size
        picked = np.zeros((len(self.kept) * size, len(terms)))
        for column, (_, (a, i)) in enumerate(terms):
            picked[a * size + i, column] = 1.0
        return picked

    def of_person(self, known: Known) -> Floats:
        """A (q × p) of one person: the basis times A is the row of the fixed part."""
        columns = [np.ones((1, 1))]
        for each in self.covariates:
            if each.name not in known:
                raise CannotPredict(f"The model needs to know {each.name}.")
            columns.append(each.columns([known[each.name]]))
        w = np.hstack(columns)[:, self.kept]
        return np.asarray(np.kron(w, np.eye(self.size)) @ self.selection)

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "basis": self.basis.value,
            "covariates": [{"name": c.name, "levels": list(c.levels)} for c in self.covariates],
            "level_only": list(self.level_only),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """From what `to_json` gave."""
        covariates = (Covariate(c["name"], tuple(c["levels"])) for c in kept["covariates"])
        return cls(Basis(kept["basis"]), tuple(covariates), tuple(kept["level_only"]))
