"""The floor: bare Django views with as many rows, unsealed, ungated, not written down.

What a page costs above it is what sealing, the gate, the ledger and the real templates cost.
"""

from typing import Any, Final

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path
from django.utils import timezone

from bench.pages import Ask, Page, WentWrong, form

TABLES: Final = (
    """CREATE TABLE floor_therapy AS SELECT t.id, s.member_id, t.state, hex(t.title) AS title
       FROM therapy_therapy t JOIN therapy_therapist s ON s.therapy_id = t.id""",
    "CREATE INDEX floor_therapy_of ON floor_therapy (member_id)",
    """CREATE TABLE floor_session AS SELECT s.id, s.therapy_id, t.member_id, s.starts_at, s.ends_at,
       s.state FROM encounters_session s JOIN therapy_therapist t ON t.therapy_id = s.therapy_id""",
    "CREATE INDEX floor_session_of ON floor_session (member_id, starts_at)",
    "CREATE UNIQUE INDEX floor_session_id ON floor_session (id)",
    "CREATE INDEX floor_session_therapy ON floor_session (therapy_id, starts_at)",
    """CREATE TABLE floor_note AS SELECT id, therapy_id, author_id, state, began_at, version,
       hex(substr(content, 1, 400)) AS words FROM notes_note""",
    "CREATE UNIQUE INDEX floor_note_id ON floor_note (id)",
    "CREATE INDEX floor_note_of ON floor_note (therapy_id, began_at)",
    """CREATE TABLE floor_answering AS SELECT id, therapy_id, total, ended_at, hex(answers) AS said
       FROM measures_answering""",
    "CREATE UNIQUE INDEX floor_answering_id ON floor_answering (id)",
    "CREATE INDEX floor_answering_of ON floor_answering (therapy_id, ended_at)",
    "CREATE TABLE floor_version (note TEXT, words TEXT, saved_at TEXT)",
    "CREATE TABLE floor_line (at TEXT, what TEXT)",
)
MINE: Final = "SELECT id, title, state FROM floor_therapy WHERE member_id = %s"
FOUND: Final = "SELECT id, title FROM floor_therapy WHERE member_id = %s AND title LIKE %s"
DAY: Final = """SELECT id, therapy_id, starts_at, ends_at, state FROM floor_session
    WHERE member_id = %s AND starts_at >= date('now') AND starts_at < date('now', '+1 day')"""
LATEST: Final = """SELECT id, words, began_at FROM floor_note WHERE therapy_id = %s
    ORDER BY began_at DESC LIMIT 3"""
COURSE: Final = "SELECT id, total, ended_at FROM floor_answering WHERE therapy_id = %s"
AROUND: Final = """SELECT id, starts_at, state FROM floor_session WHERE therapy_id = %s
    ORDER BY starts_at DESC LIMIT 2"""
PAGE: Final = Engine().from_string(
    "<!doctype html><title>Floor</title><table>{% for row in rows %}<tr>"
    "{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)


def make_tables() -> None:
    """The same rows, unsealed; once in a house."""
    if "floor_line" in connection.introspection.table_names():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for sentence in TABLES:
            cursor.execute(sentence)


def _rows(sentence: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sentence, given)
        return list(cursor.fetchall())


def _one_row(count: int) -> None:
    if count != 1:
        raise WentWrong("The floor wrote nothing.")


def _page(rows: list[tuple[Any, ...]]) -> HttpResponse:
    return HttpResponse(PAGE.render(Context({"rows": rows})))


def today(request: HttpRequest, one: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    sessions = _rows(DAY, one)
    more = [row for s in sessions for which in (LATEST, COURSE) for row in _rows(which, s[1])]
    return _page([*_rows(MINE, one), *sessions, *more])


def caseload(request: HttpRequest, one: str) -> HttpResponse:  # noqa: ARG001
    mine = _rows(MINE, one)
    whiches = (AROUND, LATEST, COURSE)
    return _page([*mine, *(row for t in mine for which in whiches for row in _rows(which, t[0]))])


def room(request: HttpRequest, one: str) -> HttpResponse:  # noqa: ARG001
    return _page(_rows("SELECT id, starts_at, ends_at FROM floor_session WHERE id = %s", one))


def find(request: HttpRequest, one: str) -> HttpResponse:
    like = f"{request.GET['q']}%"
    return _page(_rows(FOUND, one, like))


def write(request: HttpRequest, one: str) -> HttpResponse:
    """Two rows in one acknowledged transaction: what is kept, and what is added."""
    with transaction.atomic(), connection.cursor() as cursor:
        words, at = request.POST["words"], timezone.now().isoformat()
        cursor.execute("UPDATE floor_note SET words = %s WHERE id = %s", [words, one])
        _one_row(cursor.rowcount)
        cursor.execute("INSERT INTO floor_version VALUES (%s, %s, %s)", [one, words, at])
    return HttpResponse(status=200)


def answer(request: HttpRequest, one: str) -> HttpResponse:
    with transaction.atomic(), connection.cursor() as cursor:
        said = request.POST["words"]
        cursor.execute("UPDATE floor_answering SET said = %s WHERE id = %s", [said, one])
        _one_row(cursor.rowcount)
        cursor.execute("INSERT INTO floor_line VALUES (%s, 'answered')", [timezone.now()])
    return HttpResponse(status=200)


urlpatterns = [
    path("today/<str:one>", today),
    path("caseload/<str:one>", caseload),
    path("room/<str:one>", room),
    path("find/<str:one>", find),
    path("write/<str:one>", write),
    path("answer/<str:one>", answer),
]


def _typed(turn: int) -> dict[str, str]:
    return {"words": f"{turn} " + "what was typed so far " * 20}


def _by_member(name: str, budget: float | None = None) -> Page:
    return Page(name, budget, lambda seat, _turn: Ask(f"/{name}/{seat.member.id.hex}"))


PAGES: Final = {
    "Today": _by_member("today"),
    "caseload": _by_member("caseload"),
    "room": Page("room", None, lambda s, n: Ask(f"/room/{s.today[n % len(s.today)].hex}")),
    "find a person": Page("find", None, lambda s, n: Ask(f"/find/{s.member.id.hex}?q={n % 10}A")),
    "answer an item": Page(
        "answer", None, lambda s, n: form(f"/answer/{s.waiting[n % 6].id.hex}", _typed(n))
    ),
    "save a draft": Page(
        "write", None, lambda s, n: form(f"/write/{s.drafts[n % 2].hex}", _typed(n))
    ),
    "sign": Page("write", None, lambda s, n: form(f"/write/{s.drafts[n % 2].hex}", _typed(n))),
}
