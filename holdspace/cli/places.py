"""What is proposed for a country when a house is founded: time zone, language, currency, help."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

FILE: Final = Path(__file__).parent / "data" / "places.yaml"


@dataclass(frozen=True, slots=True)
class Help:
    """A number that is proposed, with the page that it was read on."""

    number: str
    words: str
    source: str
    read: str


@dataclass(frozen=True, slots=True)
class PlaceSuggested:
    """What is usual in a country, as far as we know it."""

    time_zone: str | None = None
    language: str = "en-gb"
    currency: str | None = None
    help: tuple[Help, ...] = ()


@cache
def places() -> dict[str, PlaceSuggested]:
    told: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {country: _place(said) for country, said in told.items()}


def place(country: str) -> PlaceSuggested:
    """What is known of a country; of most nothing is."""
    return places().get(country, PlaceSuggested())


def _place(said: dict[str, Any]) -> PlaceSuggested:
    numbers = tuple(Help(**{**one, "read": str(one["read"])}) for one in said["help"])
    return PlaceSuggested(**{**said, "help": numbers})
