"""What a page's navigation is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the rail: the first four that are not low also stand in a phone's bottom bar."""

    label: str
    href: str
    icon: str
    current: bool = False
    count: int | None = None
    low: bool = False
    key: str = ""
