"""Reading sheets: which there are, what stands in them, what was written when and by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from holdspace.cellar.access.gate import NotHere, check
from holdspace.cellar.access.table import Action, Relation, ways
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.ledger.entry import ActorKind
from holdspace.cellar.prepared import One, first, prepared
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice.models import Practice
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.links import hash_of, visitor_by_link
from holdspace.frame.therapy.models import Participant
from holdspace.hour.worksheets import rules
from holdspace.hour.worksheets.content import value_at
from holdspace.hour.worksheets.definitions import Definition
from holdspace.hour.worksheets.library import definition
from holdspace.hour.worksheets.models import SheetLink, Worksheet, WorksheetVersion


def form_of(sheet: Worksheet) -> Definition:
    """The form that a sheet is filled in on, in the version that it began with."""
    return definition(sheet.definition, sheet.definition_version)


# ------------------------------------------------------------------ whose they are


def visible_to(by: Visitor, action: Action = Action.READ) -> QuerySet[Worksheet]:
    """The sheets a visitor may do this to: the same answer as the gate's, as SQL."""
    rows = Worksheet.objects.filter(practice_id=by.practice)
    if by.kind is ActorKind.LINK:
        given = SheetLink.objects.filter(pk=by.id).values("worksheet_id")
        return rows.filter(pk__in=given, layer__in=_layers(by, action, Relation.INVITED_TO))
    reach = Q(
        therapy_id__in=therapies.own(by), layer__in=_layers(by, action, Relation.THERAPIST_OF)
    )
    if action is not Action.FIND:
        reach &= Q(lent_at__isnull=False) | ~Q(layer=Layer.CLIENT.value)
    if by.narrowed_to is not None and not _is_alone(by, by.narrowed_to):
        reach &= Q(participant=None)
    private = _layers(by, action, Relation.AUTHOR_OF) & {Layer.PRIVATE}
    return rows.filter(reach | Q(began_by_id=by.id, layer__in=private))


def _layers(by: Visitor, action: Action, relation: Relation) -> set[Layer]:
    return {layer for layer in Layer if relation in ways(by.roles, layer, action)}


def _is_alone(by: Visitor, therapy: UUID) -> bool:
    """Whether one person takes part: where several do, nobody's own is put before the others."""
    return therapies.head_count(by, [therapy]).get(therapy, 0) == 1


def relations(by: Visitor, sheet: Worksheet, action: Action) -> frozenset[Relation]:
    """How a visitor stands to a sheet. The desk stands in none, whatever its layer."""
    if by.practice != sheet.practice_id:
        return frozenset()
    if by.kind is ActorKind.LINK:
        is_given = SheetLink.objects.filter(pk=by.id, worksheet_id=sheet.id).exists()
        return frozenset({Relation.INVITED_TO}) if is_given else frozenset()
    found = {Relation.AUTHOR_OF} if sheet.began_by_id == by.id else set[Relation]()
    is_theirs = _is_kept_from(sheet) and action is not Action.FIND
    is_of_one = by.narrowed_to is not None and sheet.participant_id is not None
    if sheet.therapy_id not in therapies.own(by) or is_theirs:
        return frozenset(found)
    if is_of_one and not _is_alone(by, sheet.therapy_id):
        return frozenset(found)
    return frozenset(found | {Relation.THERAPIST_OF})


def _is_kept_from(sheet: Worksheet) -> bool:
    """Whether it is a client's own, and they do not let their therapist read it."""
    return sheet.layer == Layer.CLIENT and sheet.lent_at is None


def one(by: Visitor, sheet: UUID, action: Action = Action.READ) -> Worksheet:
    """A sheet, or NotHere; the page's line names its therapy."""
    found = first(_sheet(practice=by.practice, sheet=sheet))
    if found is None:
        raise NotHere(subject=sheet)
    check_reach(by, found, action)
    keyring.warm({found.seal_scope(), found.therapy_id})
    by.opened.note([found.therapy_id])
    if found.participant is not None:
        by.opened.note([found.participant.person_id])
    return found


def check_reach(by: Visitor, sheet: Worksheet, action: Action) -> None:
    """Let pass, or raise NotHere."""
    check(by, action, Layer(sheet.layer), relations(by, sheet, action), subject=sheet.id)


def may(by: Visitor, sheet: Worksheet, action: Action) -> bool:
    """The gate's answer as yes or no, for showing or hiding a button."""
    try:
        check_reach(by, sheet, action)
    except NotHere:
        return False
    return True


@prepared
def _sheet(practice: One, sheet: One) -> QuerySet[Worksheet]:
    rows = Worksheet.objects.filter(practice_id=practice, pk=sheet)
    return rows.select_related("therapy", "participant__person", "session", "began_by", "kept_by")


# ------------------------------------------------------------------ of a therapy


@dataclass(frozen=True, slots=True)
class Standing:
    """A sheet in a list: what it is, and whether the visitor may read it."""

    sheet: Worksheet
    is_readable: bool

    @property
    def is_to_be_shown(self) -> bool:
        """Whether both look at it together."""
        return self.is_readable and self.sheet.state != rules.State.PUT_AWAY


def of_therapy(by: Visitor, therapy: UUID) -> list[Standing]:
    """The sheets of a therapy that the visitor may know of, those written in last first."""
    therapies.one(by, therapy, Action.READ, Layer.SHARED)
    known = visible_to(by, Action.FIND).filter(therapy_id=therapy).defer("content")
    chosen = known.select_related("participant__person").order_by("-saved_at", "id")
    found = list(chosen[: rules.LISTED_AT_MOST])
    keyring.warm(one.participant.person_id for one in found if one.participant is not None)
    by.opened.note(one.participant.person_id for one in found if one.participant is not None)
    return [Standing(one, not _is_kept_from(one)) for one in found]


def parts(by: Visitor, therapy: UUID) -> list[Participant]:
    """Whose a sheet of a therapy can be: those who take part now, where they are several."""
    found = therapies.here(by, therapy)
    return found if len(found) > 1 else []


def recipients(by: Visitor, sheet: Worksheet) -> list[Participant]:
    """To whom a sheet that the caller has opened can be handed: a sheet of one to nobody else."""
    here = therapies.here(by, sheet.therapy_id)
    return [one for one in here if sheet.participant_id in (None, one.id)]


# ------------------------------------------------------------------ what was written when


def versions(by: Visitor, sheet: Worksheet) -> list[WorksheetVersion]:
    """Everything saved in a sheet that the caller has already opened, the newest first."""
    chosen = WorksheetVersion.objects.filter(practice_id=by.practice, worksheet_id=sheet.id)
    chosen = chosen.select_related("member", "participant__person")
    return list(chosen.order_by("-number", "-saved_at", "-id"))


def since(by: Visitor, sheet: Worksheet, number: int) -> list[Mapping[str, Sequence[Any]]]:
    """What was changed after a version, in its order."""
    chosen = WorksheetVersion.objects.filter(
        practice_id=by.practice, worksheet_id=sheet.id, number__gt=number, lost_to=None
    )
    return [one.changed for one in chosen.order_by("number", "id")]


def before(by: Visitor, sheet: Worksheet, number: int, paths: Sequence[str]) -> dict[str, Any]:
    """What places held at a version: what a page that was opened then had before it."""
    later = since(by, sheet, number) if number < sheet.version else []
    return {path: value_at(sheet.content, later, path) for path in paths}


# ------------------------------------------------------------------ links


@dataclass(frozen=True, slots=True)
class Held:
    """A link that works: to which sheet, from whom, in which practice."""

    link: SheetLink
    sheet: Worksheet
    practice: Practice
    reader: str


def links(by: Visitor, sheet: Worksheet) -> list[SheetLink]:
    """The links to a sheet, the newest first."""
    chosen = SheetLink.objects.filter(practice_id=by.practice, worksheet_id=sheet.id)
    return list(chosen.select_related("participant__person").order_by("-given_at", "id"))


def by_token(token: str, *, at: datetime) -> Held:
    """The sheet behind a link's token; NotHere when unknown, taken back or past."""
    return _held(first(_by_hash(token_hash=hash_of(token))), at)


def held(link: UUID, *, at: datetime) -> Held:
    """The sheet that a device's cookie names; NotHere when its link was taken back or is past."""
    return _held(first(_link(link=link)), at)


_BESIDE = ("practice", "given_by", "worksheet__therapy", "worksheet__participant__person")


@prepared
def _by_hash(token_hash: One) -> QuerySet[SheetLink]:
    return SheetLink.objects.select_related(*_BESIDE).filter(token_hash=token_hash)


@prepared
def _link(link: One) -> QuerySet[SheetLink]:
    return SheetLink.objects.select_related(*_BESIDE).filter(pk=link)


def _held(link: SheetLink | None, at: datetime) -> Held:
    if link is None:
        raise NotHere("no such link")
    sheet = link.works_at(at).worksheet
    if sheet.state == rules.State.PUT_AWAY:
        raise NotHere("this sheet was put away", link.id)
    check_reach(visitor_by_link(link), sheet, Action.READ)
    keyring.warm({sheet.seal_scope(), link.participant_id})
    return Held(link, sheet, link.practice, str(link.given_by.name))
