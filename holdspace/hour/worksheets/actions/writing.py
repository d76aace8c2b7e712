"""Writing in sheets: begun, then filled in field by field, by several hands at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action, Role
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.ledger.entry import ActorKind
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.frame.therapy.models import Therapy
from holdspace.hour.encounters.models import Session
from holdspace.hour.worksheets import content, queries
from holdspace.hour.worksheets.content import Cells, Change, Collision, Hand, Merged
from holdspace.hour.worksheets.definitions import Definition
from holdspace.hour.worksheets.library import UnknownDefinition, current
from holdspace.hour.worksheets.models import SheetLink, Worksheet, WorksheetVersion
from holdspace.hour.worksheets.rules import By, NoLongerOpen, State


class CannotBegin(Exception):
    """A sheet that cannot be begun; the message says why."""


@dataclass(frozen=True, slots=True)
class Written:
    """An acknowledged save: it is on disk. What others wrote meanwhile, or was wrong, is not."""

    version: int
    saved_at: datetime
    collisions: Sequence[Collision]
    wrong: Mapping[str, str]


def begin(
    therapy: UUID,
    form: str,
    participant: UUID | None = None,
    session: UUID | None = None,
    *,
    by: Visitor,
    at: datetime,
) -> Worksheet:
    """Begin a sheet on a form, of one participant or of all; a client's own is lent from then.

    Raises CannotBegin, NotHere.
    """
    of = therapies.one(by, therapy, Action.READ, Layer.SHARED)
    definition = _form(form, of)
    layer = Layer(definition.layer)
    _check_layer(by, of, layer)
    whose = _whose(by, of, participant, layer)
    _check_session(of, session)
    sheet = Worksheet(
        practice_id=by.practice, therapy_id=therapy, participant_id=whose, session_id=session,
        definition=definition.id, definition_version=definition.version, layer=layer.value,
        began_at=at, began_by_id=by.id, saved_at=at,
        lent_at=at if layer is Layer.CLIENT else None,
    )  # fmt: skip
    with transaction.atomic():
        sheet.save(force_insert=True)
        lines.did(by, "began", "form", subjects(sheet), at=at, layer=layer)
    return sheet


def _form(name: str, of: Therapy) -> Definition:
    try:
        found = current(name)
    except UnknownDefinition:
        raise NotHere("no such form") from None
    if not found.is_for(of.voice):
        raise NotHere("not a form of this voice")
    return found


def _check_layer(by: Visitor, of: Therapy, layer: Layer) -> None:
    """One's own may be begun by who may write it; a client's by who may give them something."""
    if layer is Layer.PRIVATE:
        therapies.one(by, of.id, Action.FILL, Layer.RECORD)
    elif layer is Layer.CLIENT:
        therapies.one(by, of.id, Action.GIVE, Layer.SHARED)
    else:
        therapies.one(by, of.id, Action.FILL, layer)


def _whose(by: Visitor, of: Therapy, participant: UUID | None, layer: Layer) -> UUID | None:
    """Whose it is; where one alone takes part, theirs."""
    here = [one.id for one in therapies.here(by, of.id)]
    if participant is not None and participant not in here:
        raise NotHere(subject=participant)
    if participant is None and len(here) == 1:
        return here[0]
    if participant is None and layer is Layer.CLIENT:
        raise CannotBegin(_("This form belongs to one person. Choose whose it is."))
    return participant


def _check_session(of: Therapy, session: UUID | None) -> None:
    if session is None:
        return
    if not Session.objects.filter(pk=session, therapy_id=of.id).exists():
        raise NotHere(subject=session)


# ------------------------------------------------------------------ filling in


def save(
    sheet_id: UUID, changes: Sequence[Change], *, page: str, by: Visitor, at: datetime
) -> Written:
    """Keep what was typed, field by field, as the sheet's next version.

    What is as it was makes no version. A field that another page wrote after the version that
    this one had before it stays as it is; what was typed is kept aside, and both are answered. The
    ledger gets one line for each sheet and page. Raises NoLongerOpen, NotHere.
    """

    def change(form: Definition, cells: Cells, hand: Hand) -> Merged:
        return content.merged(form, cells, changes, hand)

    return _change(sheet_id, change, page, by=by, at=at)


def drop_row(
    sheet_id: UUID, field: str, row: str, *, page: str, by: Visitor, at: datetime
) -> Written:
    """Take a row out of a sheet; what stood in it stays among its versions."""

    def change(form: Definition, cells: Cells, hand: Hand) -> Merged:
        return content.without_row(form, cells, field, row, hand)

    return _change(sheet_id, change, page, by=by, at=at)


def raise_row(
    sheet_id: UUID, field: str, row: str, *, page: str, by: Visitor, at: datetime
) -> Written:
    """Put a row before the one that it followed."""

    def change(_form: Definition, cells: Cells, hand: Hand) -> Merged:
        return content.with_row_earlier(cells, field, row, hand)

    return _change(sheet_id, change, page, by=by, at=at)


def _change(
    sheet_id: UUID,
    change: Callable[[Definition, Cells, Hand], Merged],
    page: str,
    *,
    by: Visitor,
    at: datetime,
) -> Written:
    with transaction.atomic():
        sheet = locked(sheet_id, by, Action.FILL)
        if sheet.state != State.OPEN:
            raise NoLongerOpen
        writer = _writer(by)
        hand = Hand(writer.label, page, sheet.version + 1, at.isoformat())
        found = change(queries.form_of(sheet), sheet.content, hand)
        if found.changed:
            _write(sheet, found, writer, hand, by=by, at=at)
        if found.collisions:
            aside = {one.path: [one.theirs, one.yours] for one in found.collisions}
            keep_version(sheet, aside, writer, page, at, lost_to=sheet.version)
    return Written(sheet.version, sheet.saved_at, found.collisions, found.wrong)


def _write(
    sheet: Worksheet, found: Merged, writer: "Writer", hand: Hand, *, by: Visitor, at: datetime
) -> None:
    kept = WorksheetVersion.objects.filter(worksheet=sheet, page=hand.page, lost_to=None)
    is_first = sheet.saved_by_page != hand.page and not kept.exists()
    sheet.content, sheet.version = found.cells, hand.version
    sheet.saved_at, sheet.saved_by_page = at, hand.page
    sheet.save(update_fields=["version", "saved_at", "saved_by_page"])
    keep_version(sheet, found.changed, writer, hand.page, at)
    if is_first:
        lines.did(by, "filled in", "form", subjects(sheet), at=at, layer=Layer(sheet.layer))


# ------------------------------------------------------------------ the steps


@dataclass(frozen=True, slots=True)
class Writer:
    """Who holds the pen: a member, with their client at a turned screen or not, or a client."""

    hand: By
    member: UUID | None = None
    participant: UUID | None = None

    @property
    def label(self) -> str:
        """How a cell remembers them."""
        return f"{self.hand} {self.member or self.participant}"


def _writer(by: Visitor) -> Writer:
    if by.kind is ActorKind.LINK:
        link = SheetLink.objects.get(pk=by.id)
        return Writer(By.CLIENT, participant=link.participant_id)
    hand = By.SCREEN if Role.SHARED_SCREEN in by.roles else By.MEMBER
    return Writer(hand, member=by.id)


def locked(sheet_id: UUID, by: Visitor, action: Action) -> Worksheet:
    """The sheet as it is now, held still until the transaction ends; or NotHere."""
    sheet = queries.visible_to(by, action).filter(pk=sheet_id).select_for_update().first()
    if sheet is None:
        raise NotHere(subject=sheet_id)
    return sheet


def keep_version(
    sheet: Worksheet,
    changed: Mapping[str, Sequence[Any]],
    writer: Writer,
    page: str,
    at: datetime,
    *,
    lost_to: int | None = None,
) -> WorksheetVersion:
    """What one save changed; or what was kept aside."""
    version = WorksheetVersion(
        practice_id=sheet.practice_id, worksheet=sheet, layer=sheet.layer,
        scope=sheet.seal_scope(), number=sheet.version, page=page, saved_at=at,
        hand=writer.hand.value, member_id=writer.member, participant_id=writer.participant,
        changed=dict(changed), lost_to=lost_to,
    )  # fmt: skip
    version.save(force_insert=True)
    return version


def subjects(sheet: Worksheet) -> list[UUID]:
    """Whom a line of the ledger about a sheet names."""
    found = (sheet.id, sheet.therapy_id, sheet.participant_id)
    return [one for one in found if one is not None]
