"""The shapes that a diagram can have, by name. Pure: no Django here.

A new shape is a function in a module beside this one and a line in SHAPES.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from holdspace.hour.worksheets.shapes import (
    bands,
    circles,
    figures,
    flows,
    grids,
    hexaflex,
    lines,
    rounds,
)
from holdspace.hour.worksheets.shapes.drawing import Drawing, Filled


class Takes(StrEnum):
    """What a place of a shape is filled with."""

    NUMBER = "number"
    WORDS = "words"
    CHOICE = "choice"  # one of several: which, and its words
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Shape:
    """Its places and what each takes, the columns of its places of rows, and how it is drawn."""

    places: Mapping[str, Takes]
    draw: Callable[[Filled], Drawing]
    columns: Mapping[str, Mapping[str, Takes]] = field(default_factory=dict)


def _of_rows(
    draw: Callable[[Filled], Drawing], place: str, columns: Mapping[str, Takes], *words: str
) -> Shape:
    places = {**dict.fromkeys(words, Takes.WORDS), place: Takes.ROWS}
    return Shape(places, draw, {place: columns})


def _of_words(draw: Callable[[Filled], Drawing], *words: str) -> Shape:
    return Shape(dict.fromkeys(words, Takes.WORDS), draw)


_WORDS, _NUMBER, _CHOICE = Takes.WORDS, Takes.NUMBER, Takes.CHOICE
_NAMED: Final = {"name": _WORDS, "words": _WORDS, "more": _WORDS}
SHAPES: Final[Mapping[str, Shape]] = MappingProxyType(
    {
        "bands": _of_rows(bands.bands, "parts", {**_NAMED, "kind": _CHOICE}, "below"),
        "body": _of_rows(
            figures.body, "marks",
            {"where": _CHOICE, "side": _CHOICE, "words": _WORDS, "strength": _NUMBER},
            "front", "back",
        ),
        "chain": _of_rows(
            flows.chain, "links", {"kind": _WORDS, "words": _WORDS, "aside": _WORDS},
            *rounds.FIVE,
        ),
        "cross": _of_words(rounds.cross, "before", *rounds.FOUR, "below"),
        "curve": _of_rows(
            lines.curve, "moments",
            {"when": _WORDS, "name": _WORDS, "words": _WORDS, "number": _NUMBER},
            "above", "within", "below",
        ),
        "cycle": _of_words(rounds.cycle, "middle", *rounds.STEPS, "below"),
        "flow": _of_words(flows.flow, *rounds.STEPS, *flows.ENDS, "below"),
        "flower": _of_rows(rounds.flower, "petals", _NAMED, "middle", "below"),
        "grid": _of_words(grids.grid, "top", *rounds.STEPS, "bottom"),
        "hexaflex": Shape(
            {
                **dict.fromkeys(hexaflex.POINTS, _NUMBER),
                **{f"{point}_note": _WORDS for point in hexaflex.POINTS},
            },
            hexaflex.draw,
        ),
        "matrix": _of_words(grids.matrix, *grids.CORNERS, "middle"),
        "rings": _of_rows(circles.rings, "people", {"name": _WORDS, "ring": _CHOICE}, "middle"),
        "roles": Shape(
            {"roles": Takes.ROWS, "steps": Takes.ROWS, "below": _WORDS},
            bands.roles,
            {
                "roles": {"upper": _WORDS, "lower": _WORDS},
                "steps": {
                    "kind": _WORDS, "words": _WORDS, "start": _NUMBER, "end": _NUMBER,
                    "exit": _WORDS,
                },
            },
        ),
        "rulers": Shape(
            {**dict.fromkeys(rounds.STEPS, _NUMBER), "rulers": Takes.ROWS},
            lines.rulers,
            {"rulers": {"name": _WORDS, "now": _NUMBER, "then": _NUMBER}},
        ),
        "three_circles": Shape(
            {
                **dict.fromkeys(circles.THREE, _WORDS),
                **{f"{name}_size": _NUMBER for name in circles.THREE},
            },
            circles.three_circles,
        ),
        "timeline": _of_rows(
            lines.timeline, "events",
            {"when": _WORDS, "name": _WORDS, "kind": _CHOICE, "words": _WORDS, "number": _NUMBER},
        ),
        "tree": _of_words(
            figures.tree, "leaves", "fruits", "branches", "storms", "trunk", "ground", "roots",
            "forest",
        ),
        "triangles": _of_words(grids.triangles, *grids.TRIANGLES, "middle", "below"),
        "two_sides": _of_words(
            rounds.two_sides, "before", "below",
            *(f"{side}_{step}" for side in ("left", "right") for step in rounds.FIVE),
        ),
        "wheel": _of_rows(
            lines.wheel, "spokes",
            {"name": _WORDS, "words": _WORDS, "matters": _NUMBER, "lived": _NUMBER},
        ),
    }
)  # fmt: skip
