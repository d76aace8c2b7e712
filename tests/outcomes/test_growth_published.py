"""The growth model against published fits of lme4, MixedModels.jl and nlme.

Where published optimisers stop early, the tolerance of a standard deviation is 5e-5 relative.
"""

import numpy as np

from holdspace.office.outcomes.statistics.growth.design import Basis
from holdspace.office.outcomes.statistics.growth.fitting import Method, deviance, fit, spread
from holdspace.office.outcomes.statistics.growth.prediction import Course, effects
from holdspace.office.outcomes.statistics.growth.rows import Rows, sums
from tests.outcomes.courses import columns, published

EARLY = 5e-5  # relative, for what an optimiser found


def close(found: object, told: object, to: float = 1e-7) -> bool:
    return bool(np.allclose(np.asarray(found), np.asarray(told), rtol=to, atol=to))


def test_sleepstudy_by_reml_is_as_lme4_has_it() -> None:
    """Reaction ~ Days + (Days | Subject); lme4, tests/lmer-1.R."""
    found = fit(published("sleepstudy", "Subject", "Days", "Reaction"))
    deviations, correlations = spread(found.between)
    assert close(found.coefficients, [251.4051048, 10.4672860])
    assert close(found.standard_errors, [6.8245565, 1.5457889], EARLY)
    assert close(deviations, [24.7404514, 5.9221331], EARLY)
    assert close(correlations[0][1], 0.0655513, EARLY)
    assert close(found.residual, 25.5918156)
    assert close(-2 * found.log_likelihood, 1743.6282719585, 1e-9)
    assert (found.people, found.scores, found.is_singular) == (18, 180, False)


def test_sleepstudy_by_ml_is_as_mixedmodels_has_it() -> None:
    """MixedModels.jl, test/pls.jl: objective, θ, errors, the first person's effects."""
    found = fit(published("sleepstudy", "Subject", "Days", "Reaction"), Method.ML)
    assert close(-2 * found.log_likelihood, 1751.9393444646682, 1e-9)
    theta = found.factor[np.tril_indices(2)]
    assert close(theta, [0.92922971675, 0.01816466497, 0.22264601131], EARLY)
    assert close(found.standard_errors, [6.6322953, 1.5022388], EARLY)
    assert close(spread(found.between)[0], [23.7806644, 5.7168447], EARLY)
    of = columns("sleepstudy")
    first = of["Subject"] == 308
    of_308 = effects(found, Course(of["Days"][first], of["Reaction"][first]))
    assert close(of_308.mean[0], 2.8156104, EARLY)
    assert close(of_308.covariance, [[140.96755, -20.604544], [-20.604544, 5.157795]], EARLY)


def test_sleepstudy_without_correlation_or_level_has_the_published_deviance() -> None:
    """MixedModels.jl, test/pls.jl: (1 | Subject) + (0 + Days | Subject), and the latter alone."""
    of = published("sleepstudy", "Subject", "Days", "Reaction")
    uncorrelated = deviance(of, [np.diag([0.9458043, 0.2269274])], Method.ML)
    assert close(uncorrelated, 1752.003255140962, 1e-9)
    slope_only = deviance(of, [np.diag([0.0, 0.24353986])], Method.ML)
    assert close(slope_only, 1774.080315280526, 1e-9)


def test_dyestuff_is_as_lme4_has_it() -> None:
    """Yield ~ 1 + (1 | Batch): the criterion at θ = 1 and 0, and the optimum."""
    of = published("Dyestuff", "Batch", None, "Yield")
    assert close(deviance(of, [1.0]), 319.792389042002, 1e-9)
    assert close(deviance(of, [0.0]), 326.023232155879, 1e-9)
    found = fit(of)
    assert close(found.factor, 0.84832, EARLY)
    assert close(found.between, 1764.05, EARLY)
    assert close(found.residual, 49.5101, 1e-6)
    assert close(-2 * found.log_likelihood, 319.654276842342, 1e-9)
    by_ml = fit(of, Method.ML)
    assert close(-2 * by_ml.log_likelihood, 327.32705988112673, 1e-9)
    assert close(by_ml.factor, 0.75258065, EARLY)
    assert close(by_ml.standard_errors, 17.6945529, EARLY)


def test_dyestuff2_is_the_right_singular_fit() -> None:
    """MixedModels.jl: the batches differ by less than chance; θ is 0."""
    found = fit(published("Dyestuff2", "Batch", None, "Yield"), Method.ML)
    assert found.is_singular
    assert (found.factor[0, 0], spread(found.between)[1]) == (0.0, [[None]])
    assert close(-2 * found.log_likelihood, 162.87303665382575, 1e-9)
    assert close(found.coefficients, 5.6656)
    assert close(found.standard_errors, 0.6669857396443264)


def test_orthodont_is_as_nlme_has_it() -> None:
    """Distance ~ age, random = ~ age | Subject; nlme, tests/lme.Rout.save."""
    found = fit(published("Orthodont", "Subject", "age", "distance"))
    deviations, correlations = spread(found.between)
    assert close(found.coefficients, [16.761111, 0.66018519])
    assert close(found.standard_errors, [0.77524603, 0.071253264], EARLY)
    assert close([*deviations, correlations[0][1]], [2.3270341, 0.22642779, -0.60933286], EARLY)
    assert close(found.residual, 1.3100397, EARLY)
    assert close(found.log_likelihood, -221.318343, 1e-8)


def test_orthodont_by_sex_is_as_nlme_has_it() -> None:
    """Sex (female 1, male −1) × (age − 11), random = ~ age − 11."""
    of = columns("Orthodont")
    sex = np.where(of["Sex"] == "Female", 1.0, -1.0)
    rows = Rows(of["Subject"], of["age"] - 11, of["distance"], {"sex": sex})
    found = fit(sums(rows, Basis.TIME))
    deviations, correlations = spread(found.between)
    assert found.design.names == ("level", "time", "sex", "sex:time")
    assert close(found.coefficients, [23.8082386, 0.6319602, -1.1605114, -0.1524148])
    assert close(found.standard_errors, [0.3807084, 0.0673677] * 2, EARLY)
    assert close([*deviations, correlations[0][1]], [1.830327, 0.1803454, 0.2064341], EARLY)
    assert close(found.log_likelihood, -217.677125, 1e-8)


def test_oxboys_is_as_nlme_has_it() -> None:
    found = fit(published("Oxboys", "Subject", "age", "height"))
    assert close(found.coefficients, [149.371753, 6.52546866], 1e-8)
    assert close(spread(found.between)[0], [8.081077, 1.680717], EARLY)
    assert close(found.residual, 0.659889, EARLY)
    assert close(found.log_likelihood, -362.045475, 1e-8)


def test_schools_with_a_covariate_on_the_level_alone_are_as_nlme_has_it() -> None:
    """nlme, mlbook: fm5; its errors are ML's times √(N / (N − p))."""
    of = columns("bdf")
    rows = Rows(of["schoolNR"], of["IQ.ver.cen"], of["langPOST"], {"avg": of["avg.IQ.ver.cen"]})
    found = fit(sums(rows, Basis.TIME), Method.ML, level_only=["avg"])
    deviations, correlations = spread(found.between)
    assert found.design.names == ("level", "time", "avg")
    assert close(found.coefficients, [40.7498, 2.4589, 1.4052], EARLY)
    assert close(found.standard_errors * (2287 / 2284) ** 0.5, [0.28610, 0.08324, 0.32168], EARLY)
    assert close([*deviations, found.residual], [2.81410, 0.44728, 6.43043], EARLY)
    assert close(correlations[0][1], -0.652, 5e-4)
    assert close(found.log_likelihood, -7606.767, 1e-7)
    null = fit(published("bdf", "schoolNR", None, "langPOST"))
    assert close([null.between[0, 0] ** 0.5, null.residual], [4.4309, 8.0352], 2e-5)


def test_pastes_at_three_levels_are_as_mixedmodels_has_them() -> None:
    """Strength ~ 1 + (1 | sample) + (1 | batch), ML."""
    found = fit(published("Pastes", "sample", None, "strength", "batch"), Method.ML)
    assert found.between_clusters is not None
    assert close(-2 * found.log_likelihood, 247.9944658624955, 1e-9)
    levels = [found.between[0, 0] ** 0.5, found.between_clusters[0, 0] ** 0.5, found.residual]
    assert close(levels, [2.9040779, 1.0950608, 0.8234074], EARLY)
    assert close(found.coefficients, 60.0533333)
    assert close(found.standard_errors, 0.6421356, EARLY)


def test_oxide_at_three_levels_is_as_nlme_has_it() -> None:
    """Thickness ~ 1, random = ~ 1 | Lot / Wafer; nlme, tests/lme.Rout.save."""
    of = columns("Oxide")
    wafer = [f"{lot:.0f}/{one:.0f}" for lot, one in zip(of["Lot"], of["Wafer"], strict=True)]
    lots = of["Lot"].astype(int)
    rows = Rows(wafer, np.zeros(len(wafer)), of["Thickness"], cluster=lots)
    found = fit(sums(rows, Basis.LEVEL))
    assert found.between_clusters is not None
    assert found.clusters is not None
    levels = [found.between_clusters[0, 0] ** 0.5, found.between[0, 0] ** 0.5, found.residual]
    assert close(levels, [11.3976833, 5.9888013, 3.5453412], EARLY)
    assert close(found.coefficients, 2000.152778)
    assert close(found.log_likelihood, -227.011035, 1e-8)
    told = [-3.4635, -11.2216, 0.8690, -4.4710, 13.4634, 19.4080, -8.1990, -6.3854]
    assert close([found.clusters[str(lot)].effect[0] for lot in range(1, 9)], told, EARLY)
