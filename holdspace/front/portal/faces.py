"""Five faces in place of a scale, for children: only where the wording is our own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from holdspace.front.portal.words import Words
from holdspace.hour.measures.instruments import Direction, Instrument, Option

OUR_OWN: Final = "own"
STEPS: Final = 5
OPTIONS: Final = range(STEPS, 12)  # as many answers as five faces can stand for
MOUTHS: Final = (23, 26, 30, 34, 38)  # how far the middle of a mouth hangs: up is sad, down glad


@dataclass(frozen=True, slots=True)
class Face:
    """One answer as a face: what it stands for, in words too."""

    value: int
    words: str
    mouth: int


def faces(instrument: Instrument, options: Sequence[Option], say: Words) -> tuple[Face, ...]:
    """From the saddest to the happiest, evenly over the answers; none where they may not stand."""
    if instrument.licence.status != OUR_OWN or len(options) not in OPTIONS:
        return ()
    last = len(options) - 1
    places = [round(step * last / (STEPS - 1)) for step in range(STEPS)]
    if instrument.direction is Direction.HIGHER_WORSE:
        places = [last - place for place in places]
    words = (say.face_1, say.face_2, say.face_3, say.face_4, say.face_5)
    return tuple(
        Face(options[place].value, said, mouth)
        for place, said, mouth in zip(places, words, MOUTHS, strict=True)
    )
