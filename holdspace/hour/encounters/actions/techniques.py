"""What was done in a session, of what its approaches offer."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from holdspace.cellar.access import lines
from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches import queries as approaches
from holdspace.hour.encounters import queries
from holdspace.hour.encounters.models import Done, Session
from holdspace.hour.encounters.queries import Ticked


def say_done(session: UUID, done: Collection[Ticked], *, by: Visitor, at: datetime) -> list[Done]:
    """Say which of the techniques that are offered were used; those left out are taken back.

    What an approach once offered, and does no more, stays said.
    """
    found = queries.one(by, session, Action.WRITE)
    known = approaches.among(by, found.therapy.approaches)
    offered = {(one.id, technique.id) for one in known.values() for technique in one.techniques}
    wanted = set(done)
    if not wanted <= offered:
        raise NotHere(subject=session)
    with transaction.atomic():
        Session.objects.select_for_update(no_key=True).get(pk=session)
        held = {
            (row.approach, row.technique): row
            for row in Done.objects.filter(session_id=session, taken_back_at=None)
        }
        gone = [row for key, row in held.items() if key in offered - wanted]
        for row in gone:
            row.taken_back_at = at
            row.save()
        new = [_row(found, key, at) for key in sorted(wanted - held.keys())]
        if gone or new:
            subjects = [session, found.therapy_id]
            lines.did(by, "noted", "techniques", subjects, at=at, layer=Layer.RECORD)
    return new


def _row(session: Session, ticked: Ticked, at: datetime) -> Done:
    approach, technique = ticked
    return Done.objects.create(
        practice_id=session.practice_id, session=session, therapy_id=session.therapy_id,
        approach=approach, technique=technique, said_at=at,
    )  # fmt: skip
