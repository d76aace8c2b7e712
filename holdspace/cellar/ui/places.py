"""What a page's navigation is made of, and where a form may lead."""

from dataclasses import dataclass

from django.utils.http import url_has_allowed_host_and_scheme


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


def within(address: str) -> str:
    """An address that a form brought with it, where it is one of this house; else nothing."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, None)
    return address if is_ours else ""
