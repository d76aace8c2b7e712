"""A house that was founded, for the tests of one file."""

import pytest

from tests.cli.houses import House


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("house"))
    code, out, err = house.found()
    assert code == 0, err
    assert "Next: holdspace serve" in out
    return house
