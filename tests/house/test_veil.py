"""The veil: on no page does a name or a word of a client stand where the veil does not lie."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from holdspace.frame.therapy.models import Participant, Therapist
from holdspace.hour.encounters.models import Session
from holdspace.hour.measures import actions
from tests.access.cells import Cells
from tests.access.examples import SESSIONS, THERAPIES, example, signed_in
from tests.access.test_matrix import addresses
from tests.cast import NOW, Cast, a_session

NAMES = ("Amara", "Kamau", "Luz", "Ana", "Teo", "Reyes")
WORDS = (
    "the bridge again", "Say no without leaving", "no address", "an interpreter", "her aunt",
    "left out", "in the wrong place", "+447700900123", "“Several days”",
)  # fmt: skip
READ = re.compile("|".join(rf"\b{one}\b" for one in NAMES) + "|" + "|".join(map(re.escape, WORDS)))
NOT_THEIRS = ("/c/", "/shared/")  # the client's own screens, which have no veil
SEEN = ("value", "placeholder", "title", "alt", "label", "data-question")
WITHOUT_END = {"br", "hr", "img", "input", "link", "meta", "use", "path", "circle", "line", "wbr"}


class Page(HTMLParser):
    """What of a page can be read while it is veiled."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.readable: list[str] = []
        self.feed(page)

    @property
    def is_veiled(self) -> bool:
        return any(veiled for _tag, veiled in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        veiled = "data-veil" in said
        if not (veiled or self.is_veiled or said.get("type") == "hidden"):
            self.readable += [said[name] or "" for name in SEEN if name in said]
        if tag not in WITHOUT_END:
            self.open.append((tag, veiled))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        hidden = {"script", "style"} & {tag for tag, _veiled in self.open}
        if not self.is_veiled and not hidden:
            self.readable.append(data.strip())


def unveiled(page: str) -> list[str]:
    return [text for text in Page(page).readable if READ.search(text)]


def shown(client: Client, addresses: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every page that this client is shown, and every form that is shown again."""
    for address in addresses:
        yield from page_of(address, client.get(address))
    for address in addresses:
        yield from page_of(f"{address} again", posted(client, address))


def posted(client: Client, address: str) -> Any:
    """The answer to an empty form, and then everything as it was."""
    kept = client.cookies.output()
    before = [(using, transaction.savepoint(using=using)) for using in ("default", "keyring")]
    answer = client.post(address.partition("?")[0])
    for using, point in before:
        transaction.savepoint_rollback(point, using=using)
    client.cookies.load(kept.replace("Set-Cookie: ", ""))
    return answer


def page_of(address: str, answer: Any) -> Iterator[tuple[str, str]]:
    if answer.status_code in (200, 422) and "html" in answer.headers["content-type"]:
        yield address, answer.content.decode()


def about_one(cast: Cast, cells: Cells) -> list[str]:
    """Every address of the members, and those that are asked for something by name."""
    pages = addresses(get_resolver())
    names = {str(page.name) for page in pages}
    found = [reverse(name, kwargs=example(name)(cast, cells)) for name in sorted(names)]
    asked = [
        f"{reverse('find_person')}?q=Amara",
        f"{reverse('new_session')}?therapy={cast.amara.id}",
        f"{reverse('session_split', args=[cast.session.id])}?part=1",
        f"{reverse('note_search')}?q=bridge",
        f"{reverse('calendar')}?view=day",
    ]
    return [address for address in found if not address.startswith(NOT_THEIRS)] + asked


def about_a_family(cast: Cast, _: Cells) -> list[str]:
    """What is told of several, one beside the other."""
    session = a_session(cast.reyes, NOW.replace(hour=12))
    a_session(cast.reyes, NOW.replace(hour=8), state="held")
    for one in Participant.objects.filter(therapy=cast.reyes):
        sheet = actions.Copied(cast.reyes.id, one.id, "gad7", NOW, {"q1": 1, "q2": 1})
        actions.enter_paper(sheet, by=cast.visitor("mira"), at=NOW)
        give = actions.Handing(cast.reyes.id, one.id, ("gad7",), session=session.id)
        actions.give(give, by=cast.visitor("mira"), at=NOW)
    seat = Therapist.objects.get(therapy=cast.reyes).id
    place = cast.participant("reyes")
    return [
        *(reverse(name, args=[session.id]) for name in SESSIONS),
        *(reverse(name, args=[cast.reyes.id]) for name in THERAPIES),
        reverse("end_participant", args=[place.id]),
        reverse("end_therapist", args=[seat]),
        reverse("person", args=[place.person_id]),
        reverse("paper", args=[cast.reyes.id, "phq9"]),
        f"{reverse('new_session')}?therapy={cast.reyes.id}",
        *(reverse(name) for name in ("today", "caseload", "calendar", "new_session", "held")),
    ]


@pytest.fixture(autouse=True)
def _at_ten(settings: LazySettings, time_machine: Any) -> None:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOW, tick=False)


@pytest.mark.parametrize("who", ["mira", "sam", "olive", "bill"])
@pytest.mark.parametrize("whose", [about_one, about_a_family])
def test_no_name_or_word_stands_beside_the_veil(cast: Cast, who: str, whose: Any) -> None:
    cells = Cells.about(cast)
    Session.objects.filter(pk=cells.planned.pk).update(state="held")
    client = signed_in(who)(cast, cells)
    seen = dict(shown(client, whose(cast, cells)))
    assert any(name in page for page in seen.values() for name in NAMES)
    found = [(address, text) for address, page in seen.items() for text in unveiled(page)]
    assert found == []


def test_who_is_not_free_is_veiled_too(cast: Cast) -> None:
    address = reverse("new_session")
    asked = {
        "therapy": cast.amara.id, "on": "2026-03-02", "clock": "10:10", "minutes": 50,
        "place": "room", "kind": "regular",
    }  # fmt: skip
    answer = signed_in("mira")(cast, Cells.about(cast)).post(address, asked)
    assert "Amara Kamau has a session" in answer.content.decode()
    assert unveiled(answer.content.decode()) == []
