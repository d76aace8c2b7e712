"""Maps that have an editor of their own: what an editor offers to the room, and which there are.

A definition names one as `editor: family`. The room keeps what `parse` answers with (one value for
the whole map, with its versions and conflicts like any field); the editor draws and says it, and
brings the page on which it is changed.
"""

from typing import Any, Final, Protocol

from holdspace.hour.worksheets.maps import Around, Genogram
from holdspace.hour.worksheets.maps import CannotDraw as CannotDraw


class Editor(Protocol):
    """What a map's own editor offers. All but `page` is pure: no Django, no storage."""

    page: str  # the name of the address where it is changed; it takes `sheet`

    def parse(self, said: object) -> Any:
        """Return what came in (JSON, or the text of it) as plain JSON; raises CannotDraw."""

    def svg(self, kept: Any, language: str) -> str:
        """Return the map as one `<svg>` element, with its name for who does not see it."""

    def text(self, kept: Any, language: str) -> list[str]:
        """Return the map in lines to be read, which is also what is printed beside it."""


EDITORS: Final[dict[str, Editor]] = {"family": Genogram(), "ecomap": Around()}
