"""Differences between therapists, shrunk by what so few clients can tell; for the therapist alone.

Share between therapists: about 5 % (Wampold & Brown, J Consult Clin Psychol 2005;73:914-923;
Saxon et al. 2017, PMC5550525). One-way random effects by the analysis of variance; Spearman-Brown
reliability of a mean. Not supported: unequal case mix, which is taken out before (residuals).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from holdspace.office.outcomes.statistics.indices import CannotCompare, Scores


@dataclass(frozen=True, slots=True)
class Shrunk:
    """One therapist: clients, their mean, its reliability from 0 to 1, and the shrunken effect.

    `effect` is off the mean of all, in points of the outcome; `error` its standard error.
    """

    n: int
    mean: float
    reliability: float
    effect: float
    error: float


@dataclass(frozen=True, slots=True)
class Between:
    """The share of variance between therapists (0 to 1), the mean of all, and each therapist."""

    share: float
    mean: float
    therapists: Mapping[str, Shrunk]


def reliability(n: int, share: float) -> float:
    """Return λ = nρ/(1+(n−1)ρ): how much of a mean of n clients is the therapist's."""
    if n < 1 or not 0 <= share < 1:
        raise CannotCompare("A mean needs a client, and a share from 0 to below 1.")
    return n * share / (1 + (n - 1) * share)


def clients_for(wanted: float, share: float) -> float:
    """Return how many clients make a mean so reliable; 76 for .8 where the share is .05."""
    if not (0 < wanted < 1 and 0 < share < 1):
        raise CannotCompare("A reliability and a share are above 0 and below 1.")
    return wanted / (1 - wanted) * (1 - share) / share


def design_effect(clients: float, share: float) -> float:
    """Return 1+(m̄−1)ρ, by which variances grow with so many clients a therapist."""
    return 1 + (clients - 1) * share


def between(
    outcomes: Mapping[str, Sequence[float] | Scores], *, share: float | None = None
) -> Between:
    """Return each therapist's shrunken effect; outcomes are gains, positive is better.

    The share is estimated unless given, and never below 0: then nobody differs from the mean.
    CannotCompare with fewer than two therapists, or no therapist with two clients.
    """
    groups = {name: np.asarray(of, float) for name, of in outcomes.items() if len(of)}
    sizes = np.array([len(of) for of in groups.values()])
    if len(groups) < 2 or sizes.max() < 2:
        raise CannotCompare("Two therapists are needed, and one of them with two clients.")
    every = np.concatenate(list(groups.values()))
    within = sum(float(((of - of.mean()) ** 2).sum()) for of in groups.values())
    noise = within / (len(every) - len(groups))
    if share is None:
        means = np.array([of.mean() for of in groups.values()])
        apart = float((sizes * (means - every.mean()) ** 2).sum()) / (len(groups) - 1)
        typical = (len(every) - (sizes**2).sum() / len(every)) / (len(groups) - 1)
        true = max(0.0, (apart - noise) / typical)
        share = float(true / (true + noise)) if true + noise > 0 else 0.0
    return Between(share, *_shrunk(groups, share, noise))


def _shrunk(
    groups: Mapping[str, Scores], share: float, noise: float
) -> tuple[float, dict[str, Shrunk]]:
    """Weigh the means by their reliability, and pull each towards the mean of all."""
    certain = min(share, 1 - 1e-12)
    known = {name: reliability(len(of), certain) for name, of in groups.items()}
    weights = [known[name] if share else len(of) for name, of in groups.items()]
    mean = float(np.average([of.mean() for of in groups.values()], weights=weights))
    true = certain / (1 - certain) * noise
    return mean, {
        name: Shrunk(
            n=len(of),
            mean=float(of.mean()),
            reliability=known[name],
            effect=known[name] * (float(of.mean()) - mean),
            error=float(np.sqrt(true * (1 - known[name]))),
        )
        for name, of in groups.items()
    }
