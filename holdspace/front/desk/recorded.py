"""The ledger's lines in the reader's language; what is written in it stays English."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from holdspace.cellar.ledger.queries import Recorded
from holdspace.frame.approaches.tongues import spoken

FILE: Final = Path(__file__).parent / "data" / "ledger.yaml"
Known = dict[str, dict[str, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as the page says it: who, did what, to what."""

    line: Recorded
    who: str
    act: str
    what: str


@cache
def known() -> Known:
    """Acts, things and actors with their words in other languages; read once."""
    found: Known = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def _in_words(kind: str, written: str) -> str:
    return known()[kind].get(written, {}).get(spoken(), written)


def shown_line(line: Recorded, name: str) -> ShownLine:
    """A line with its words; who acted goes by their name, or by what they are."""
    return ShownLine(
        line,
        who=name or _in_words("actors", line.actor_kind),
        act=_in_words("acts", line.act),
        what=_in_words("things", line.what),
    )
