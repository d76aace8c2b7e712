"""How sheets are called in lists and headings: by their form, whose they are, how they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from holdspace.cellar.ui.forms import veiled
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.approaches.tongues import spoken
from holdspace.frame.therapy.models import Participant
from holdspace.frame.therapy.page import called
from holdspace.hour.worksheets.definitions import Definition, Kind, Language
from holdspace.hour.worksheets.library import definition
from holdspace.hour.worksheets.models import SheetLink, Worksheet
from holdspace.hour.worksheets.queries import Standing
from holdspace.hour.worksheets.rules import State
from holdspace.hour.worksheets.shelf import Offered

LAYERS = {
    Layer.PRIVATE: gettext_lazy("yours alone"), Layer.RECORD: gettext_lazy("record"),
    Layer.SHARED: gettext_lazy("shared"), Layer.CLIENT: gettext_lazy("the client's own"),
    Layer.ADMIN: gettext_lazy("administrative"),
}  # fmt: skip
TAGS = {Layer.PRIVATE: "private", Layer.SHARED: "ok", Layer.CLIENT: "ok"}
STATES = {
    State.OPEN: gettext_lazy("open"), State.KEPT: gettext_lazy("kept"),
    State.PUT_AWAY: gettext_lazy("put away"),
}  # fmt: skip
KINDS = {
    Kind.FORM: gettext_lazy("form"), Kind.LIST: gettext_lazy("list"),
    Kind.LOG: gettext_lazy("log"), Kind.SERIES: gettext_lazy("series"),
    Kind.LETTER: gettext_lazy("letter"), Kind.CARD: gettext_lazy("card"),
    Kind.DIAGRAM: gettext_lazy("map"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A sheet in a heading or a list."""

    name: str
    whose: str
    layer: Any
    tag: str
    state: Any
    href: str
    sheet: Worksheet
    is_readable: bool = True
    with_client: str = ""  # where it is with the client, who has not lent it


def standing(sheet: Worksheet, *, is_readable: bool = True) -> Named:
    """A sheet by its names, in the reader's language."""
    form = definition(sheet.definition, sheet.definition_version)
    layer = Layer(sheet.layer)
    return Named(
        name=form.name.said(spoken()),
        whose=whose(sheet),
        layer=LAYERS[layer],
        tag=TAGS.get(layer, ""),
        state=STATES[State(sheet.state)],
        href=reverse("sheet" if is_readable else "sheet_hand", args=[sheet.id]),
        sheet=sheet,
        is_readable=is_readable,
        with_client="" if is_readable else _("kept by the client"),
    )


def whose(sheet: Worksheet) -> str:
    """Whose a sheet is; of all together it goes by the therapy."""
    return called(sheet.participant) if sheet.participant else _("All together")


def in_list(sheets: Iterable[Standing]) -> list[Named]:
    """The sheets of a therapy."""
    return [standing(one.sheet, is_readable=one.is_readable) for one in sheets]


@dataclass(frozen=True, slots=True)
class OnShelf:
    """A form or map that can be begun."""

    id: str
    name: str
    about: str
    kind: Any
    layer: Any
    tag: str
    is_of_one: bool


def on_shelf(found: Offered, language: Language) -> tuple[list[OnShelf], list[OnShelf]]:
    """The forms of the approaches, and the others."""
    own, others = ([_on_shelf(one, language) for one in some] for some in (found.own, found.others))
    return own, others


def _on_shelf(one: Definition, language: Language) -> OnShelf:
    layer = Layer(one.layer)
    return OnShelf(
        one.id, one.name.said(language), one.about.said(language), KINDS[one.kind],
        LAYERS[layer], TAGS.get(layer, ""), layer is Layer.CLIENT,
    )  # fmt: skip


def people(found: Sequence[Participant]) -> list[tuple[str, Any]]:
    """Participants as a form offers them."""
    return [(str(one.id), called(one)) for one in found]


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link that was handed over: to whom, until when, and whether it still opens."""

    link: SheetLink
    who: Any
    address: str
    works: bool
    is_opened: bool


def links(found: Iterable[SheetLink], root: str, at: datetime) -> list[ShownLink]:
    """The links to a sheet; the address of those that work, to be copied."""
    return [
        ShownLink(
            one, veiled(called(one.participant)),
            f"{root}{reverse('sheet_link', args=[one.token])}",
            one.withdrawn_at is None and one.ends_at > at, one.device_hash is not None,
        )
        for one in found
    ]  # fmt: skip
