"""What the therapist's pages of measures are made of."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.post.queries import sent
from holdspace.cellar.ui.charts import Course as Drawn
from holdspace.cellar.ui.charts import course as draw
from holdspace.frame.approaches import queries as approaches
from holdspace.frame.practice.queries import members
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.models import Participant, Therapy
from holdspace.hour.encounters.models import Session
from holdspace.hour.encounters.rules import State as SessionState
from holdspace.hour.measures import sentences
from holdspace.hour.measures.forms import Choices, Offered
from holdspace.hour.measures.instruments import Instrument
from holdspace.hour.measures.models import Answering, Giving, OwnWords, Rule, SafetyFlag
from holdspace.hour.measures.offers import offers
from holdspace.hour.measures.personal import frames
from holdspace.hour.measures.queries import Course, Given, batteries
from holdspace.hour.measures.rules import OPEN, Respondent, State
from holdspace.hour.measures.scoring import FlagKind, Score
from holdspace.hour.measures.shelves import Shelf, instrument_of
from holdspace.hour.measures.wording import Wording, wording

SESSIONS_OFFERED = 12
Words = dict[tuple[UUID, str, int | None], Sequence[str]]  # of whom, what kind, which version


@dataclass(frozen=True, slots=True)
class ShownCourse:
    """One participant's course as a chart with its sentence, its source and its credit."""

    course: Course
    drawn: Drawn
    band: str
    source: str
    direction: str
    seen: str
    words: Sequence[str]  # of somebody's own, which it asks about

    @property
    def sentence(self) -> str:
        """What it shows, and who sees it so where that is somebody else."""
        if not self.seen:
            return self.course.sentence
        said = {"seen": self.seen, "sentence": self.course.sentence}
        return _("%(seen)s: %(sentence)s") % said

    @property
    def instrument(self) -> Instrument:
        return self.course.instrument

    @property
    def title(self) -> str:
        """The instrument, and which wording of it where that has changed."""
        version = self.course.version or 1
        if version == 1:
            return self.course.name
        said = {"name": self.course.name, "version": version}
        return _("%(name)s, wording %(version)s") % said


@dataclass(frozen=True, slots=True)
class Whose:
    """The courses of one participant: never on one chart with another's."""

    participant: Participant
    courses: tuple[ShownCourse, ...]


@dataclass(frozen=True, slots=True)
class ShownGiving:
    """What was given, to whom, and the link while it works."""

    giving: Giving
    name: str
    about: str
    person: UUID
    answerings: tuple[tuple[str, Answering], ...]
    link: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A question, its answer in words, and whether it asks somebody to look."""

    number: int
    text: str
    answer: str
    is_watched: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told that something came in, and when the message went."""

    name: str
    at: datetime
    sent_at: datetime | None


def name_of(participant: Participant) -> str:
    person = participant.person
    return str(person.preferred_name or person.name)


def people(by: Visitor, therapy: Therapy) -> dict[UUID, Participant]:
    """Everybody who ever took part, by id."""
    return {each.id: each for each in therapies.participants(by, [therapy.id])}


def choices(present: Iterable[Participant]) -> list[tuple[str, str]]:
    """Those who take part now, for a form."""
    return [(str(each.id), name_of(each)) for each in present if each.to_on is None]


def offered(
    by: Visitor, shelf: Shelf, present: Iterable[Participant], first: Collection[str]
) -> Offered:
    """What forms about giving can name, but for the sessions.

    Those of `first` lead, in their order, and the others stand behind them under one name;
    personal questions are the last of either.
    """
    named = [(str(each.id), str(each.name)) for each in batteries(by)]
    personal = [(name, _called(each)) for name, each in frames().items()]
    every = [*to_give(shelf), *personal]
    leading = sorted((each for each in every if each[0] in first), key=_place_in(first))
    others = [each for each in every if each[0] not in first]
    grouped: Choices = [*leading, (_("Other questionnaires"), others)] if leading else others
    return Offered(choices(present), grouped, named)


def usual(by: Visitor, therapy: Therapy, rules: Iterable[Rule], shelf: Shelf) -> list[str]:
    """What is asked in a therapy by its rules, then what often is in its way of working."""
    asked = (name for rule in rules for name in rule.instruments)
    known = approaches.among(by, therapy.approaches).values()
    often = offers(known, therapy.voice, shelf)
    return list(dict.fromkeys((*asked, *(each.instrument.id for each in often))))


def _place_in(first: Collection[str]) -> Callable[[tuple[str, str]], int]:
    places = {name: place for place, name in enumerate(first)}
    return lambda each: places[each[0]]


def to_give(shelf: Shelf) -> list[tuple[str, str]]:
    """The questionnaires that can be given, for a form."""
    return [(each.id, _called(each)) for each in shelf.values() if each.is_worded]


def _called(instrument: Instrument) -> str:
    """Both of its names, where there are two."""
    short, name = instrument.short_name, instrument.name
    return name if name.startswith(short) else f"{short}: {name}"


def on_paper(shelf: Shelf) -> list[tuple[str, list[Instrument]]]:
    """What can be copied from paper: with its words here, without them, or as a total alone."""
    unworded = [each for each in shelf.values() if not each.is_worded]
    return [
        (_("With its words here"), [each for each in shelf.values() if each.is_worded]),
        (_("Answers by number"), [each for each in unworded if not each.is_total_only]),
        (_("A total only"), [each for each in unworded if each.is_total_only]),
    ]


def sessions(therapy: Therapy) -> list[tuple[str, str]]:
    """The sessions something can be given for: planned ones and the newest held ones."""
    held = (SessionState.PLANNED.value, SessionState.BEGUN.value, SessionState.HELD.value)
    rows = Session.objects.filter(therapy=therapy, state__in=held).order_by("-starts_at")
    chosen = rows[:SESSIONS_OFFERED]
    return [(str(row.id), _written(row.starts_at)) for row in chosen]


def _written(moment: datetime) -> str:
    return str(formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT"))


def whose(
    found: Sequence[Course], present: Mapping[UUID, Participant], worded: Iterable[OwnWords]
) -> list[Whose]:
    """Courses by participant, in the order of the participants."""
    words: Words = {(row.participant_id, row.kind, row.version): row.words for row in worded}
    return [
        Whose(
            participant,
            tuple(_shown(each, present, words) for each in found if each.participant_id == pk),
        )
        for pk, participant in present.items()
        if any(each.participant_id == pk for each in found)
    ]


def known(participant: UUID | None, present: Mapping[UUID, Participant]) -> str:
    """The name of another participant, where there is one who may be named here."""
    who = present.get(participant) if participant else None
    return name_of(who) if who else ""


def seen_by(respondent: str, informant: UUID | None, present: Mapping[UUID, Participant]) -> str:
    """Who sees it so, in words, where it is not whom it is about."""
    if informant is not None:
        known = present.get(informant)
        name = name_of(known) if known else _("somebody else")
        return _("As %(name)s sees it") % {"name": name}
    unnamed = {
        Respondent.THERAPIST: _("As the therapist sees it"),
        Respondent.PARENT: _("As a parent sees it"),
        Respondent.TEACHER: _("As a teacher sees it"),
    }
    return unnamed.get(Respondent(respondent), "")


def informant_of(row: Answering) -> UUID | None:
    """The other participant who answered, if there was one."""
    return row.giving.participant_id if row.giving.about_id else None


def _shown(
    course: Course,
    present: Mapping[UUID, Participant],
    words: Words,
) -> ShownCourse:
    instrument = course.instrument
    low, high = instrument.range
    said = _("cut-off")  # what it means stands below the chart, with its source
    cuts = [(cut.value, said) for cut in instrument.cutoffs if cut.verified and cut.kind == "case"]
    return ShownCourse(
        course=course,
        drawn=draw(list(enumerate(course.totals, start=1)), low, high, cuts=cuts),
        band=sentences.band_sentence(instrument, course.last),
        source=sentences.change_source(course.change),
        direction=sentences.direction_sentence(instrument),
        seen=seen_by(course.respondent, course.informant_id, present),
        words=words.get((course.participant_id, instrument.id, course.version), ()),
    )


def shown_givings(
    found: Iterable[Given], present: Mapping[UUID, Participant], *, root: str, at: datetime
) -> list[ShownGiving]:
    """What was given, with its link where that still opens something."""
    return [_shown_giving(each, present, root, at) for each in found]


def _shown_giving(
    given: Given, present: Mapping[UUID, Participant], root: str, at: datetime
) -> ShownGiving:
    giving = given.giving
    works = giving.withdrawn_at is None and giving.ends_at > at
    is_open = works and any(each.state in OPEN for each in given.answerings)
    path = reverse("checkin_link", args=[giving.token]) if is_open else ""
    return ShownGiving(
        giving=giving,
        name=name_of(present[giving.participant_id]),
        about=known(giving.about_id, present),
        person=present[giving.participant_id].person_id,
        answerings=tuple((state_words(each), each) for each in given.answerings),
        link=f"{root}{path}" if path else "",
        is_open=is_open,
    )


def state_words(row: Answering) -> str:
    """Where a questionnaire is, in words."""
    instrument = instrument_of(row)
    words = {
        State.WAITING: _("waiting"),
        State.BEGUN: _("begun, %(answered)s of %(count)s answered")
        % {"answered": row.answered, "count": len(instrument.items)},
        State.FINISHED: _("answered"),
        State.DECLINED: _("not answered: declined"),
        State.WITHDRAWN: _("withdrawn"),
    }
    return f"{instrument.short_name}: {words[State(row.state)]}"


def items(row: Answering, score: Score) -> list[ShownItem]:
    """Each question with its answer; what was declined is “not answered”, and no more."""
    instrument = instrument_of(row)
    said = wording(instrument, row.language)
    watched = {flag.item for flag in score.flags if flag.kind is FlagKind.SAFETY}
    return [
        ShownItem(
            item.number,
            sentences.question(said, item),
            _words(said, item.id, row.answers.get(item.id)),
            item.id in watched,
        )
        for item in instrument.items
    ]


def _words(said: Wording, item: str, value: int | None) -> str:
    if value is None:
        return _("not answered")
    label = said.label(value, item)
    return label if label == str(value) else f"{value} · {label}"


def told(by: Visitor, flag: SafetyFlag) -> list[Told]:
    """Who was told of a flag, and what became of the message."""
    names = {str(member.id): str(member.name) for member in members(by)}
    went = sent(UUID(each["message"]) for each in flag.told)
    return [
        Told(
            names.get(each["member"], _("somebody who has left")),
            datetime.fromisoformat(each["at"]),
            went.get(UUID(each["message"])),
        )
        for each in flag.told
    ]
