"""The growth model's index of change: each person's slope beside the mean slope of all.

Speer & Greenbaum, J Consult Clin Psychol 1995;63:1044-1048: the empirical Bayes slope divided by
its conditional standard deviation, from a linear model in time with a level and a slope for each
person (REML). As in the R package clinicalsignificance it says who changed faster or slower than
the others here, so of a group that improves as one, nobody is "improved".
"""

from collections import defaultdict
from collections.abc import Sequence
from math import sqrt

from holdspace.office.outcomes.statistics.growth.design import Basis, CannotFit
from holdspace.office.outcomes.statistics.growth.fitting import Fit, fit
from holdspace.office.outcomes.statistics.growth.prediction import Course, effects
from holdspace.office.outcomes.statistics.growth.rows import Rows, sums
from holdspace.office.outcomes.statistics.indices import CannotCompare
from holdspace.office.outcomes.statistics.saying import Sentence, Why
from holdspace.office.outcomes.statistics.table import Score, time_key

Given = dict[str, list[tuple[float, float]]]  # of each person, (time, score)


def slopes(scores: Sequence[Score], pre: str, post: str) -> dict[str, float]:
    """Return each person's index from all scores between two times, those included.

    CannotCompare for times that are no numbers, where nobody has three scores, and where the
    model finds no difference between slopes or cannot be fitted.
    """
    given = _between(scores, pre, post)
    if not any(len(of) > 2 for of in given.values()):
        raise CannotCompare(Why.FEW_SCORES.of())
    rows = [(person, *each) for person, of in given.items() for each in of]
    person, time, score = zip(*rows, strict=True)
    try:
        found = fit(sums(Rows(person, time, score), Basis.TIME))
    except CannotFit as error:
        why = error.args[0]
        raise CannotCompare(why if isinstance(why, Sentence) else Why.NO_FIT.of()) from error
    return {person: _index(found, of) for person, of in given.items()}


def _between(scores: Sequence[Score], pre: str, post: str) -> Given:
    first, last = time_key(pre), time_key(post)
    if isinstance(first, str) or isinstance(last, str):
        raise CannotCompare(Why.NO_TIMES.of())
    given: Given = defaultdict(list)
    for one in scores:
        time = time_key(one.time)
        if isinstance(time, str):
            raise CannotCompare(Why.TIME_IN_ROW.of(row=one.row, time=one.time))
        if one.score is not None and min(first, last) <= time <= max(first, last):
            given[one.person].append((time, one.score))
    return given


def _index(found: Fit, of: Sequence[tuple[float, float]]) -> float:
    times, scores = zip(*of, strict=True)
    of_person = effects(found, Course(times, scores))
    spread = float(of_person.covariance[1, 1])
    if spread <= 1e-12 * float(found.residual) ** 2:
        raise CannotCompare(Why.SAME_SLOPES.of())
    return float(of_person.mean[1]) / sqrt(spread)
