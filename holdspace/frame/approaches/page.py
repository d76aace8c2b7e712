"""What the pages of approaches show: a time line by decade, and one approach with its hour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.frame.approaches import catalogue, labels
from holdspace.frame.approaches.catalogue import Approach
from holdspace.frame.approaches.models import OwnVoice
from holdspace.frame.approaches.tongues import Spoken, in_tongue, spoken
from holdspace.frame.approaches.words import SLOTS, Words, voices, words_from
from holdspace.frame.people.labels import Label
from holdspace.frame.practice import labels as house

FIRST_YEAR, LAST_YEAR = 1890, 2030
WIDTH = 700  # of the drawings, in their own units
_MARGIN = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One approach among others."""

    id: str
    name: str
    since: str
    founders: str
    family: str


@dataclass(frozen=True, slots=True)
class Decade:
    """Approaches that began in the same ten years."""

    title: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """A family on the time line: a dot for each of its approaches."""

    id: str
    name: str
    count: int
    dots: Sequence[int]  # across, of WIDTH
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class TimeLine:
    """What was looked for, by decade; and where each family stands in time."""

    decades: Sequence[Decade]
    own: Sequence[Line]
    families: Sequence[FamilyLine]
    ticks: Sequence[tuple[int, int]]  # across, the year
    count: int
    sentence: str


def time_line(known: Iterable[Approach], wanted: dict[str, str]) -> TimeLine:
    """The approaches that fit what is wanted, oldest first, the practice's own before them."""
    everything = [one for one in known if not one.is_retired]
    found = [one for one in everything if _fits(one, wanted)]
    dated = [(one.year, _line(one)) for one in found if one.year is not None]
    dated.sort(key=lambda pair: (pair[0], pair[1].name.casefold()))
    return TimeLine(
        decades=[
            Decade(_("%(year)ds") % {"year": decade}, [line for _year, line in some])
            for decade, some in groupby(dated, key=lambda pair: pair[0] // 10 * 10)
        ],
        own=[_line(one) for one in found if one.is_own],
        families=[_family(name, everything, wanted["family"]) for name in catalogue.FAMILIES],
        ticks=[(across(year), year) for year in range(FIRST_YEAR, LAST_YEAR, 20)],
        count=len(found),
        sentence=ngettext("%(n)d approach", "%(n)d approaches", len(found)) % {"n": len(found)},
    )


def across(year: int) -> int:
    """Where a year stands on a drawing of WIDTH."""
    share = (year - FIRST_YEAR) / (LAST_YEAR - FIRST_YEAR)
    return round(_MARGIN + share * (WIDTH - 2 * _MARGIN))


def _fits(one: Approach, wanted: dict[str, str]) -> bool:
    words = f"{in_tongue(one.name).words} {in_tongue(one.short).words} {one.founders} {one.id}"
    return (
        all(word in words.casefold() for word in wanted["q"].casefold().split())
        and wanted["family"] in ("", one.family)
        and wanted["stance"] in ("", one.stance)
        and (not wanted["format"] or wanted["format"] in one.formats)
    )


def _line(one: Approach) -> Line:
    family = catalogue.families()[one.family][spoken()]
    return Line(one.id, in_tongue(one.name).words, one.since, one.founders, family)


def _family(name: str, everything: Iterable[Approach], chosen: str) -> FamilyLine:
    members = [one for one in everything if one.family == name]
    dots = sorted(across(one.year) for one in members if one.year is not None)
    said = catalogue.families()[name][spoken()]
    return FamilyLine(name, said, len(members), dots, name == chosen)


# ------------------------------------------------------------------ one approach


@dataclass(frozen=True, slots=True)
class Stretch:
    """A step of the hour as it is drawn and read."""

    number: int
    minutes: int
    from_minute: int
    said: Spoken
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class ApproachPage:
    """One approach, in the language of the page."""

    one: Approach
    name: str
    family: str
    facts: Sequence[tuple[Label, Label]]
    frequency: Spoken | None
    stretches: Sequence[Stretch]
    phases: Sequence[Spoken]
    techniques: Sequence[Spoken]
    artefacts: Sequence[Spoken]
    offered: Sequence[str]
    named: Sequence[str]
    record_holds: Sequence[Spoken]


def approach_page(one: Approach, voices: dict[str, Label]) -> ApproachPage:
    """All that the page of an approach shows."""
    measures = [catalogue.measures()[name] for name in one.measures]
    return ApproachPage(
        one=one,
        name=in_tongue(one.name).words,
        family=catalogue.families()[one.family][spoken()],
        facts=_facts(one, voices),
        frequency=in_tongue(one.frequency) if one.frequency else None,
        stretches=stretches(one),
        phases=[in_tongue(said) for said in one.phases],
        techniques=[in_tongue(technique.said) for technique in one.techniques],
        artefacts=[in_tongue(catalogue.artefacts()[name]) for name in one.artefacts],
        offered=[measure.name for measure in measures if measure.known],
        named=[measure.name for measure in measures if not measure.known],
        record_holds=[in_tongue(said) for said in one.record_holds],
    )


def stretches(one: Approach) -> list[Stretch]:
    """The hour as a strip: each step as wide as it is long."""
    found: list[Stretch] = []
    begun = 0
    for number, step in enumerate(one.hour, 1):
        x, width = begun / one.minutes * WIDTH, step.minutes / one.minutes * WIDTH
        said = in_tongue(step.said)
        found.append(Stretch(number, step.minutes, begun, said, round(x, 1), round(width - 3, 1)))
        begun += step.minutes
    return found


def _facts(one: Approach, voices: dict[str, Label]) -> list[tuple[Label, Label]]:
    """Terms and what is so; what is not said is left out by the page."""
    return [
        (_("Since"), one.since),
        (_("Founded by"), one.founders),
        (_("Stance"), labels.STANCES[one.stance]),
        (_("With whom"), ", ".join(str(labels.FORMATS[each]) for each in one.formats)),
        (_("Sessions"), _sessions(one)),
        (_("Minutes"), _minutes(one)),
        (_("The hour"), labels.STRUCTURES[one.structure]),
        (_("Voice"), voices.get(one.voice, one.voice)),
        (_("Notes"), house.NOTE_FORMATS[one.note_format]),
        (_("Evidence"), labels.EVIDENCE.get(one.evidence, "")),
    ]


def _sessions(one: Approach) -> str:
    if one.least is None:
        return ""
    if one.most is None or one.is_open:
        return _("from %(least)d, open-ended") % {"least": one.least}
    if one.least == one.most:
        return str(one.least)
    return _("%(least)d to %(most)d") % {"least": one.least, "most": one.most}


def _minutes(one: Approach) -> str:
    if one.minutes_range is None:
        return str(one.minutes or "")
    low, high = one.minutes_range
    said: dict[str, Any] = {"usual": one.minutes, "low": low, "high": high}
    return _("%(usual)d (%(low)d to %(high)d)") % said


# ------------------------------------------------------------------ voices


@dataclass(frozen=True, slots=True)
class ShownVoice:
    """A voice with its words, those that it has."""

    key: str
    name: Label
    words: Sequence[str]
    is_own: bool
    is_retired: bool


def shown_voices(own: Iterable[OwnVoice]) -> list[ShownVoice]:
    """The house's voices, then the practice's own."""
    ours = [
        ShownVoice(key, labels.VOICES[key], _some(words), is_own=False, is_retired=False)
        for key, words in voices(spoken()).items()
    ]
    theirs = [
        ShownVoice(
            row.key, row.words["name"], _some(words_from(row.words["slots"])),
            is_own=True, is_retired=row.retired_at is not None,
        )
        for row in own
    ]  # fmt: skip
    return [*ours, *theirs]


def _some(words: Words) -> list[str]:
    return list(dict.fromkeys(said for slot in SLOTS if (said := getattr(words, slot))))
