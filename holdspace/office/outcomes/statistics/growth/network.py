"""Services learn together: each gives away sums, and together they make the fit of all rows.

Pure: bytes to be signed, and a callable that verifies. Nothing in a document says anything about
fewer people than `least`: a pattern of fewer, or one in which fewer share a word, is left out and
counted. Therapists' sums do not leave a service.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from typing import Any, Final

import numpy as np

from holdspace.office.outcomes.statistics.growth.design import CannotFit, Floats
from holdspace.office.outcomes.statistics.growth.moments import Moments

FORMAT: Final = "holdspace-growth-sums/1"
# Raises where the signature (second) was not made over the message (third) with the key (first).
Verify = Callable[[bytes, bytes, bytes], None]


@dataclass(frozen=True, slots=True, eq=False)
class Share:
    """The sums that a service gives away, and how many people and scores it left out."""

    instrument: str
    moments: Moments
    least: int
    people_left_out: int
    scores_left_out: int


@dataclass(frozen=True, slots=True, eq=False)
class Combined:
    """The sums of several services, and which of their signatures were verified."""

    instrument: str
    moments: Moments
    people_left_out: int
    scores_left_out: int
    signers: tuple[str | None, ...]  # public keys that verified; None where none was asked for


def share(moments: Moments, instrument: str, least: int = 5) -> Share:
    """What may leave: patterns of at least so many people; CannotFit where none is left."""
    keep = np.flatnonzero(_fewest(moments) >= least)
    if not len(keep):
        raise CannotFit(f"No {least} people have scores from the same sessions: nothing is shared.")
    kept = moments.only(keep)
    return Share(
        instrument, kept, least, moments.people - kept.people, moments.scores - kept.scores
    )


def _fewest(moments: Moments) -> Floats:
    """Of each pattern, the fewest people that anything in its sums is about."""
    found, at = moments.counts.copy(), 1
    for covariate in moments.covariates:
        for column in range(at, at + covariate.width if covariate.levels else at):
            of_word = moments.ww[:, column, column]
            found = np.minimum(found, np.where(of_word > 0, of_word, np.inf))
        at += covariate.width
    return np.asarray(found)


def document(of: Share) -> dict[str, Any]:
    """A share as plain values, not yet signed."""
    return {
        "format": FORMAT,
        "instrument": of.instrument,
        "least": of.least,
        "left_out": {"people": of.people_left_out, "scores": of.scores_left_out},
        "people": of.moments.people,
        "scores": of.moments.scores,
        "sums": of.moments.to_json(),
    }


def payload(kept: Mapping[str, Any]) -> bytes:
    """The bytes that are signed: everything but the signature, in one spelling."""
    said = {name: value for name, value in kept.items() if name != "signature"}
    return json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()


def signed(kept: Mapping[str, Any], public: bytes, signature: bytes) -> dict[str, Any]:
    """The document with its signature and the key that it is verified with."""
    return {**kept, "signature": {"key": public.hex(), "of_sums": signature.hex()}}


def read(kept: Mapping[str, Any]) -> Share:
    """A share from a document; CannotFit where it is none. Looks at no signature."""
    try:
        if kept["format"] != FORMAT:
            raise CannotFit(f"The format is {kept['format']}, and not {FORMAT}.")
        out = kept["left_out"]
        counts = (int(kept["least"]), int(out["people"]), int(out["scores"]))
        instrument, sums = str(kept["instrument"]), kept["sums"]
    except (KeyError, TypeError, ValueError) as wrong:
        raise CannotFit("This is no document of shared sums.") from wrong
    return Share(instrument, Moments.from_json(sums), *counts)


def signer(kept: Mapping[str, Any], trusted: Sequence[bytes], verify: Verify) -> str:
    """The trusted key that signed a document, in hexadecimal; CannotFit where none did."""
    try:
        key, signature = (bytes.fromhex(kept["signature"][part]) for part in ("key", "of_sums"))
    except (KeyError, TypeError, ValueError) as wrong:
        raise CannotFit("The sums are not signed.") from wrong
    if key not in trusted:
        raise CannotFit(f"The sums are signed with a key that was not given: {key.hex()}.")
    verify(key, signature, payload(kept))
    return key.hex()


def combine(shares: Sequence[Share], signers: Sequence[str | None]) -> Combined:
    """All shares as one; CannotFit where they are about different things, or the same twice."""
    instruments = {each.instrument for each in shares}
    if len(instruments) != 1:
        raise CannotFit(
            f"These sums are of different instruments: {', '.join(sorted(instruments))}."
        )
    texts = [json.dumps(each.moments.to_json(), sort_keys=True) for each in shares]
    if len(set(texts)) < len(texts):
        raise CannotFit("The same sums were given twice.")
    moments = reduce(add, (replace(each.moments, cells=None) for each in shares))
    return Combined(
        instruments.pop(),
        moments,
        sum(each.people_left_out for each in shares),
        sum(each.scores_left_out for each in shares),
        tuple(signers),
    )
