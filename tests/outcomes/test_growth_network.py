"""Services learn together: exactly the fit of all rows, from signed sums about no few people."""

import json
from dataclasses import replace
from operator import add

import numpy as np
import pytest

from holdspace.cellar.vault import signing
from holdspace.office.outcomes.statistics.growth import network
from holdspace.office.outcomes.statistics.growth.coarsening import with_others
from holdspace.office.outcomes.statistics.growth.design import CannotFit, Floats
from holdspace.office.outcomes.statistics.growth.fitting import Fit, Method, fit
from holdspace.office.outcomes.statistics.growth.moments import Moments
from holdspace.office.outcomes.statistics.growth.network import Share
from holdspace.office.outcomes.statistics.growth.rows import Rows, grouped, sums
from tests.outcomes.courses import courses, part

ROWS = courses(300, seed=21)
PERSON = np.asarray(ROWS.person)
KIND = np.array(["a", "b", "c"])[PERSON % 3]
WORDY = replace(ROWS, covariates={**ROWS.covariates, "kind": KIND})


def services(rows: Rows, least: int) -> list[Share]:
    """Three services of different sizes and means, as they are read from what they sent."""
    places = [PERSON % 7 == 0, PERSON % 7 == 1, PERSON % 7 > 1]
    sent = [network.document(network.share(grouped(part(rows, p)), "phq9", least)) for p in places]
    return [network.read(json.loads(json.dumps(each))) for each in sent]


@pytest.mark.parametrize("method", [Method.REML, Method.ML])
def test_combined_sums_give_exactly_the_fit_of_pooled_rows(method: Method) -> None:
    together = network.combine(services(WORDY, 1), [None] * 3)
    pooled, found = fit(sums(WORDY), method), fit(together.moments, method)
    assert found.coefficients == pytest.approx(pooled.coefficients, rel=1e-9, abs=1e-9)
    assert found.covariance == pytest.approx(pooled.covariance, rel=1e-9, abs=1e-9)
    assert found.between == pytest.approx(pooled.between, rel=1e-7, abs=1e-7)
    assert found.residual == pytest.approx(pooled.residual, rel=1e-9)
    assert found.log_likelihood == pytest.approx(pooled.log_likelihood, rel=1e-11)
    assert (together.people_left_out, together.moments.people) == (0, 300)


def test_therapists_of_all_services_are_a_third_level_as_if_rows_were_pooled() -> None:
    """A therapist works in one service; the same number in two services is two of them."""
    place = np.select([PERSON % 7 == 0, PERSON % 7 == 1], [1, 2], 3)
    rows = replace(WORDY, cluster=PERSON % 4)
    together = network.combine(services(rows, 1), [None] * 3)
    pooled = fit(sums(replace(rows, cluster=np.char.mod("%d", place * 10 + PERSON % 4))))
    found = fit(together.moments)
    assert found.coefficients == pytest.approx(pooled.coefficients, rel=1e-9, abs=1e-9)
    assert found.covariance == pytest.approx(pooled.covariance, rel=1e-9, abs=1e-9)
    assert found.log_likelihood == pytest.approx(pooled.log_likelihood, rel=1e-11)
    assert found.residual == pytest.approx(pooled.residual, rel=1e-9)
    for one, two in zip(levels(found), levels(pooled), strict=True):
        assert one == pytest.approx(two, rel=1e-7, abs=1e-7)
    assert (together.with_therapists, len(found.clusters or {})) == (3, 12)


def levels(found: Fit) -> list[Floats]:
    return [of for of in (found.between, found.between_clusters) if of is not None]


def test_therapists_are_no_level_unless_every_service_tells_them_apart() -> None:
    with_, without = (services(replace(ROWS, cluster=c), 1) for c in (PERSON % 4, None))
    together = network.combine([with_[0], without[1]], [None] * 2)
    assert (together.moments.cells, together.with_therapists) == (None, 1)


def test_what_is_about_few_people_is_left_out_and_counted() -> None:
    whole = grouped(ROWS)
    shared = network.share(whole, "phq9", 5)
    assert shared.moments.counts.min() >= 5
    assert shared.people_left_out == 300 - shared.moments.people > 0
    assert shared.scores_left_out == whole.scores.sum() - shared.moments.scores
    told = network.document(shared)
    assert told["left_out"] == {
        "people": shared.people_left_out, "scores": shared.scores_left_out,
    }  # fmt: skip


MANY = courses(1500, seed=22, missing=0.05)
MANY_PERSON = np.asarray(MANY.person)


def test_therapists_sums_are_about_no_few_people_and_the_numbers_mean_nothing() -> None:
    names = np.char.add("Dr ", (MANY_PERSON % 8).astype(str))
    shared = network.share(grouped(replace(MANY, cluster=names)), "phq9", 5)
    cells = shared.moments.cells
    assert cells is not None
    assert cells.w[:, 0].min() >= 5
    assert cells.labels == tuple("12345678")
    per_pattern = np.bincount(cells.pattern, cells.w[:, 0])
    assert per_pattern == pytest.approx(shared.moments.counts)  # nobody is in one and not the other
    assert shared.people_left_out == 1500 - shared.moments.people > 0


def test_of_an_unknown_therapist_nobody_is_shared() -> None:
    whose = np.where(MANY_PERSON % 9 == 8, "", (MANY_PERSON % 9).astype(str))
    shared = network.share(grouped(replace(MANY, cluster=whose)), "phq9", 1)
    assert shared.people_left_out == (np.unique(MANY_PERSON) % 9 == 8).sum()


def test_among_few_therapists_none_is_told_apart() -> None:
    whole = grouped(replace(MANY, cluster=MANY_PERSON % 4))
    with pytest.raises(network.TooFewTherapists, match="Fewer than 5 therapists"):
        network.share(whole, "phq9", 5)
    assert network.share(whole.without_therapists(), "phq9", 5).moments.cells is None


def test_a_rare_word_of_a_pattern_is_left_out_or_becomes_other() -> None:
    person = np.repeat(np.arange(20), 3)
    word = np.select([person < 2, person < 8], ["few", "some"], "many")
    rows = Rows(person, np.tile([1, 2, 3], 20), np.arange(60.0) % 17, {"kind": word})
    out = network.share(grouped(rows), "phq9", 5)
    assert (out.people_left_out, out.scores_left_out, out.moments.people) == (2, 6, 18)
    coarse = network.share(grouped(rows), "phq9", 5, words=True)
    assert coarse.people_left_out == 0
    assert coarse.coarsened.people_with_other_words == 8  # the few, and who had to join them
    assert coarse.moments.covariates[0].levels == ("many", "other")
    with pytest.raises(CannotFit, match="No 21 people"):
        network.share(grouped(rows), "phq9", 21)


def crossed(of: Moments) -> list[float]:
    """Every number of people with two words of two covariates (or one of one), in any pattern."""
    columns = [0, *range(of.ww.shape[1] - sum(c.width for c in of.covariates), of.ww.shape[1])]
    return [float(n) for each in of.ww[:, columns][:, :, columns] for n in each.ravel() if n]


def test_no_two_words_together_are_about_few() -> None:
    kinds = {"kind": np.array(["a", "b", "c"])[PERSON % 3], "age": (PERSON // 3 % 4).astype(str)}
    for words in (False, True):
        shared = network.share(grouped(replace(ROWS, covariates=kinds)), "phq9", 5, words=words)
        assert min(crossed(shared.moments)) >= 5


def test_coarser_words_combine_as_rows_that_say_them() -> None:
    """What a service calls “other”, called so in its rows, gives the same fit."""
    kind = np.where(MANY_PERSON % 50 == 0, "rare", np.array(["a", "b"])[MANY_PERSON % 2])
    rows = replace(MANY, covariates={"kind": kind})
    one = np.isin(MANY_PERSON % 2, [0])
    shares = [network.share(grouped(part(rows, p)), "phq9", 5, words=True) for p in (one, ~one)]
    together = network.combine(shares, [None] * 2)
    assert together.coarsened.people_with_other_words > 0
    kept = [
        with_others(grouped(part(rows, p)), 5)[0] for p in (one, ~one)
    ]  # fmt: skip
    pooled = add(*(each.only(np.flatnonzero(each.people >= 5)).moments() for each in kept))
    assert fit(together.moments).log_likelihood == pytest.approx(
        fit(pooled).log_likelihood, rel=1e-11
    )


def test_a_signature_is_over_everything_but_itself() -> None:
    seed = signing.new_signing_key()
    public = signing.public_key(seed)
    told = network.document(services(ROWS, 1)[0])
    kept = network.signed(told, public, signing.sign(seed, network.payload(told)))
    again = json.loads(json.dumps(kept, indent=2))
    assert network.signer(again, [public], signing.verify) == public.hex()
    with pytest.raises(signing.BadSignature):
        network.signer({**again, "least": 6}, [public], signing.verify)
    with pytest.raises(CannotFit, match="a key that was not given"):
        network.signer(again, [signing.public_key(signing.new_signing_key())], signing.verify)


@pytest.mark.parametrize("signature", [None, {}, {"key": "zz", "of_sums": "00"}, "signed"])
def test_what_is_not_signed_is_not_taken_for_signed(signature: object) -> None:
    with pytest.raises(CannotFit, match="not signed"):
        network.signer({"signature": signature}, [b"k"], signing.verify)


@pytest.mark.parametrize(
    ("kept", "why"),
    [
        ([], "no document of shared sums"),
        ({}, "no document of shared sums"),
        ({"format": "x/1"}, "The format is x/1"),
        ({"format": network.FORMAT, "left_out": 3}, "no document of shared sums"),
        ({**network.document(services(ROWS, 1)[0]), "coarsened": 3}, "no document of shared sums"),
        ({**network.document(services(ROWS, 1)[0]), "coarsened": {"x": 3}}, "no document of"),
    ],
)
def test_what_is_no_document_is_refused(kept: dict[str, object], why: str) -> None:
    with pytest.raises(CannotFit, match=why):
        network.read(kept)


def test_other_instruments_and_the_same_sums_twice_are_not_combined() -> None:
    one, two, _ = services(ROWS, 1)
    with pytest.raises(CannotFit, match="different instruments: gad7, phq9"):
        network.combine([one, replace(two, instrument="gad7")], [None, None])
    with pytest.raises(CannotFit, match="given twice"):
        network.combine([one, two, one], [None] * 3)
