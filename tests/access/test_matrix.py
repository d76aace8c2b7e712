"""Every address, for every kind of visitor: one table, kept in docs/reference/doors.md.

Each cell is what a GET and an empty POST are answered with. A new address, or a new answer, makes
this test fail until somebody has read the table: `HOLDSPACE_WRITE_TABLES=1` writes it anew.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import LazySettings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.cells import Cells
from tests.access.examples import EXAMPLES, VISITORS, example
from tests.cast import Cast

TABLE = Path(__file__).parents[2] / "docs" / "reference" / "doors.md"
SIGN_IN = "/sign-in/"
HEAD = """# Who gets what at every door

Made by `tests/access/test_matrix.py`: each address, asked for by each kind of visitor, with GET
and with an empty POST. The records are those of a therapy that one of the therapists works in.

- `reads`: shown; `goes on`: led to the next page; `signs in`: sent to sign-in
- `asks again`: the form says what is missing; `·`: this address does not do that
- `–`: there is nothing here (404)

"""
WORDS = {
    200: "reads", 204: "reads", 404: "–", 405: "·", 400: "asks again", 401: "signs in",
    403: "refused", 409: "asks again", 413: "asks again", 422: "asks again", 423: "asks again",
}  # fmt: skip


def addresses(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern)
        else:
            yield pattern


def word(answer: Any) -> str:
    """An answer as one word."""
    location = answer.headers.get("location", "")
    if location.startswith(SIGN_IN):
        return "signs in"
    return WORDS.get(answer.status_code, "goes on" if location else str(answer.status_code))


def ask(method: Callable[[str], Any], address: str) -> str:
    """The answer, and then everything as it was."""
    cache.clear()  # how often somebody knocks is tested elsewhere
    before = [(using, transaction.savepoint(using=using)) for using in ("default", "keyring")]
    answer = word(method(address))
    for using, point in before:
        transaction.savepoint_rollback(point, using=using)
    return answer


def answers(address: str, clients: dict[str, Client]) -> Iterator[str]:
    for client in clients.values():
        kept = client.cookies.output()
        get, post = ask(client.get, address), ask(client.post, address)
        yield get if get == post else f"{get} / {post}"
        if client.cookies.output() != kept:
            client.cookies.load(kept.replace("Set-Cookie: ", ""))


def test_every_door_answers_as_the_table_says(cast: Cast, settings: LazySettings) -> None:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    cells = Cells.about(cast)
    pages = sorted(addresses(get_resolver()), key=lambda page: str(page.name))
    missing = [p.name for p in pages if p.name not in EXAMPLES and p.pattern.converters]
    assert missing == [], "say in tests/access/examples.py whose ids these addresses are tried with"
    clients = {name: make(cast, cells) for name, make in VISITORS.items()}
    rows = []
    for page in pages:
        address = reverse(str(page.name), kwargs=example(str(page.name))(cast, cells))
        rows.append(f"| `{page.name}` | {' | '.join(answers(address, clients))} |")
    columns = f"| address | {' | '.join(clients)} |\n|{' --- |' * (len(clients) + 1)}\n"
    table = HEAD + columns + "\n".join(rows) + "\n"
    if os.environ.get("HOLDSPACE_WRITE_TABLES"):
        TABLE.write_text(table, encoding="utf-8")
    assert table == TABLE.read_text(encoding="utf-8")
