"""What the pages of genograms and ecomaps show: the drawing, the list, and what can be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.hour.worksheets import content, map_forms, maps, queries
from holdspace.hour.worksheets.content import WHOLE
from holdspace.hour.worksheets.family import text
from holdspace.hour.worksheets.family.checking import parse
from holdspace.hour.worksheets.family.drawing import OPEN, Layer, Look, drawn
from holdspace.hour.worksheets.family.layout import laid_out, retold
from holdspace.hour.worksheets.family.model import Person, Telling, Union
from holdspace.hour.worksheets.family.tellings import at, moments
from holdspace.hour.worksheets.labels import whose
from holdspace.hour.worksheets.models import Worksheet
from holdspace.hour.worksheets.rules import State

LAYERS = {
    Layer.TIES: gettext_lazy("Lines between people"), Layer.HEALTH: gettext_lazy("Health"),
    Layer.HOMES: gettext_lazy("Homes"), Layer.AGES: gettext_lazy("Ages"),
    Layer.NOTES: gettext_lazy("Notes"),
}  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """How the page is looked at: whose form is open, in which year, without which layers."""

    person: str = ""
    year: int | None = None
    off: frozenset[str] = frozenset()
    beside: UUID | None = None

    @property
    def closed(self) -> str:
        """The address without anybody's form."""
        return self.query()

    @property
    def here(self) -> str:
        """The address as it is looked at now."""
        return self.query(self.person)

    @property
    def base(self) -> str:
        """What somebody's id is added to."""
        query = self.query()
        return f"{query}{'&' if query != '?' else ''}person="

    def query(self, person: str = "") -> str:
        """The end of an address that looks at it in the same way, with somebody's form open."""
        told: list[tuple[str, str]] = [("person", person)] if person else []
        told += [("year", str(self.year))] if self.year else []
        told += [("off", one) for one in sorted(self.off)]
        told += [("beside", str(self.beside))] if self.beside else []
        return f"?{urlencode(told)}" if told else "?"


def seen(asked: QueryDict) -> Seen:
    """How a page is asked for; what makes no sense is left out."""
    year = asked.get("year", "")
    try:
        beside = UUID(asked.get("beside", ""))
    except ValueError:
        beside = None
    return Seen(
        person=asked.get("person", "")[:12],
        year=int(year) if len(year) == 4 and year.isdecimal() else None,
        off=frozenset(asked.getlist("off")) & frozenset(map(str, LAYERS)),
        beside=beside,
    )


def may_fill(by: Visitor, sheet: Worksheet) -> bool:
    """Whether it is open, and this visitor may write in it."""
    return sheet.state == State.OPEN and queries.may(by, sheet, Action.FILL)


def kept(sheet: Worksheet) -> Telling:
    """The telling of a sheet; an empty one where nothing was told yet."""
    return parse(content.value(sheet.content, WHOLE) or {})


@dataclass(frozen=True)
class Tie:
    """A line of somebody, in words."""

    id: str
    words: str


@dataclass(frozen=True)
class Chosen:
    """Whoever's form is open."""

    person: Person
    name: str
    form: map_forms.PersonForm
    tie_form: map_forms.TieForm | None
    ties: Sequence[Tie]
    unions: Sequence["Together"]
    may_have_parent: bool


@dataclass(frozen=True)
class Together:
    """A union of somebody: with whom, what happened, and what can be added."""

    id: str
    whom: str
    facts: str
    form: map_forms.TurnForm
    is_last: bool  # only one turn: taking it back ends the union


def chosen(telling: Telling, who: str, wrong: Mapping[str, Any]) -> Chosen | None:
    """Somebody's form and all that can be done with them; nothing where nobody is chosen."""
    person = telling.by_id.get(who)
    if person is None:
        return None
    place = telling.places.get(who)
    others = len(telling.people) > 1
    return Chosen(
        person,
        text.called(person, gettext),
        wrong.get("form") or map_forms.PersonForm(telling, person),
        (wrong.get("tie_form") or map_forms.TieForm(telling, person)) if others else None,
        [
            Tie(line.id, text.tie_words(telling, number, gettext))
            for number, line in enumerate(telling.lines)
            if who in (line.source, line.target)
        ],
        [_together(telling, one, who, wrong) for one in telling.unions_of(who)],
        not place or len(telling.union_by_id[place.union].partners) < 2,
    )


def _together(telling: Telling, union: Union, who: str, wrong: Mapping[str, Any]) -> Together:
    others = [text.called(telling.by_id[one], gettext) for one in union.partners if one != who]
    is_wrong = wrong.get("turn_of") == union.id
    form = wrong["turn_form"] if is_wrong else map_forms.TurnForm(auto_id=f"{union.id}-%s")
    facts = text.union_facts(union, gettext)
    return Together(union.id, " ".join(others), facts, form, len(union.steps) == 1)


def picture(telling: Telling, look: Seen, *, key: str = "g", link: bool = False) -> SafeString:
    """The drawing as it is looked at; a figure leads to its form where it can be changed."""
    layout = laid_out(telling)
    told, hidden = at(telling, look.year) if look.year else (telling, frozenset[str]())
    names = {
        one.id: f"{text.called(one, gettext)}. {text.facts(told, one, gettext)}"
        for one in told.people
    }
    svg = drawn(
        told, retold(layout, told),
        Look(
            maps.title(telling.told_by), text.summary(telling, gettext), OPEN - look.off, key,
            gettext, look.query if link else None, names, look.person, hidden=hidden,
        ),
    )  # fmt: skip
    return mark_safe(svg)  # noqa: S308 -- our own signs, every word escaped


@dataclass(frozen=True)
class Beside:
    """Another telling of the same family."""

    heading: str
    svg: SafeString
    sheet: Worksheet


def others(by: Visitor, sheet: Worksheet) -> list[tuple[str, str]]:
    """The other maps of this kind in the therapy, to be laid beside this one."""
    found = queries.of_therapy(by, sheet.therapy_id)
    same = [one.sheet for one in found if one.is_readable and one.sheet.id != sheet.id]
    return [(str(one.id), named(one)) for one in same if one.definition == sheet.definition]


def named(sheet: Worksheet) -> str:
    """A map in a list of maps of its kind."""
    return f"{date_format(sheet.began_at, 'DATE_FORMAT')} · {whose(sheet)}"


def stops(telling: Telling) -> list[tuple[int, str]]:
    """The stops of the time line, in words."""
    return [
        (year, _("%(year)s: %(who)s is born") % {"year": year, "who": who} if who else str(year))
        for year, who in moments(telling)
    ]
