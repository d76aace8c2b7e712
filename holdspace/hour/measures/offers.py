"""What rules are offered when a therapy begins: by its approaches, else by its voice, or none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from holdspace.frame.approaches.catalogue import Approach
from holdspace.frame.approaches.words import PLAINEST
from holdspace.hour.measures.instruments import Instrument, library
from holdspace.hour.measures.rules import When

FILE: Final = Path(__file__).parent / "data" / "offers.yaml"
OF_A_SESSION: Final = "this session"
SHORT: Final = 10  # questions: so many can be asked before each session (our own choice)
WEEKS: Final = (0, 6, 12)  # for longer ones (our own choice)
Usual = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Offer:
    """An instrument that could be given, and when."""

    instrument: Instrument
    when: When
    weeks: tuple[int, ...] = ()

    def fits(self, age: int | None) -> bool:
        """Whether it is made for somebody of this age; so it is where that is not known."""
        ages = self.instrument.ages
        if age is None or ages is None:
            return True
        return (ages.low or 0) <= age <= (ages.high or age)


@cache
def usual() -> Usual:
    """What is usual by voice; read once."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))["voices"]
    return {voice: tuple(names) for voice, names in raw.items()}


def offers(
    approaches: Iterable[Approach], voice: str, shelf: Mapping[str, Instrument] | None = None
) -> tuple[Offer, ...]:
    """What to offer; nothing in a voice, or where every approach, is without measures."""
    of_voice = usual().get(voice, usual()[PLAINEST])  # one of a practice's own is as the plainest
    of_approaches = [approach.measures for approach in approaches]
    if not of_voice or (of_approaches and not any(of_approaches)):
        return ()
    names = dict.fromkeys(name for some in of_approaches for name in some)
    books = shelf or library()
    known = [name for name in names if name in books and books[name].is_worded] or of_voice
    return tuple(_offer(books[name]) for name in known)


def _offer(instrument: Instrument) -> Offer:
    if instrument.recall_period == OF_A_SESSION:
        return Offer(instrument, When.AFTER_EACH_SESSION)
    if len(instrument.items) <= SHORT:
        return Offer(instrument, When.EACH_SESSION)
    return Offer(instrument, When.AT_WEEKS, WEEKS)
