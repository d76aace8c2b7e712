"""Services learn together: each gives away sums, and together they make the fit of all rows.

Pure: bytes to be signed, and a callable that verifies. Nothing in a document says anything about
fewer people than `least`: whoever is alike with fewer (the pattern of sessions, the words, the
therapist) is left out and counted, or made alike by giving something up, which is counted too.
Therapists are numbers that mean nothing outside one document, and at least as many.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import reduce
from itertools import starmap
from operator import add
from typing import Any, Final

import numpy as np

from holdspace.office.outcomes.statistics.growth.coarsening import Coarsened, with_others
from holdspace.office.outcomes.statistics.growth.design import CannotFit
from holdspace.office.outcomes.statistics.growth.groups import NOBODY, Groups
from holdspace.office.outcomes.statistics.growth.moments import Moments

FORMAT: Final = "holdspace-growth-sums/2"
NOTHING: Final = Coarsened()
# Raises where the signature (second) was not made over the message (third) with the key (first).
Verify = Callable[[bytes, bytes, bytes], None]


class TooFewTherapists(CannotFit):
    """Among so few everybody would know who each of them is; without them sums may be shared."""


@dataclass(frozen=True, slots=True, eq=False)
class Share:
    """The sums that a service gives away, and what is missing from them."""

    instrument: str
    moments: Moments
    least: int
    people_left_out: int
    scores_left_out: int  # theirs; what others lost is in `coarsened`
    coarsened: Coarsened = NOTHING


@dataclass(frozen=True, slots=True, eq=False)
class Combined:
    """The sums of several services, and which of their signatures were verified."""

    instrument: str
    moments: Moments
    people_left_out: int
    scores_left_out: int
    coarsened: Coarsened
    with_therapists: int  # how many tell therapists apart: all, or it is not in the sums
    signers: tuple[str | None, ...]  # public keys that verified; None where none was asked for


def share(
    of: Groups, instrument: str, least: int = 5, *, words: bool = False, lost: Coarsened = NOTHING
) -> Share:
    """What may leave: the sums of those of whom at least so many are alike.

    With `words`, rare ones become “other” first; `lost` is what was given up before. CannotFit
    where nothing is left, TooFewTherapists where fewer than `least` are.
    """
    whole, changed = with_others(of, least) if words else (of.gathered(), 0)
    keep = whole.people >= least
    if whole.therapists is not None:
        keep &= whole.therapists != NOBODY
    kept = whole.only(np.flatnonzero(keep))
    if kept.therapists is not None:
        labels, place = np.unique(kept.therapists, return_inverse=True)
        if len(labels) < least:
            raise TooFewTherapists(f"Fewer than {least} therapists have {least} people alike.")
        kept = replace(kept, therapists=(place + 1).astype(str))
    if not keep.any():
        raise CannotFit(f"No {least} people are alike: nothing is shared.")
    left, gone = whole.only(np.flatnonzero(~keep)), lost + Coarsened(0, 0, changed)
    people, scores = (round(float(each.sum())) for each in (left.people, left.scores))
    moments = kept.moments()
    return Share(instrument, moments.around(moments.mean), least, people, scores, gone)


def document(of: Share) -> dict[str, Any]:
    """A share as plain values, not yet signed."""
    return {
        "format": FORMAT,
        "instrument": of.instrument,
        "least": of.least,
        "left_out": {"people": of.people_left_out, "scores": of.scores_left_out},
        "coarsened": asdict(of.coarsened),
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
        lost = Coarsened(**{str(name): int(n) for name, n in kept["coarsened"].items()})
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise CannotFit("This is no document of shared sums.") from wrong
    return Share(instrument, Moments.from_json(sums), *counts, lost)


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
    """All shares as one; CannotFit where they are about different things, or the same twice.

    Therapists are a third level where every service tells them apart; one who works in two
    services is two.
    """
    instruments = {each.instrument for each in shares}
    if len(instruments) != 1:
        raise CannotFit(
            f"These sums are of different instruments: {', '.join(sorted(instruments))}."
        )
    texts = [json.dumps(each.moments.to_json(), sort_keys=True) for each in shares]
    if len(set(texts)) < len(texts):
        raise CannotFit("The same sums were given twice.")
    told = sum(each.moments.cells is not None for each in shares)
    apart = starmap(_of_service, enumerate((each.moments for each in shares), start=1))
    alone = (replace(each.moments, cells=None) for each in shares)
    return Combined(
        instruments.pop(),
        reduce(add, apart if told == len(shares) else alone),
        sum(each.people_left_out for each in shares),
        sum(each.scores_left_out for each in shares),
        reduce(add, (each.coarsened for each in shares)),
        told,
        tuple(signers),
    )


def _of_service(place: int, of: Moments) -> Moments:
    """The same with labels that no other service has."""
    if of.cells is None:
        return of
    labels = tuple(f"{place}.{label}" for label in of.cells.labels)
    return replace(of, cells=replace(of.cells, labels=labels))
