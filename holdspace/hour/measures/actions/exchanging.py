"""A link is exchanged, by a deliberate POST, for what one device keeps."""

from dataclasses import dataclass
from datetime import datetime

from holdspace.frame.therapy.links import PinNeeded, TryLater, let_in
from holdspace.hour.measures.models import Giving
from holdspace.hour.measures.queries.links import by_token

__all__ = ["Exchanged", "PinNeeded", "TryLater", "exchange"]


@dataclass(frozen=True, slots=True)
class Exchanged:
    """The giving, the device's secret, and whether earlier answers may be shown on it."""

    giving: Giving
    device: str
    sees_answers: bool


def exchange(token: str, pin: str, device: str, *, at: datetime) -> Exchanged:
    """Let a device in. `device` is the secret it already keeps from an earlier link, or empty.

    The first device is bound. Another needs the PIN; where none was set it may answer what is
    still open, and sees nothing that was answered before. Raises NotHere, PinNeeded, TryLater.
    """
    giving = by_token(token, at=at).giving
    found = let_in(giving, pin, device, at=at)
    return Exchanged(giving, found.device, found.sees_earlier)
