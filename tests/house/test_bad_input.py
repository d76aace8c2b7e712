"""Whatever is typed into any form: a clear message beside it, and nothing lost or half-written.

One walk over every form that any page shows. A new form is on it as soon as a page shows it; an
address that takes a form which no page shows fails `test_whatever_can_be_sent_is_shown`.
"""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from html import escape
from itertools import chain, product, zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import LazySettings
from django.db import connections

from tests.cast import NOW, Cast
from tests.house.bad_input import (
    BOTH,
    IN_ADDRESSES,
    PASSING,
    Bad,
    House,
    Sent,
    as_it_was,
    is_kept,
    right,
    rows,
    wrong_values,
)
from tests.house.shown_forms import TOKEN, Control, Page, Shown, Typed

HOUSE = Path(__file__).parents[2] / "holdspace"
ASKED = re.compile(r'''GET(?:\.get\(|\.getlist\(|\[)"(\w+)"''')
FORM = "application/x-www-form-urlencoded"
UNSHOWN = ("hidden", "button")
AGAIN = (200, 409, 422)
GOES_ON = (302, 303)
# What is not shown to whoever wrote it, and why.
NOT_SHOWN = {
    ("invitation", "name"): "whoever was invited has yet to sign in",
    ("new_therapy", "words"): "the desk reads nobody's words, not even those it took down",
}
# What is kept although the rest was refused.
KEPT_ALL_THE_SAME = {
    "note_sign": "what cannot be signed yet is kept as the draft it was",
    "note_save": "what would be written over is kept aside",
    "sheet_save": "what would be written over is kept aside",
    "own_sheet_save": "what would be written over is kept aside",
    "ecomap_save": "what would be written over is kept aside",
    "sheet_open": "each try at a PIN is counted",
    "leave_shared": "each try at a PIN is counted",
    "checkin_open": "each try at a PIN is counted",
}
NEVER_RIGHT = {
    "safety_reopen": "what is open is not opened again",
    "checkin_tablet": "its code is shown to a member, and opens once",
    "mfa_activate_totp": "the code is of a secret that each page makes anew",
    "mfa_add_webauthn": "only a key answers it",
    "mfa_authenticate": "only a key answers its second form",
    "family_change": "one of its forms brings a file in parts, which this walk does not send",
    "bring_file": "a file comes in parts, which this walk does not send",
}
TWICE = {
    "hand_over": "each time shows another code, and the one before opens nothing more",
    "invite": "its link is shown once, so a second one takes its place",
}
FORGOTTEN = (
    "file",
    "pin",
    "password",
    "password1",
    "password2",
    "oldpassword",
    "again",
    "q",
    "code",
)


class Writes:
    """Which of our tables were written to."""

    def __init__(self) -> None:
        self.tables: set[str] = set()
        self.watched = ExitStack()

    def __enter__(self) -> "Writes":
        for using in BOTH:
            self.watched.enter_context(connections[using].execute_wrapper(self))
        return self

    def __exit__(self, *_: object) -> None:
        self.watched.close()

    def __call__(self, execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        found = re.match(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', sql)
        if found and not found[1].startswith(PASSING):
            self.tables.add(found[1])
        return execute(sql, *more)


@pytest.fixture
def walked(cast: Cast, settings: LazySettings, time_machine: Any) -> House:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOW, tick=False)
    return House(cast)


def posted(sent: Sent, typed: Typed) -> Any:
    sent.client.raise_request_exception = False
    body = urlencode(typed, doseq=True)
    return sent.client.post(sent.form.address, body, content_type=FORM)


# ------------------------------------------------------------------ what came of it


def told(sent: Sent, control: Control, page: Page, typed: Typed, wrong: Collection[str]) -> str:
    """What is missing where a form is shown again; nothing where all is well."""
    if control.kind in UNSHOWN:
        return ""  # the page says something, or it would not be one that asks again
    again = [one for one in page.forms if one.place == sent.form.place]
    shown = next((one for one in again if control.name in one.controls), None)
    if shown is None:
        return "the form is not shown again"
    by = shown.controls[control.name].told_by
    if not by & page.errors and not (control.kind == "password" and page.alerts):
        return "no message stands beside the field"
    return next(filter(None, (lost(one, typed, wrong) for one in shown.controls.values())), "")


def lost(shown: Control, typed: Typed, wrong: Collection[str]) -> str:
    """What was typed and is no longer there."""
    if shown.kind == "password":
        return f"{shown.name} is given back" if any(shown.values) else ""
    if shown.name not in typed or shown.kind in UNSHOWN or shown.name in FORGOTTEN:
        return ""
    if shown.is_chosen and shown.name in wrong:
        return ""  # what is not offered cannot be shown as chosen
    was = [Bad("", one).as_read for one in typed[shown.name]]
    return f"{shown.name} is lost" if (shown.values or [""]) != was else ""


def taken(sent: Sent, control: Control, bad: Bad, answer: Any, tables: set[str]) -> str:
    """What is wrong where a value was taken; nothing where all is well."""
    leads_to = answer.headers.get("location", "")
    if not bad.may_be or re.match(r"\w+:|//", leads_to):
        return f"it is taken, and leads to {leads_to}"
    if control.kind in UNSHOWN or control.name in FORGOTTEN:
        return ""
    if not is_kept(bad.as_read, tables):
        return "it is not kept as it was said"
    pages = filter(None, [leads_to, sent.page, sent.about])
    shown = chain([answer], (sent.client.get(one, follow=True) for one in pages))
    is_shown = any(escape(bad.as_read) in one.content.decode() for one in shown)
    is_shown = is_shown or (sent.name, control.name) in NOT_SHOWN
    return "" if is_shown else "it is not shown"


def came_of(sent: Sent, wrong: dict[str, Bad], typed: Typed) -> dict[str, str]:
    """What is wrong with the answer to a form with these values in it, by field."""
    said: Typed = {**typed, **{name: [bad.value] for name, bad in wrong.items()}}
    controls = [sent.form.controls[name] for name in wrong]
    with as_it_was(sent.client), Writes() as writes:
        answer = posted(sent, said)
        page = Page(answer.content.decode(), sent.page)
        asks_again = answer.status_code in AGAIN and page.is_told
        if answer.status_code in GOES_ON or (answer.status_code == 200 and not asks_again):
            found = (taken(sent, one, wrong[one.name], answer, writes.tables) for one in controls)
            return dict(zip(wrong, found, strict=True))
    why = refused(answer, asks_again, is_id=all(bad.is_id for bad in wrong.values()))
    if not why and writes.tables and sent.name not in KEPT_ALL_THE_SAME:
        why = changed_by(sent, said)
    if why or answer.status_code == 404:
        return dict.fromkeys(wrong, why)
    found = (told(sent, one, page, said, wrong) for one in controls)
    return dict(zip(wrong, found, strict=True))


def refused(answer: Any, asks_again: bool, *, is_id: bool) -> str:  # noqa: FBT001
    if answer.status_code == 404:
        return "" if is_id else "it is said that nothing is there"
    if not asks_again:
        return f"the answer is {answer.status_code}"
    if answer.status_code == 200:
        return "it is refused, and answered as if it were not"
    return ""


def changed_by(sent: Sent, said: Typed) -> str:
    """What a form that is refused leaves behind."""
    with as_it_was(sent.client):
        before = rows()
        posted(sent, said)
        after = rows()
    changed = [name for name, found in after.items() if found != before[name]]
    return f"it is refused, and changed {changed}" if changed else ""


# ------------------------------------------------------------------ the walk


def walk(house: House, sent: Sent) -> Iterator[str]:
    """Every wrong value in every field: in all at once, then alone where that was unclear."""
    typed = right(sent.form, house.answers)
    tried = {one.name: wrong_values(one, house.elsewhere) for one in unlike(sent.form)}
    alone = [(name, bad) for name, some in tried.items() for bad in some if bad.may_be]
    surely = {name: [bad for bad in some if not bad.may_be] for name, some in tried.items()}
    for some in zip_longest(*surely.values()):
        together = {name: bad for name, bad in zip(surely, some, strict=True) if bad}
        unclear = came_of(sent, together, typed)
        alone += [(name, together[name]) for name, why in unclear.items() if why]
    for name, bad in alone:
        why = came_of(sent, {name: bad}, typed)[name]
        if why:
            yield f"{sent.name}, {name}, {bad.what} ({bad.as_read[:12]!r}): {why}"


def unlike(form: Shown) -> list[Control]:
    """The fields, and of those that stand in rows the first."""
    found: dict[str, Control] = {}
    for one in form.controls.values():
        found.setdefault(re.sub(r"[0-9a-f-]{36}|\d+", "#", one.name), one)
    return list(found.values())


def test_whatever_is_typed_into_a_form_is_told_of_or_kept(walked: House) -> None:
    assert "\n".join(why for sent in walked.forms() for why in walk(walked, sent)) == ""


def test_the_walk_fills_in_forms_as_somebody_would(walked: House) -> None:
    """Otherwise one field's fault would hide what another's value does."""
    stopped = []
    for sent in walked.forms():
        with as_it_was(sent.client):
            answer = posted(sent, right(sent.form, walked.answers))
            if Page(answer.content.decode()).is_told:
                stopped.append(sent.name)
    assert {*stopped} <= {*NEVER_RIGHT}


def test_a_form_that_is_sent_twice_is_done_once(walked: House) -> None:
    doubled = []
    for sent in walked.forms():
        said = {**right(sent.form, walked.answers), TOKEN: [sent.form.token]}
        with as_it_was(sent.client):
            first = posted(sent, said)
            before = rows()
            again = posted(sent, said)
            if rows() != before or again.status_code >= 500 or first.status_code >= 500:
                doubled.append(sent.name)
    assert {*doubled} <= {*TWICE}


def test_whatever_can_be_sent_is_shown(walked: House) -> None:
    """An address that takes what no page asks for would not be on the walk."""
    shown = {sent.name: sent for sent in walked.forms()}
    browsers = [browser for browser, _ in walked.browsers()]
    unshown = [name for name in walked.pages if name not in shown]
    takes = [
        name for name in unshown
        if not any(browser.post(walked.pages[name]).status_code == 405 for browser in browsers)
    ]  # fmt: skip
    assert takes == []


def test_whatever_an_address_is_asked_with_it_answers(walked: House) -> None:
    asked = {
        name for file in HOUSE.rglob("*.py") for name in ASKED.findall(file.read_text("utf-8"))
    } | {"on", "clock", "therapy"}  # asked for by a form, or as several
    failed = []
    for client, pages in walked.readers():
        client.raise_request_exception = False
        for page, bad in product(pages, IN_ADDRESSES):
            with as_it_was(client):
                answer = client.get(page, dict.fromkeys(asked, bad.as_read))
            if answer.status_code >= 400 and answer.status_code != 404:
                failed.append(f"{page} with {bad.as_read[:12]!r}: {answer.status_code}")
    assert "\n".join(failed) == ""
