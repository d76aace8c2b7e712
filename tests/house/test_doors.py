"""Every address says which action it performs, or why it is open to anyone."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver


def pages(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern)
        else:
            yield pattern


@pytest.mark.parametrize("page", list(pages(get_resolver())), ids=lambda page: str(page.pattern))
def test_address_names_its_gate(page: URLPattern) -> None:
    assert hasattr(page.callback, "needs") or hasattr(page.callback, "open_because")


def test_every_address_has_a_name() -> None:
    assert [str(page.pattern) for page in pages(get_resolver()) if not page.name] == []
