"""Reading the sample practice's files: who works there, who comes, and what was written."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
Loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)
Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """All that the files say, by key."""

    practice: Entry
    members: dict[str, Entry]
    people: dict[str, Entry]
    therapies: dict[str, Entry]
    words: dict[str, Entry]
    today: dict[str, Entry]  # by therapy: what is special about its session of today
    asked: Entry  # what some are asked beside the usual


@cache
def story() -> Story:
    """Everything, read once."""
    return Story(
        practice=_read("practice"),
        members=_by_key(_read("members")["members"]),
        people=_by_key(_read("people")["people"]),
        therapies=_by_key(_read("therapies")["therapies"]),
        words=_read("words")["words"],
        today=_sessions_of_today(_read("today")["days"]),
        asked=_read("asked"),
    )


def _read(name: str) -> Any:
    text = (DATA / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader)  # noqa: S506 -- a safe loader either way


def _by_key(entries: list[Entry]) -> dict[str, Entry]:
    return {entry["key"]: entry for entry in entries}


def _sessions_of_today(days: list[Entry]) -> dict[str, Entry]:
    """One session each, though two members may name it; the first says most."""
    found: dict[str, Entry] = {}
    for day in days:
        for session in day["sessions"]:
            found.setdefault(session["therapy"], session)
    return dict(sorted(found.items(), key=lambda item: item[1]["starts"]))
