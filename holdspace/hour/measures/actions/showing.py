"""What a client is shown of their own answers: chosen for each therapy, nothing until then."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from holdspace.cellar.access.lines import did
from holdspace.cellar.access.table import Action
from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.therapy import queries as therapies
from holdspace.hour.measures.models import Showing
from holdspace.hour.measures.rules import Faces, Shows


def choose_showing(
    therapy: UUID, shows: Shows, faces: Faces, *, by: Visitor, at: datetime
) -> Showing:
    """Choose what a therapy's clients are shown when they have answered, and who sees faces."""
    therapies.one(by, therapy, Action.GIVE, Layer.SHARED)
    with transaction.atomic():
        chosen, _made = Showing.objects.update_or_create(
            therapy_id=therapy,
            defaults={"practice_id": by.practice, "shows": shows.value, "faces": faces.value},
        )
        did(by, "chose", "what a client sees", [therapy], at=at, layer=Layer.SHARED)
    return chosen
