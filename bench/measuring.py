"""One size, measured: the practice laid, each page asked, the floor asked in the same run."""

import cProfile
import gc
import io
import os
import pickle
import pstats
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any, Final, cast

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import override_settings
from django.utils import timezone
from django.utils.module_loading import import_string

from bench import bare, floor, laying, outcomes, pages, searching
from bench.laying import Seat
from bench.pages import Page
from holdspace.cellar.vault import keyring, root
from holdspace.cli.serving import know_the_tables

SHOWN: Final = 22  # lines of a profile
OF_THE_WHOLE: Final = 20  # requests of a page that may take a second


@dataclass(frozen=True, slots=True)
class Measuring:
    """What is asked of whom, and how often."""

    handler: WSGIHandler
    seats: list[Seat]
    cookies: list[dict[str, str]]
    requests: int


def measure(clients: int, requests: int, *, profiles: bool, is_bare: bool) -> dict[str, Any]:
    """The figures of a practice of a size, in milliseconds."""
    if is_bare:
        bare.strip()
    seconds, seats = lay_a_house(clients)
    found: dict[str, Any] = {
        "on": timezone.now().date().isoformat(), "clients": clients, "requests": requests,
        "laid_in_s": seconds, "fsync_ms": _fsync_ms(),
    }  # fmt: skip
    keyring.forget()
    application = import_string("holdspace.wsgi.application")  # it looks for the house's files
    searches, *others = seats  # five thousand notes are one therapist's alone
    house = Measuring(application, others, [pages.cookies_of(s) for s in others], requests)
    found["pages"] = {page.name: _figures(house, page) for page in pages.PAGES}
    if profiles:
        over = [p for p in pages.PAGES if p.budget and found["pages"][p.name]["p95"] > p.budget]
        found["profiles"] = {page.name: _profile(house, page) for page in over}
    found["floor"] = _floor(others, requests) if connection.vendor == "sqlite" else {}
    searching.write_notes(searches)
    one = Measuring(application, [searches], [pages.cookies_of(searches)], requests)
    found["pages"]["search"] = _figures(one, searching.SEARCH)
    outcomes.sum_up(searches, at=timezone.now())
    know_the_tables()
    few = Measuring(application, [searches], one.cookies, min(requests, OF_THE_WHOLE))
    found["pages"] |= {page.name: _figures(few, page) for page in outcomes.PAGES}
    found["bytes"] = sum(file.stat().st_size for file in settings.HOME.rglob("*.sqlite3"))
    return found


def _floor(seats: list[Seat], requests: int) -> dict[str, Any]:
    floor.make_tables()
    with override_settings(MIDDLEWARE=[], ROOT_URLCONF="bench.floor"):
        plain = Measuring(WSGIHandler(), seats, [{}] * len(seats), requests)
        return {name: _figures(plain, page) for name, page in floor.PAGES.items()}


def lay_a_house(clients: int) -> tuple[float, list[Seat]]:
    """A practice in the home, or the one that was laid there today; how long it took, and who."""
    kept = settings.HOME / "seats"
    if kept.exists():
        return 0.0, pickle.loads(kept.read_bytes())  # noqa: S301 - our own, in our own folder
    seconds, seats = _lay(clients)
    kept.write_bytes(pickle.dumps(seats))
    return seconds, seats


def _lay(clients: int) -> tuple[float, list[Seat]]:
    (settings.HOME / "keyring").mkdir()
    (settings.HOME / "static").mkdir()
    for name in ("default", keyring.KEYRING):
        call_command("migrate", database=name, verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    at = timezone.now()
    key_file = cast("Path", settings.HOLDSPACE_KEY_FILE)
    root.write_key_file(key_file)
    keyring.found(root.read_key_file(key_file), kind="file", at=at)
    began = perf_counter()
    seats = laying.lay(clients, at=at)
    is_sqlite = connection.vendor == "sqlite"
    for name in ("default", keyring.KEYRING):
        with connections[name].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if is_sqlite else "VACUUM ANALYZE")
    gc.collect()
    return round(perf_counter() - began, 1), seats


def _fsync_ms() -> float:
    """What one write that waits for this disk takes: a save can never be faster."""
    took = []
    with (settings.HOME / "fsync").open("wb", buffering=0) as file:
        for _ in range(50):
            file.write(b"x" * 4096)
            began = perf_counter()
            os.fsync(file.fileno())
            took.append((perf_counter() - began) * 1000)
    return round(median(took), 2)


def _figures(of: Measuring, page: Page) -> dict[str, float | None]:
    """Each therapist once (none of their keys is in memory before the first page), then turns."""
    count = len(of.seats)
    first = list(pages.times(of.handler, page, of.seats, range(count), of.cookies))
    turns = range(count, count + of.requests)
    took = list(pages.times(of.handler, page, of.seats, turns, of.cookies))
    by_hundredth = quantiles(took, n=100, method="inclusive")
    figures = {"first": median(first), "p50": median(took), "p95": by_hundredth[94]}
    return {"budget": page.budget, **{name: round(ms, 2) for name, ms in figures.items()}}


def _profile(of: Measuring, page: Page) -> str:
    """What a page's time goes to; preparing the requests is in it too."""
    turns = range(of.requests + len(of.seats), of.requests + 5 * len(of.seats))
    with cProfile.Profile() as profile:
        sum(pages.times(of.handler, page, of.seats, turns, of.cookies))
    out = io.StringIO()
    pstats.Stats(profile, stream=out).sort_stats("tottime").print_stats(SHOWN)
    pstats.Stats(profile, stream=out).sort_stats("cumulative").print_stats("holdspace", SHOWN * 2)
    return out.getvalue()
