"""The forms that a page shows, as a browser would send them, and what it says is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

Attributes = dict[str, str | None]
Typed = dict[str, Sequence[str | bytes]]
TICKED = "on"
TOKEN = "csrfmiddlewaretoken"


@dataclass
class Control:
    """One name in a form: what kind it is, what it is now, and what explains it."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    is_required: bool = False
    told_by: set[str] = field(default_factory=set)

    @property
    def is_chosen(self) -> bool:
        """Whether it offers what can be said."""
        return self.kind in ("radio", "select") or (
            self.kind == "checkbox" and self.options != [TICKED]
        )


@dataclass
class Shown:
    """One form that is sent by POST."""

    address: str
    controls: dict[str, Control] = field(default_factory=dict)
    token: str = ""  # against forgery

    @property
    def place(self) -> str:
        """Its address without what is asked of it."""
        return self.address.partition("?")[0]

    @property
    def now(self) -> Typed:
        """What a browser sends where nothing is touched."""
        return {one.name: tuple(one.values) for one in self.controls.values() if one.values}


class Page(HTMLParser):
    """Every form of a page that is sent by POST, and the ids of the messages beside fields."""

    def __init__(self, page: str, address: str = "/") -> None:
        super().__init__()
        self.address = address
        self.forms: list[Shown] = []
        self.errors: set[str] = set()
        self.alerts = 0
        self._form: Shown | None = None
        self._select: Control | None = None
        self._text: Control | None = None
        self._groups: list[set[str]] = []
        self._in_template = False  # what a script may copy is no part of any form
        self.feed(page)

    @property
    def is_told(self) -> bool:
        """Whether it says that something is wrong."""
        return bool(self.errors or self.alerts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self._in_template |= tag == "template"
        if self._in_template:
            return
        if {"field-error", "error"} & set((said.get("class") or "").split()):
            self.errors.add(said.get("id") or "")
        self.alerts += said.get("role") == "alert" and "hidden" not in said
        if tag == "fieldset":
            self._groups.append(_ids(said))
        elif tag == "form":
            self._begin(said)
        elif self._form is not None:
            self._within(self._form, tag, said)

    def handle_endtag(self, tag: str) -> None:
        if self._in_template:
            self._in_template = tag != "template"
        elif tag == "fieldset":
            self._groups.pop()
        elif tag == "form":
            self._form = None
        elif tag == "textarea" and self._text:
            self._text.values = [self._text.values[0].removeprefix("\n")]
            self._text = None
        elif tag == "select" and self._select:
            self._select.values = self._select.values or self._select.options[:1]
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._text:
            self._text.values[0] += data

    def _begin(self, said: Attributes) -> None:
        if (said.get("method") or "").lower() == "post":
            self._form = Shown(urljoin(self.address, said.get("action") or ""))
            self.forms.append(self._form)

    def _within(self, form: Shown, tag: str, said: Attributes) -> None:
        kind = (said.get("type") or "text").lower()
        if tag == "button" or (tag == "input" and kind in ("submit", "button", "image")):
            self._button(form, said)
        elif tag == "input" and (one := self._control(form, said, kind)):
            _say(one, kind, said)
        elif tag == "textarea" and (one := self._control(form, said, tag)):
            self._text, one.values = one, [""]
        elif tag == "select":
            self._select = self._control(form, said, tag)
        elif tag == "option" and self._select:
            self._select.options.append(said.get("value") or "")
            self._select.values += self._select.options[-1:] if "selected" in said else []

    def _button(self, form: Shown, said: Attributes) -> None:
        """A button with a name says something; one with an address sends the form elsewhere."""
        if one := self._control(form, said, "button"):
            one.options.append(said.get("value") or "")
        if said.get("formaction"):
            there = urljoin(self.address, said["formaction"])
            self.forms.append(Shown(there, form.controls, form.token))

    def _control(self, form: Shown, said: Attributes, kind: str) -> Control | None:
        name = said.get("name")
        if name == TOKEN:
            form.token = said.get("value") or ""
        if not name or name == TOKEN:
            return None
        one = form.controls.setdefault(name, Control(name, kind))
        one.is_required |= "required" in said
        one.told_by |= _ids(said).union(*self._groups)
        return one


def _say(one: Control, kind: str, said: Attributes) -> None:
    value = said.get("value")
    if kind in ("radio", "checkbox"):
        one.options.append(TICKED if value is None else value)
        one.values += one.options[-1:] if "checked" in said else []
    else:
        one.values = [value or ""]


def _ids(said: Attributes) -> set[str]:
    return set((said.get("aria-describedby") or "").split())
