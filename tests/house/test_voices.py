"""What a therapy shows speaks its voice: no other's words, and nothing that it is silent of."""

import re
from html.parser import HTMLParser
from typing import Final

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from holdspace.frame.therapy.models import Aim
from holdspace.hour.measures.instruments import library
from holdspace.hour.notes.models import Note
from tests.access.cells import Cells
from tests.access.examples import DRAFTS, SESSIONS, SIGNED, THERAPIES, example, signed_in
from tests.approaches.saying import a_voice
from tests.cast import NOW, TODAY, Cast
from tests.measures.given import weeks_of
from tools import tongues

# What only a clinical voice says.
FOREIGN: Final = {
    "en": re.compile(r"(?i)\b(patients?|treatments?|diagnos\w*|discharge\w*|homework)\b"),
    "de": re.compile(r"(?i)\b(patient|\w*behandl(ung|er)|\w*diagnos|entlass|hausaufgabe)\w*"),
    "es": re.compile(r"(?i)\b(pacientes?|tratamientos?|diagn[oó]stic\w*|tareas para casa)\b"),
}  # fmt: skip
# Where the house itself speaks of them, and of nobody's therapy.
ALLOWED: Final = ("Clinical: patient", "Analytic: patient", "It is not a device for diagnosis")
NAMES: Final = re.compile("|".join(re.escape(one.name) for one in library().values()))
PAGES: Final = sorted(
    {*THERAPIES, *SESSIONS, *DRAFTS, *SIGNED, "today", "caseload", "answering", "flag", "consider",
     "own_words", "person", "therapy_people"} - {"paper"}
)  # fmt: skip


class OurWords(HTMLParser):
    """What stands on a page, but for people's own words, choices, and words of other languages."""

    VOID: Final = {"meta", "link", "input", "br", "img", "hr"}

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag not in self.VOID:
            is_theirs = "data-veil" in said or tag in ("option", "script", "style")
            is_theirs |= "lang" in said and tag != "html"
            self._open.append(is_theirs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._open):
            self.words.append(data)


def ours(html: str) -> str:
    reader = OurWords()
    reader.feed(html)
    return NAMES.sub("", " ".join(reader.words))


@pytest.fixture(autouse=True)
def _at_ten(settings: LazySettings, time_machine: object) -> None:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOW, tick=False)  # type: ignore[attr-defined]


def walked(cast: Cast, cells: Cells, client: Client) -> dict[str, str]:
    """Every page of the therapy that can be shown, by its address's name, in our words alone."""
    found = {}
    for name in PAGES:
        answer = client.get(reverse(name, kwargs=example(name)(cast, cells)))
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        if answer.status_code == 200 and is_page:
            found[name] = ours(answer.content.decode())
    return found


@pytest.mark.parametrize("language", FOREIGN)
def test_a_counselling_therapy_never_speaks_of_patients_or_treatment(
    cast: Cast, language: str
) -> None:
    cells = Cells.about(cast)
    cast.mira.language = {"en": "en-gb"}.get(language, language)
    cast.mira.save()
    weeks_of(cast, 20, 12)
    pages = walked(cast, cells, signed_in("mira")(cast, cells))
    assert len(pages) > 25
    found = {name: FOREIGN[language].search(words) for name, words in pages.items()}
    assert {name: one[0] for name, one in found.items() if one} == {}


@pytest.mark.parametrize("language", ["de", "es"])
def test_none_of_our_strings_is_of_another_voice(language: str) -> None:
    """Refusals, sentences, letters and documents too: all are in the catalogue."""
    wrong = [
        str(message.id)[:60]
        for message in tongues.catalogue(language)
        if message.id and not str(message.id).startswith(ALLOWED)
        and (FOREIGN["en"].search(str(message.id)) or FOREIGN[language].search(str(message.string)))
    ]  # fmt: skip
    assert wrong == []


def silent(cast: Cast, voice: str) -> dict[str, str]:
    """A therapy with all there is, in a voice that has no word for some of it."""
    cells = Cells.about(cast)
    weeks_of(cast, 20, 12)
    Aim.objects.create(
        practice=cast.practice, therapy=cast.amara, words="Sleep", since=TODAY,
        participant=cells.participant,
    )  # fmt: skip
    cast.amara.voice = voice
    cast.amara.save()
    client = signed_in("mira")(cast, cells)
    assert client.get(reverse("therapy_aims", args=[cast.amara.id])).status_code == 404
    names = ("therapy", "prepare", "after", "caseload", "today", "therapy_notes")
    pages = {
        name: client.get(reverse(name, kwargs=example(name)(cast, cells))).content.decode()
        for name in names
    }
    cells.draft.session = cast.session
    Note.objects.filter(session=cast.session, state="signed").update(session=None)
    cells.draft.save()
    return {**pages, "draft": client.get(reverse("note", args=[cells.draft.id])).content.decode()}


@pytest.mark.parametrize("voice", ["analytic", "person-centred"])
def test_what_a_voice_is_silent_of_is_nowhere(cast: Cast, voice: str) -> None:
    """Person-centred is a voice that a practice writes: no aims, no measures, nothing to do."""
    key = voice if voice == "analytic" else a_voice(cast).key
    pages = silent(cast, key)
    for name, html in pages.items():
        assert reverse("therapy_measures", args=[cast.amara.id]) not in html, name
        assert reverse("therapy_aims", args=[cast.amara.id]) not in html, name
        assert "How it is going" not in html or name == "caseload", name
        assert "Send the check-in" not in html, name
        assert "PHQ-9" not in html, name
    assert "Between sessions" not in pages["draft"]
    assert 'name="note-between"' not in pages["draft"]
    assert ">Sleep<" not in pages["prepare"]


def test_a_voice_with_all_its_words_shows_all_of_it(cast: Cast) -> None:
    cells = Cells.about(cast)
    weeks_of(cast, 20, 12)
    client = signed_in("mira")(cast, cells)
    after = client.get(reverse("after", args=[cast.session.id])).content.decode()
    assert "PHQ-9" in after
    assert (
        reverse("therapy_measures", args=[cast.amara.id])
        in client.get(reverse("therapy", args=[cast.amara.id])).content.decode()
    )
    draft = client.get(reverse("note", args=[cells.draft.id])).content.decode()
    assert "Between sessions" in draft


@pytest.mark.parametrize(
    ("voice", "word"),
    [("clinical", "Appointment"), ("play", "Play session"), ("group", "Group meeting")],
)
def test_an_hour_is_numbered_by_its_own_name(cast: Cast, voice: str, word: str) -> None:
    cast.amara.voice = voice
    cast.amara.save()
    client = signed_in("mira")(cast, Cells.about(cast))
    assert f"{word} 1" in client.get(reverse("prepare", args=[cast.session.id])).content.decode()
