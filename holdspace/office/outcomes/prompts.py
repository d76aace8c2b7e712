"""What may be considered in each area: our own prompts, and those of the therapy's own school."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from holdspace.frame.approaches.catalogue import Approach
from holdspace.frame.approaches.tongues import complete, spoken
from holdspace.office.outcomes.rules import Area

FILE: Final = Path(__file__).parent / "data" / "considering.yaml"
ByArea = dict[Area, list[str]]


def prompts(approaches: Iterable[Approach]) -> ByArea:
    """The prompts of each area, the school's own first, in the language of the page."""
    families = dict.fromkeys(approach.family for approach in approaches)
    own, schools = _said(spoken())
    return {
        area: [
            *(schools[family][area] for family in families if area in schools.get(family, {})),
            *own[area],
        ]
        for area in Area
    }


@cache
def _said(language: str) -> tuple[ByArea, dict[str, dict[Area, str]]]:
    raw: Any = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    own = {
        Area(area): [complete(one, area)[language] for one in some]
        for area, some in raw["own"].items()
    }
    schools = {
        family: {Area(area): complete(one, family)[language] for area, one in some.items()}
        for family, some in raw["schools"].items()
    }
    return own, schools
