"""A fit as plain values for JSON, and as text."""

from typing import Any

import numpy as np

from holdspace.office.outcomes.statistics.growth.design import Floats, Known
from holdspace.office.outcomes.statistics.growth.fitting import Fit, spread
from holdspace.office.outcomes.statistics.growth.prediction import Course, effects


def as_data(fit: Fit) -> dict[str, Any]:
    """Coefficients with standard errors, what persons and therapists differ by, and the rest."""
    told = zip(fit.design.names, fit.coefficients, fit.standard_errors, strict=True)
    over = fit.between_clusters
    return {
        "method": fit.method.value,
        "basis": fit.design.basis.value,
        "coefficients": [
            {"name": name, "estimate": float(one), "standard_error": float(error)}
            for name, one, error in told
        ],
        "person": _level(fit, fit.between),
        "therapist": None if over is None else _level(fit, over),
        "residual_sd": fit.residual,
        "log_likelihood": fit.log_likelihood,
        "deviance": -2 * fit.log_likelihood,
        "people": fit.people,
        "scores": fit.scores,
        "therapists": None if fit.clusters is None else len(fit.clusters),
        "iterations": fit.iterations,
        "singular": fit.is_singular,
    }


def of_person(fit: Fit, course: Course, known: Known, cluster: str | None) -> dict[str, Any]:
    """The EBLUPs of one person, and the course that they make."""
    own, names = effects(fit, course, known, cluster), fit.design.basis.names
    mean = fit.design.of_person(known) @ fit.coefficients
    of = fit.clusters[cluster].effect if fit.clusters and cluster else None
    whole = mean + own.mean + (0.0 if of is None else np.asarray(of))
    fitted = fit.design.basis.rows(course.times) @ whole
    return {
        "effects": dict(zip(names, own.mean.tolist(), strict=True)),
        "effects_sd": dict(zip(names, np.sqrt(np.diag(own.covariance)).tolist(), strict=True)),
        "therapist_effects": None if of is None else dict(zip(names, of, strict=True)),
        "course": dict(zip(names, whole.tolist(), strict=True)),
        "fitted": [
            {"time": time, "score": score, "fitted": one}
            for time, score, one in zip(course.times, course.scores, fitted.tolist(), strict=True)
        ],
    }


def _level(fit: Fit, covariance: Floats) -> dict[str, Any]:
    deviations, correlations = spread(covariance)
    return {
        "terms": list(fit.design.basis.names),
        "sd": deviations.tolist(),
        "correlations": correlations,
    }


def as_text(data: dict[str, Any]) -> str:
    """The same for people to read."""
    width = max(len(each["name"]) for each in data["coefficients"])
    lines = [
        f"{data['people']} people, {data['scores']} scores, {data['method']}"
        f" ({data['basis']}); log-likelihood {data['log_likelihood']:.6f}",
        "",
        f"{'':{width}}  {'estimate':>12}  {'standard error':>14}",
        *(
            f"{each['name']:{width}}  {each['estimate']:12.6f}  {each['standard_error']:14.6f}"
            for each in data["coefficients"]
        ),
        "",
    ]
    for name in ("person", "therapist"):
        if data[name]:
            lines += _differ(name, data[name])
    lines.append(f"Residual: SD {data['residual_sd']:.6f}")
    if data["singular"]:
        lines.append("Some of these differences are no more than chance: the fit is singular.")
    for person, found in data.get("predicted", {}).items():
        told = ", ".join(f"{name} {value:+.6f}" for name, value in found["effects"].items())
        lines.append(f"{person}: {told}")
    return "\n".join(lines)


def _differ(name: str, level: dict[str, Any]) -> list[str]:
    told = ", ".join(
        f"{term} SD {sd:.6f}" for term, sd in zip(level["terms"], level["sd"], strict=True)
    )
    correlation = level["correlations"][0][-1] if len(level["terms"]) > 1 else None
    beside = "" if correlation is None else f", correlation {correlation:.6f}"
    return [f"Between {name}s: {told}{beside}".replace("persons", "people")]
