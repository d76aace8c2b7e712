"""Where exactly everybody stands: one least-squares answer for all rows at once.

Children want to stand under the middle of their parents, partners near each other, siblings close;
nobody comes nearer than their words allow. With the distances beyond the least ones as unknowns
this is least squares over numbers that are not negative (Lawson and Hanson 1974, chapter 23, as
scipy.optimize.nnls solves it): it has one answer, and a little change of the family changes it a
little.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

Want = tuple[Mapping[str, float], float, float]  # weights of the places, what they make, how much
Vector = NDArray[np.float64]


def spaced(
    rows: Sequence[Sequence[str]], least: Mapping[tuple[str, str], float], wants: Sequence[Want]
) -> dict[str, float]:
    """The place of each in units of the drawing, the leftmost at 0.

    `rows` from left to right; `least` is the smallest distance between neighbours; each want says
    that a weighted sum of places should be some number, and how much that matters.
    """
    names = [one for row in rows for one in row]
    if not names:
        return {}
    column = {one: at for at, one in enumerate(names)}
    step = np.zeros((len(names), len(names)))
    start = np.zeros(len(names))
    for row in rows:
        for at, one in enumerate(row):
            step[column[one], [column[before] for before in row[: at + 1]]] = 1
            if at:
                before = row[at - 1]
                start[column[one]] = start[column[before]] + least[before, one]
    asked = np.zeros((len(wants), len(names)))
    made = np.zeros(len(wants))
    for at, (places, sum_of_them, weight) in enumerate(wants):
        for one, share in places.items():
            asked[at, column[one]] += share * weight
        made[at] = sum_of_them * weight
    beyond, _rest = nnls(
        np.vstack([asked @ step, 1e-3 * np.eye(len(names))]),
        np.concatenate([made - asked @ start, np.zeros(len(names))]),
        maxiter=30 * len(names) + 30,
    )
    found = step @ beyond + start
    return dict(zip(names, (found - found.min()).tolist(), strict=True))
