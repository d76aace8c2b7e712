"""Where help is this minute: numbers that the practice checked for its place, or none at all."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from holdspace.frame.practice.models import Practice
from holdspace.frame.practice.rules import CrisisHelp, help_from
from holdspace.front.portal.when import written_date
from holdspace.front.portal.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """One place to call."""

    words: str
    number: str
    call: str
    checked: str

    @property
    def dial(self) -> str:
        """The number as a telephone takes it."""
        return "".join(sign for sign in self.number if sign.isdigit() or sign == "+")


def lines(practice: Practice, say: Words, language: str) -> tuple[Line, ...]:
    """The numbers that may be shown: checked, and for the practice's own country."""
    checked = help_from(practice.choices.get("crisis_help", []))
    return tuple(_line(one, say, language) for one in checked if one.country == practice.country)


def _line(one: CrisisHelp, say: Words, language: str) -> Line:
    on: date = one.verified_on
    return Line(
        words=one.words,
        number=one.number,
        call=say.help_call.format(number=one.number),
        checked=say.help_checked.format(date=f"{written_date(on, say, language)} {on.year}"),
    )


def as_shown(shown: tuple[Line, ...], say: Words, reads: str, language: str) -> dict[str, Any]:
    """What is written down of the page that a client was shown."""
    return {
        "language": language,
        "sentences": [say.care_title, say.care_unwatched, reads, say.help_emergency],
        "numbers": [{"words": line.words, "number": line.number} for line in shown],
    }
