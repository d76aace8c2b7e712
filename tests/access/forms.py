"""Sheets among the cells: one that is open, with a link to it, and others in other states."""

from datetime import timedelta
from hashlib import sha256

from holdspace.frame.therapy.models import Participant
from holdspace.hour.worksheets.models import SheetLink, Worksheet, WorksheetVersion
from tests.cast import NOW, Cast

SHEET_TOKEN = "a-token-that-somebody-was-given-for-a-form-or-map"


def a_sheet(
    cast: Cast, participant: Participant, layer: str = "shared", **more: object
) -> Worksheet:
    cell = {"value": "the bridge again", "version": 1, "by": "member", "page": "a", "at": ""}
    sheet = Worksheet.objects.create(
        practice=cast.practice,
        therapy=cast.amara,
        participant=participant,
        **{
            "session": cast.session, "definition": "thought_record", "definition_version": 1,
            "layer": layer, "content": {"situation": cell}, "version": 1, "began_at": NOW,
            "began_by": cast.mira, "saved_at": NOW, **more,
        },
    )  # fmt: skip
    WorksheetVersion.objects.create(
        practice=cast.practice,
        worksheet=sheet,
        layer=layer,
        scope=sheet.seal_scope(),
        number=1,
        page="a",
        saved_at=NOW,
        hand="member",
        member=cast.mira,
        changed={"situation": [None, "the bridge again"]},
    )
    return sheet


def a_sheet_link(cast: Cast, sheet: Worksheet) -> SheetLink:
    assert sheet.participant is not None
    return SheetLink.objects.create(
        practice=cast.practice,
        therapy_id=cast.amara.id,
        participant=sheet.participant,
        worksheet=sheet,
        given_by=cast.mira,
        given_at=NOW,
        token=SHEET_TOKEN,
        token_hash=sha256(SHEET_TOKEN.encode()).digest(),
        ends_at=NOW + timedelta(days=3650),
    )


def a_map(cast: Cast, participant: Participant, form: str, told: object) -> Worksheet:
    cell = {"value": told, "version": 1, "by": "member", "page": "a", "at": ""}
    return a_sheet(cast, participant, definition=form, content={"whole": cell})
