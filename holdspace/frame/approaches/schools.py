"""The schools a therapy can be of, by id, name and family: for choosing and naming."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import yaml

from holdspace.frame.approaches.tongues import LANGUAGES, complete, spoken

_FILE: Final = Path(__file__).parent / "data" / "approaches.yaml"


@dataclass(frozen=True, slots=True)
class School:
    """One approach."""

    id: str
    name: str
    short: str  # for a line with little room
    family: str  # as it is called
    family_id: str


@cache
def schools(language: str) -> dict[str, School]:
    """Every approach by its id, family by family, in one of our languages."""
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    families = {name: complete(said, name)[language] for name, said in raw["families"].items()}
    return {one["id"]: _school(one, language, families) for one in raw["approaches"]}


def _school(raw: dict[str, Any], language: str, families: Mapping[str, str]) -> School:
    """One of the file; without a short name of its own it goes by its name without brackets."""
    name = complete(raw["name"], raw["id"])[language]
    short = complete(raw["short"], raw["id"])[language] if "short" in raw else _plain(name)
    return School(raw["id"], name, short, families[raw["family"]], raw["family"])


def _plain(name: str) -> str:
    return re.sub(r"\s*\([^)]*\)$", "", name)


def is_known(approach: str) -> bool:
    """Say whether there is such an approach."""
    return approach in schools(LANGUAGES[0])


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The approaches as a form offers them: in their families, by name."""
    grouped = groupby(schools(spoken()).values(), key=lambda school: school.family)
    return [
        (family, sorted((school.id, school.name) for school in members))
        for family, members in grouped
    ]


def name_of(approach: str) -> str:
    """What an approach is called; one that is not in the list goes by its id."""
    known = schools(spoken()).get(approach)
    return known.name if known else _by_id(approach)


def family_of(approach: str) -> str:
    """The id of the family that an approach is of; nothing for one that is not in the list."""
    known = schools(LANGUAGES[0]).get(approach)
    return known.family_id if known else ""


def short_name_of(approach: str) -> str:
    """What it is called where there is little room."""
    known = schools(spoken()).get(approach)
    return known.short if known else _by_id(approach)


def _by_id(approach: str) -> str:
    return approach.replace("_", " ").capitalize()
