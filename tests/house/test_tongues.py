"""German and Spanish: every message of the code has both, and their pages no English of ours."""

import ast
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from html.parser import HTMLParser
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from django.conf import LazySettings
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import formats, translation

from holdspace.cellar.ledger.entry import ActorKind
from holdspace.front.desk.recorded import known
from tests.access.cells import Cells
from tests.access.examples import example, signed_in
from tests.cast import NOW, Cast
from tools import reference, tongues

GAP = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
TAG = re.compile(r"<[^>]+>")
SAYS = re.compile(r"title|aria-label|alt|placeholder|data-confirm|data-says.*")
CLIENTS_PAGES = re.compile(r"checkin_|own_sheet|sheet_(link$|open)")


@pytest.fixture(scope="module")
def found() -> Catalog:
    return tongues.messages()


def said(message: Message) -> tuple[str, ...]:
    """What a message is in its language, in the singular and the plural."""
    string = message.string
    return tuple(string) if isinstance(string, list | tuple) else (string or "",)


def asked(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else (message.id,)


def every(code: str) -> list[Message]:
    return [message for message in tongues.catalogue(code) if message.id]


def gaps(text: str) -> list[str]:
    return sorted([*GAP.findall(text), *TAG.findall(text)])


# ------------------------------------------------------------------ the catalogues


@pytest.mark.parametrize("code", tongues.TONGUES)
def test_a_catalogue_holds_exactly_the_messages_of_the_code(found: Catalog, code: str) -> None:
    in_code = {(message.id, message.context) for message in found if message.id}
    held = {(message.id, message.context) for message in every(code)}
    assert in_code - held == set(), "run make tongues, then translate what is new"
    assert held - in_code == set(), "run make tongues: nobody uses these any more"


@pytest.mark.parametrize("code", tongues.TONGUES)
def test_every_message_is_translated_and_none_is_a_guess(code: str) -> None:
    assert [message.id for message in every(code) if message.fuzzy or not all(said(message))] == []


@pytest.mark.parametrize("code", tongues.TONGUES)
def test_a_translation_keeps_the_gaps_and_the_marks_of_its_message(code: str) -> None:
    wrong = [
        (text, message.id)
        for message in every(code)
        for text in said(message)
        if gaps(text) != gaps(asked(message)[-1]) and message.context != "date"
    ]
    assert wrong == []


@pytest.mark.parametrize("code", tongues.TONGUES)
def test_a_translation_ends_as_its_message_does(code: str) -> None:
    ends = re.compile(r"[.:?…]?$")
    assert [
        (text, message.id)
        for message in every(code)
        for text in said(message)
        if message.context != "date"
        and text.strip("“”„«»") != ""
        and ends.search(text).group() != ends.search(asked(message)[-1]).group()  # type: ignore[union-attr]
        and not text.endswith("}.")  # the fifth day of a month, in German
    ] == []


def compiled(mo: GNUTranslations, message: Message) -> tuple[str, ...]:
    """What Django will say."""
    if message.context:
        return (mo.pgettext(message.context, *asked(message)),)
    first, *more = asked(message)
    if more:
        return tuple(mo.ngettext(first, more[0], number) for number in (1, 2))
    return (mo.gettext(first),)


@pytest.mark.parametrize("code", tongues.TONGUES)
def test_what_was_compiled_is_what_is_written(code: str) -> None:
    with tongues.po(code).with_suffix(".mo").open("rb") as file:
        mo = GNUTranslations(file)
    stale = [message.id for message in every(code) if compiled(mo, message) != said(message)]
    assert stale == [], "run make setup"


@pytest.mark.parametrize("code", tongues.TONGUES)
def test_gathering_again_changes_nothing(code: str) -> None:
    assert tongues.gathered(code, tongues.messages()) == tongues.po(code).read_text()


# ------------------------------------------------------------------ days and figures


@pytest.mark.parametrize(
    ("code", "day", "figure"),
    [
        ("en-gb", "Monday 2 March, 10:00", "2.5"),
        ("de", "Montag, 2. März, 10:00", "2,5"),
        ("es", "lunes 2 de marzo, 10:00", "2,5"),
    ],
)
def test_days_and_figures_are_written_as_the_reader_writes_them(
    code: str, day: str, figure: str
) -> None:
    with translation.override(code):
        form = translation.pgettext("date", "l j F, H:i")
        assert formats.date_format(NOW, form) == day
        assert formats.localize(2.5) == figure
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


# ------------------------------------------------------------------ the ledger's page


def things_written() -> Iterator[tuple[str, str]]:
    """Acts and things that the code writes into the ledger, as far as it names them."""
    yield from (
        pair for act, what in reference.acts() for pair in (("acts", act), ("things", what))
    )
    for path in tongues.sources():
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(path.read_text())):
                yield from named_in(node)


def named_in(node: ast.AST) -> Iterator[tuple[str, str]]:
    """What a door's page is called, and the verbs that a session's line is written with."""
    if not isinstance(node, ast.Call):
        return
    for keyword in node.keywords:
        if keyword.arg == "what" and isinstance(keyword.value, ast.Constant):
            yield "things", str(keyword.value.value)
    if ast.unparse(node.func) == "_line":
        yield from (("acts", str(one.value)) for one in node.args if isinstance(one, ast.Constant))


def test_the_ledgers_page_has_words_for_whatever_is_written_into_it() -> None:
    actors = {("actors", kind.value) for kind in ActorKind}
    written = {pair for pair in things_written() if "⟨" not in pair[1]} | actors
    assert sorted(pair for pair in written if pair[1] not in known()[pair[0]]) == []
    for words in known().values():
        assert [word for word, in_ in words.items() if set(in_) != set(tongues.TONGUES)] == []


# ------------------------------------------------------------------ the pages


MARKED = re.compile(r'<span lang="en">[^<]*</span>')  # it says itself that it is English


class Read(HTMLParser):
    """What a page says: its words, and those of the attributes that are read out or shown."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: set[str] = set()
        self.feed(MARKED.sub("", html))

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words |= {" ".join(v.split()) for k, v in attrs if v and SAYS.fullmatch(k)}

    def handle_data(self, data: str) -> None:
        self.words.add(" ".join(data.split()).removesuffix(" · Holdspace"))


def addresses(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or ""
        else:
            yield from addresses(pattern)


def pages(cast: Cast, cells: Cells, *who: str) -> Iterator[tuple[str, str]]:
    """Each page that these members can open, without the client's own."""
    clients = [signed_in(one)(cast, cells) for one in who]
    for name in sorted(set(addresses(get_resolver()))):
        try:
            address = reverse(name, kwargs=example(name)(cast, cells))
        except NoReverseMatch:
            continue
        for client in [] if CLIENTS_PAGES.match(name) else clients:
            answer = client.get(address)
            if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
                yield name, answer.content.decode()


def english(code: str) -> set[str]:
    """Messages without gaps that are not the same in the other language."""
    return {
        one
        for message in every(code)
        for one in asked(message)
        if one not in said(message) and not gaps(one) and message.context is None
    }


@pytest.mark.parametrize("code", tongues.TONGUES)
def test_a_page_in_another_language_shows_no_english_of_ours(
    cast: Cast, settings: LazySettings, time_machine: Any, code: str
) -> None:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOW, tick=False)
    cells = Cells.about(cast)
    cast.practice.language = code
    cast.practice.save()
    ours = english(code) | {word for words in known().values() for word in words}
    ours -= {text for message in every(code) for text in said(message)}
    ours -= {text for words in known().values() for in_ in words.values() for text in in_.values()}
    seen = dict[str, set[str]]()
    for name, html in pages(cast, cells, "mira", "olive", "audrey", "bill"):
        assert f'<html lang="{code}"' in html or "<html" not in html, name
        seen.setdefault(name, set()).update(Read(html).words & ours)
    assert len(seen) > 60
    assert {name: words for name, words in seen.items() if words} == {}


def test_a_member_may_read_in_another_language_than_the_practice(
    cast: Cast, settings: LazySettings
) -> None:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    cast.mira.language = "es"
    cast.mira.save()
    cells = Cells.about(cast)
    for who, words in (("mira", "Empezar una terapia"), ("tom", "Begin a therapy")):
        answer = signed_in(who)(cast, cells).get(reverse("caseload"))
        assert words in answer.content.decode()
