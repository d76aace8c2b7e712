"""The shapes that a diagram can have, by name. Pure: no Django here.

A new shape is a module beside this one and a line in SHAPES.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from holdspace.hour.worksheets.shapes import hexaflex
from holdspace.hour.worksheets.shapes.drawing import Drawing, Filled


class Takes(StrEnum):
    """What a place of a shape is filled with."""

    NUMBER = "number"
    WORDS = "words"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Shape:
    """Its places and what each takes, the columns of its places of rows, and how it is drawn."""

    places: Mapping[str, Takes]
    draw: Callable[[Filled], Drawing]
    columns: Mapping[str, Mapping[str, Takes]] = field(default_factory=dict)


SHAPES: Final[Mapping[str, Shape]] = MappingProxyType(
    {
        "hexaflex": Shape(
            {
                **dict.fromkeys(hexaflex.POINTS, Takes.NUMBER),
                **{f"{point}_note": Takes.WORDS for point in hexaflex.POINTS},
            },
            hexaflex.draw,
        ),
    }
)
