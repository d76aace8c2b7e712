"""What can be typed that is wrong, what is right, and every form somebody may send."""

import json
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.cache import caches
from django.db import connections, transaction
from django.db.models import Model
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from holdspace.frame.approaches.actions import retire_approach, retire_voice
from holdspace.frame.therapy.models import Therapist
from holdspace.hour.measures.models import Giving
from holdspace.hour.worksheets.actions import Handing, hand
from tests.access.cells import TOKEN, Cells, a_draft, a_giving
from tests.access.examples import Ids, example, turned_to_the_client, with_a_link
from tests.access.forms import a_sheet
from tests.access.test_matrix import addresses
from tests.approaches.saying import a_voice, an_approach
from tests.cast import A_YEAR_AGO, NOW, Cast, a_session, nobodys_id
from tests.house.passkey import a_passkey
from tests.house.shown_forms import Control, Page, Shown, Typed
from tests.measures.own import OWN
from tests.portal.at_the_phone import confirm_help
from tests.practice.browser import (
    PASSWORD,
    code_of,
    sent,
    sets_up_an_app,
    shows_again,
    signs_in,
)
from tests.practice.post import the_post_goes

BEHIND_A_PIN = "a-token-that-somebody-was-given-with-a-pin"
LONGEST_LINE = 10_000
OF_THE_DESK = ("today", "held", "book", "calendar")
BOTH = ("default", "keyring")


def forget() -> None:
    """How often somebody knocked, and what they sent before."""
    for kept in caches.all():
        kept.clear()


@dataclass(frozen=True)
class Bad:
    """One wrong value; or one that is unusual, and right where its field has no reason not to."""

    what: str
    value: str | bytes
    may_be: bool = False

    @property
    def is_id(self) -> bool:
        """Whether it could be somebody's: then it may be said that nobody is there."""
        return self.may_be or self.what.startswith("an id")

    @property
    def as_read(self) -> str:
        """What is left of it when it has come over the wire."""
        return self.value.decode(errors="replace") if isinstance(self.value, bytes) else self.value


NUL = Bad("NUL", "a\0b")
LONG = Bad("a word of 10,000 letters", "x" * LONGEST_LINE)
LONG_WORDS = Bad(LONG.what, LONG.value, may_be=True)
BIDI = Bad("right to left", "‮שלום⁦ عالم⁩‏ naïve", may_be=True)
BYTES = Bad("bytes that are no UTF-8", b"caf\xe9 \xed\xa0\x80", may_be=True)
IDS_OF_NOBODY = Bad("an id of nobody", str(nobodys_id()))
DAYS = [
    Bad("a day", one)
    for one in ("2026-02-31", "tomorrow\0", "0000-00-00", "0001-01-01", "9999-12-31", "1899-12-31")
]
CLOCKS = [Bad("a time", one) for one in ("25:00", "10:61", "half past", "10:00\0")]
NUMBERS = [Bad("a number", one) for one in ("seven", "9" * 30, "9" * 5000, "-9", "NaN", "1\0")]
UNSAID = [Bad("what no page said", one, may_be=True) for one in ("", "https://evil.example/")]
UNSAID += [
    Bad(f"{one.what}, unseen", one.value, may_be=True) for one in (NUL, LONG, BYTES, NUMBERS[2])
]
BY_KIND = {
    "date": DAYS, "time": CLOCKS, "number": NUMBERS, "hidden": UNSAID, "button": UNSAID,
    "textarea": [NUL, LONG_WORDS, BIDI, BYTES], "checkbox": [],
    "file": [],  # nobody types a file
}  # fmt: skip
IN_ADDRESSES = [DAYS[0], *DAYS[3:5], NUL, BYTES, IDS_OF_NOBODY, NUMBERS[2]]
A_LINE = [NUL, LONG, BIDI, BYTES]


def wrong_values(control: Control, elsewhere: UUID) -> list[Bad]:
    """What is tried in a field, by its kind."""
    if control.is_chosen:
        forged = [IDS_OF_NOBODY, Bad("an id of another practice", str(elsewhere))]
        return [Bad("a choice that is not offered", "elsewhere\0"), *forged]
    if "birth_date" in control.name:
        return [*A_LINE, *(one for one in DAYS if one.value != "1899-12-31")]
    return BY_KIND.get(control.kind, A_LINE)


# ------------------------------------------------------------------ what is right

RIGHT = {
    "birth_date": "1987-05-31", "clock": "16:20", "code": "", "country": "GB", "currency": "GBP",
    "email": "ada@linden.example", "from_minute": "30", "languages": "en", "login": "",
    "oldpassword": PASSWORD, "password": PASSWORD, "password1": "four other words in a row",
    "again": PASSWORD, "password2": "four other words in a row", "pin": "2468",
    "value": "+44 7700 900123", "q": "bridge", "began": "09:00", "ended": "09:50",
    "number": "01632 960961", "weeks": "0 6",
    "text": OWN, "hour": "5 Arriving", "techniques": "Digging",
    "rows": "who,when,score\n1,a,5\n1,b,3\n2,a,6\n2,b,2",
    "reliability": "0.84", "reliability_post": "0.8", "functional_mean": "3",
    "functional_sd": "2.5", "clinical_mean": "12", "clinical_sd": "4", "mid_improvement": "2",
    "mid_deterioration": "2", "percent": "50", "lowest": "0", "highest": "27",
}  # fmt: skip
USUAL = {
    "date": NOW.date().isoformat(), "time": "09:00", "number": "12", "text": "Ada Lind",
    "email": "ada@linden.example", "textarea": "what was said", "search": "bridge",
}  # fmt: skip
MANY = ("instruments", "roles", "dwellers", "channels")  # of which at least one is chosen
NOT_SAID = ("until", "times", "late", "early", "to_on")  # what is optional, and changes the rest


def must_be_said(one: Control) -> bool:
    return one.is_required or one.kind == "radio" or one.name in MANY


def right(form: Shown, more: dict[str, str]) -> Typed:
    """The form, filled in as somebody would."""
    said = form.now
    for one in form.controls.values():
        name = re.sub(r"^(row-\d+-|note-)", "", one.name).partition(" ")[0]
        if name == "again" and "pin" in form.controls:
            said[one.name] = [RIGHT["pin"]]
        elif name in more or (name in RIGHT and one.kind != "hidden"):
            said[one.name] = [more.get(name) or RIGHT[name]]
        elif one.is_chosen and must_be_said(one) and not any(said.get(one.name, [""])):
            said[one.name] = [next(filter(None, one.options))]
        elif one.kind == "checkbox" and one.is_required:
            said[one.name] = one.options[:1]
        elif one.kind in USUAL and name not in NOT_SAID and not any(said[one.name]):
            said[one.name] = [USUAL[one.kind]]
    if {"to", "how"} <= set(form.controls):  # words about an ending are kept with an ending
        said["to"] = ["ended"]
    return said


# ------------------------------------------------------------------ who sends forms


@dataclass
class Sent:
    """A form that somebody is shown, and who that is."""

    name: str
    page: str
    form: Shown
    client: Client

    @property
    def about(self) -> str:
        """The page of the note that it is about, which its other pages do not show whole."""
        ids = resolve(self.form.place).kwargs
        return reverse("note", args=[ids["note"]]) if "note" in ids else ""


class House:
    """The cast, one of every record, and a browser for each who is shown a form."""

    def __init__(self, cast: Cast) -> None:
        forget()
        self.cast, self.cells = cast, Cells.about(cast)
        confirm_help(cast)
        self.seen: dict[tuple[str, frozenset[str]], Sent] = {}
        self.pages = {
            name: reverse(name, kwargs=self.ids(name))
            for name in sorted({str(one.name) for one in addresses(get_resolver())})
        }
        self.further = self._further()
        self.app, self.secret = self._with_an_app()
        Therapist.objects.create(
            practice=cast.practice, therapy=cast.amara, member=cast.jo, from_on=A_YEAR_AGO
        )

    @property
    def elsewhere(self) -> UUID:
        """A member of another practice."""
        return self.cast.stranger.id

    def ids(self, name: str) -> Ids:
        return example(name)(self.cast, self.cells)

    def _further(self) -> list[str]:
        """Pages that show another form in another state of things."""
        cast, cells = self.cast, self.cells
        cast.amara.approaches = ["cbt"]  # has something to tick
        cast.amara.save()
        a_draft(cast, yesterday := a_session(cast.amara, NOW - timedelta(days=1)))
        others = [
            a_session(cast.amara, NOW - timedelta(days=2), state="not held"),
            a_session(cast.amara, NOW - timedelta(hours=3), state="held"),
            yesterday,
        ]
        kept: dict[str, Any] = {"state": "kept", "kept_at": NOW, "kept_by": cast.mira}
        behind_a_pin = a_giving(cast, cells.participant, BEHIND_A_PIN, NOW + timedelta(days=3))
        Giving.objects.filter(pk=behind_a_pin.pk).update(pin_hash=make_password("2468"))
        return [
            *(reverse(name, args=[one.id]) for one in others for name in ("session", "after")),
            *(reverse("prepare", args=[one.id]) for one in others),
            reverse("note", args=[cells.draft.id]),
            reverse("therapy_aims", args=[cast.reyes.id]),
            reverse("attendance", args=[a_session(cast.reyes, NOW.replace(hour=7)).id]),
            reverse("checkin_link", args=[BEHIND_A_PIN]),
            reverse("sheet", args=[a_sheet(cast, cells.participant, **kept).id]),
            reverse("therapy_measures", args=[cast.reyes.id]),
            f"{reverse('new_session')}?therapy={cast.reyes.id}",
            f"{reverse('session_split', args=[cast.session.id])}?part=1",
            f"{reverse('pin')}?next=/",
        ]

    def _with_an_app(self) -> tuple[Client, str]:
        client = signs_in(self.cast.tom)
        secret, _page = sets_up_an_app(client)
        key = Authenticator.objects.create(
            user=self.cast.tom.account, type="webauthn", data=a_passkey()
        )
        self.pages["mfa_remove_webauthn"] = reverse("mfa_remove_webauthn", args=[key.pk])
        return client, secret

    @property
    def answers(self) -> dict[str, str]:
        """What only this house knows to be right."""
        return {
            "code": code_of(self.secret), "login": self.cast.jo.account.email,
            "member": str(self.cast.tom.id),
        }  # fmt: skip

    def browsers(self) -> Iterator[tuple[Client, list[str]]]:
        """Whoever is shown forms, and where they look that others before them were not let in."""
        cast, cells = self.cast, self.cells
        signs_in(cast.mira)  # somewhere else
        mira, olive, sam = (signs_in(one) for one in (cast.mira, cast.olive, cast.sam))
        shows_again(mira)
        shows_again(olive)
        yield self.app, [self.pages[name] for name in self.pages if name.startswith("mfa_")]
        yield mira, [*self.pages.values(), *self.further]
        yield (
            olive,
            [self.pages[name] for name in ("practice", "places", "members", "member", "batteries")],
        )
        yield (
            olive,
            [self.pages[name] for name in ("invite", "instrument_files", "practice_signals")],
        )
        yield olive, self._own_approaches_and_voices()
        yield sam, [self.pages["new_therapy"]]
        yield turned_to_the_client(cast, cells), [self.pages["leave_shared"]]
        at_the_door = [self.pages[name] for name in self.pages if name.startswith("checkin")]
        yield with_a_link(TOKEN)(cast, cells), at_the_door
        own = [self.pages[name] for name in self.pages if name.startswith("own_sheet")]
        yield self._with_a_sheet_of_their_own(), own
        yield signs_in(cast.tom), [self.pages["mfa_authenticate"]]
        forgot = Client()
        yield forgot, [self.pages["account_login"], self._by_the_link_sent(forgot)]

    def _with_a_sheet_of_their_own(self) -> Client:
        """A client who came by a link to a form that is theirs alone."""
        cast, who = self.cast, self.cells.participant
        sheet = a_sheet(cast, who, layer="client", lent_at=NOW)
        link = hand(sheet.id, Handing(), by=cast.visitor("mira"), at=NOW)
        client = Client()
        client.post(reverse("sheet_open", args=[link.token]))
        return client

    def _own_approaches_and_voices(self) -> list[str]:
        """One that is offered and one that is retired, of each."""
        retired, by = an_approach(self.cast).key, self.cast.visitor("olive")
        retire_approach(retired, by=by, at=NOW)
        retire_voice(a_voice(self.cast).key, by=by, at=NOW)
        own = [reverse("approach", args=[key]) for key in (self.cells.approach.key, retired)]
        names = ("new_approach", "edit_approach", "voices", "new_voice", "edit_voice")
        return [*own, *(self.pages[name] for name in names)]

    def _by_the_link_sent(self, client: Client) -> str:
        """Where somebody who forgot their password chooses another."""
        sent(client, "account_reset_password", email=self.cast.jo.account.email)
        the_post_goes()
        found = re.search(r"/password/new/\S+", str(mail.outbox[-1].body))
        return str(client.get(found.group()).headers["location"]) if found else ""

    def readers(self) -> Iterator[tuple[Client, list[str]]]:
        """Whoever reads, and the pages that they are shown."""
        for name in ("mira", "bill", "audrey", "olive"):
            client = signs_in(getattr(self.cast, name))
            shown = [one for one in self.pages.values() if client.get(one).status_code == 200]
            mine = shown if name == "mira" else [self.pages[one] for one in OF_THE_DESK]
            yield client, [one for one in mine if one in shown]

    def forms(self) -> list[Sent]:
        """Every form once, with the first who is shown it."""
        for client, looks_at in self.browsers():
            for address in looks_at:
                self._look(client, address)
        return list(self.seen.values())

    def _look(self, client: Client, address: str) -> None:
        with as_it_was(client):
            answer = client.get(address, follow=True)
        if answer.status_code != 200 or "html" not in answer.headers["content-type"]:
            return
        page = answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"]
        for form in Page(answer.content.decode(), page).forms:
            name = str(resolve(form.place).url_name)
            key = (name, frozenset(form.controls))
            self.seen.setdefault(key, Sent(name, page, form, client))


@contextmanager
def as_it_was(client: Client) -> Iterator[None]:
    """Whatever is done within it has not been done."""
    forget()  # how often somebody knocks is tested elsewhere
    cookies = client.cookies.output()
    points = [(using, transaction.savepoint(using=using)) for using in BOTH]
    yield
    for using, point in points:
        transaction.savepoint_rollback(point, using=using)
    if client.cookies.output() != cookies:
        client.cookies.load(cookies.replace("Set-Cookie: ", ""))


# ------------------------------------------------------------------ what is kept

PASSING = ("ledger_", "django_", "usersessions_")  # who came and what was refused, not what is said


def tables() -> Iterator[tuple[str, str]]:
    for using in BOTH:
        for name in connections[using].introspection.table_names():
            if not name.startswith(PASSING):
                yield using, name


def rows() -> dict[tuple[str, str], list[str]]:
    """Every row of every table."""
    found = {}
    for using, name in tables():
        with connections[using].cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{name}"')
            found[using, name] = sorted(map(repr, cursor.fetchall()))
    return found


def is_kept(words: str, among: Collection[str]) -> bool:
    """Whether some record of these tables holds these words, as they were said."""
    models = (one for one in apps.get_models() if one._meta.db_table in among)
    return any(words in said for model in models for said in _said(model))


def _said(model: type[Model]) -> Iterator[str]:
    for row in model._default_manager.all():
        for column in model._meta.concrete_fields:
            value = getattr(row, column.attname)
            yield (
                value
                if isinstance(value, str)
                else json.dumps(value, ensure_ascii=False, default=str)
            )
