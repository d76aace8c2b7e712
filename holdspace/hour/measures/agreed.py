"""What pages say of what was agreed: rules, offers, batteries, own words, what a client sees."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.ui.templatetags.ui import lowfirst
from holdspace.frame.therapy.models import Participant
from holdspace.hour.measures.forms import WHENS, ShowingForm
from holdspace.hour.measures.models import Battery, OwnWords, Rule, Showing
from holdspace.hour.measures.offers import Offer
from holdspace.hour.measures.pages import known, name_of
from holdspace.hour.measures.personal import Kind
from holdspace.hour.measures.queries import batteries
from holdspace.hour.measures.rules import When
from holdspace.hour.measures.shelves import Shelf


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule in force: for whom, what, when."""

    rule: Rule
    name: str
    about: str
    what: str
    when: str


def shown_rules(
    by: Visitor, rules: Iterable[Rule], present: Mapping[UUID, Participant]
) -> list[ShownRule]:
    shelf = Shelf(by.practice)
    return [
        ShownRule(
            rule=rule,
            name=name_of(present[rule.participant_id]),
            about=known(rule.about_id, present),
            what=_what(rule, shelf),
            when=when_words(When(rule.when), rule.every, rule.weeks),
        )
        for rule in rules
        if rule.battery is not None or shelf.ever(rule.instrument) is not None
    ]


def _what(rule: Rule, shelf: Shelf) -> str:
    return str(rule.battery.name) if rule.battery else _short(shelf, rule.instrument)


def _short(shelf: Shelf, name: str) -> str:
    """What an instrument is called, also one that was taken away."""
    known_here = shelf.ever(name)
    return known_here.short_name if known_here else name


def when_words(when: When, every: int = 1, weeks: Sequence[int] = ()) -> str:
    """When a rule asks, inside a sentence."""
    if when is When.AT_WEEKS:
        return _("in the weeks %(weeks)s") % {"weeks": ", ".join(map(str, weeks))}
    if when is When.EVERY_N:
        return _("every session") if every == 1 else _("every %s sessions") % every
    return lowfirst(str(dict(WHENS)[when.value]))


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """What could be agreed on, in words."""

    what: str
    when: str


def shown_offers(found: Iterable[Offer]) -> list[ShownOffer]:
    return [
        ShownOffer(each.instrument.short_name, when_words(each.when, weeks=each.weeks))
        for each in found
    ]


def showing_form(chosen: Showing) -> ShowingForm:
    return ShowingForm(initial={"shows": chosen.shows, "faces": chosen.faces})


@dataclass(frozen=True, slots=True)
class ShownOwn:
    """One participant's goals or problems, and where they are put into words."""

    name: str
    title: str
    words: Sequence[str]
    href: str


def shown_own(
    found: Mapping[tuple[UUID, str], OwnWords], present: Mapping[UUID, Participant]
) -> list[ShownOwn]:
    titles = {Kind.GOALS: _("What they hope to reach"), Kind.PROBLEMS: _("What bothers them")}
    return [
        ShownOwn(
            name=name_of(who),
            title=title,
            words=found[pk, kind].words if (pk, kind) in found else (),
            href=reverse("own_words", args=[who.therapy_id, pk, kind.value]),
        )
        for pk, who in present.items()
        if who.to_on is None
        for kind, title in titles.items()
    ]


@dataclass(frozen=True, slots=True)
class ShownBattery:
    """A battery with what is in it."""

    battery: Battery
    instruments: tuple[str, ...]


def shown_batteries(by: Visitor) -> list[ShownBattery]:
    shelf = Shelf(by.practice)
    return [
        ShownBattery(each, tuple(_short(shelf, name) for name in each.instruments))
        for each in batteries(by)
    ]
