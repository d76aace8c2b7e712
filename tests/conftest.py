"""What every test may use: a house with a root key, and the cast that lives in it."""

from collections.abc import Iterator

import pytest

from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.sealing import new_key
from tests.cast import NOW, Cast, the_cast
from tests.ledger.guards import flush_past_the_guards  # noqa: F401

BOTH = ("default", "keyring")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A house has two databases: its own, and the keyring's."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "house" in fixtures and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(databases=BOTH))


@pytest.fixture
def house(db: None) -> Iterator[None]:  # noqa: ARG001 - a fixture
    """A house that was just founded: a root key, and nothing else."""
    keyring.found(new_key(), kind="test", at=NOW)
    yield
    keyring.forget()


@pytest.fixture
def cast(house: None) -> Cast:  # noqa: ARG001 - a fixture
    """The permanent cast, in a founded house."""
    return the_cast()
