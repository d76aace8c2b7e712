"""What belongs to the house and not to a row, such as second factors, is sealed for its purpose."""

import pytest

from holdspace.cellar.vault import house as of_house
from holdspace.cellar.vault.sealing import CannotOpen

pytestmark = pytest.mark.usefixtures("house")


def test_a_secret_opens_for_its_purpose_alone() -> None:
    sealed = of_house.seal_text("second factor", "JBSWY3DP")
    assert "JBSWY3DP" not in sealed
    assert of_house.open_text("second factor", sealed) == "JBSWY3DP"
    with pytest.raises(CannotOpen):
        of_house.open_text("something else", sealed)


@pytest.mark.parametrize("sealed", ["", "JBSWY3DP", "not base64!", "é"])
def test_what_was_never_sealed_does_not_open(sealed: str) -> None:
    with pytest.raises(CannotOpen):
        of_house.open_text("second factor", sealed)
