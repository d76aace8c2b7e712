"""The forms of these tests, on the shelf."""

import pytest

from holdspace.hour.worksheets import editors
from tests.worksheets.fill import offer_extra


class Kin:
    """A map of names: the smallest editor that there can be."""

    page = "sheet_read"

    def parse(self, said: object) -> object:
        if not isinstance(said, list):
            raise editors.CannotDraw("This is no list of names.")
        return said

    def svg(self, kept: list[str], language: str) -> str:
        return f'<svg role="img" aria-label="{language}" viewBox="0 0 {len(kept)} 1"></svg>'

    def text(self, kept: list[str], language: str) -> list[str]:
        return [f"{name} ({language})" for name in kept]


@pytest.fixture(autouse=True)
def _extra(monkeypatch: pytest.MonkeyPatch) -> None:
    offer_extra(monkeypatch)
    monkeypatch.setitem(editors.EDITORS, "kin", Kin())
