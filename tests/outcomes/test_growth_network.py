"""Services learn together: exactly the fit of all rows, from signed sums about no few people."""

import json
from dataclasses import replace

import numpy as np
import pytest

from holdspace.cellar.vault import signing
from holdspace.office.outcomes.statistics.growth import network
from holdspace.office.outcomes.statistics.growth.design import CannotFit
from holdspace.office.outcomes.statistics.growth.fitting import Method, fit
from holdspace.office.outcomes.statistics.growth.network import Share
from holdspace.office.outcomes.statistics.growth.rows import Rows, sums
from tests.outcomes.courses import courses, part

ROWS = courses(300, seed=21)
PERSON = np.asarray(ROWS.person)
KIND = np.array(["a", "b", "c"])[PERSON % 3]
WORDY = replace(ROWS, covariates={**ROWS.covariates, "kind": KIND})


def services(rows: Rows, least: int) -> list[Share]:
    """Three services of different sizes and means, as they are read from what they sent."""
    places = [PERSON % 7 == 0, PERSON % 7 == 1, PERSON % 7 > 1]
    sent = [network.document(network.share(sums(part(rows, p)), "phq9", least)) for p in places]
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


def test_what_is_about_few_people_is_left_out_and_counted() -> None:
    whole = sums(replace(ROWS, cluster=PERSON % 4))
    shared = network.share(whole, "phq9", 5)
    assert shared.moments.counts.min() >= 5
    assert shared.moments.cells is None
    assert shared.people_left_out == 300 - shared.moments.people > 0
    assert shared.scores_left_out == whole.scores - shared.moments.scores
    told = network.document(shared)
    assert told["left_out"] == {
        "people": shared.people_left_out, "scores": shared.scores_left_out,
    }  # fmt: skip


def test_a_pattern_in_which_few_share_a_word_is_left_out_too() -> None:
    person = np.repeat(np.arange(20), 3)
    rows = Rows(
        person, np.tile([1, 2, 3], 20), np.arange(60.0) % 17,
        {"kind": np.where(person < 2, "few", "many")},
    )  # fmt: skip
    with pytest.raises(CannotFit, match="No 5 people"):
        network.share(sums(rows), "phq9", 5)
    assert network.share(sums(rows), "phq9", 2).people_left_out == 0


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
