"""`holdspace serve`, `trial` and `keep`: the pages, and what goes on behind them."""

import logging
import math
import os
import shutil
import time
from typing import Final
from uuid import UUID

import click
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, close_old_connections, connection, connections
from django.utils import timezone
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from holdspace.cellar.access.visitor import system
from holdspace.cellar.ledger import actions as ledger
from holdspace.cellar.post import actions as post
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.checks import check_root_key
from holdspace.cellar.vault.root import NoRootKey
from holdspace.cli.keeper import keeper
from holdspace.cli.refusal import refuse
from holdspace.cli.worker import Pages
from holdspace.frame.people.models import ContactPoint
from holdspace.frame.people.rules import PointKind, Safe
from holdspace.frame.practice import letters
from holdspace.frame.practice.models import Member, Practice
from holdspace.hour.measures import actions as measures
from holdspace.office.outcomes import actions as outcomes
from holdspace.office.outcomes.actions import summing

THREADS = 4  # a page waits for the disk now and then; more only wait for each other
KEEPER_SECONDS = 0.5
HOUSEKEEPING_SECONDS = 3600
SAMPLE = 1000  # rows of an index that SQLite counts
SUMMARY_SECONDS = 20  # pages of outcomes are at most a minute behind
LAST_WORDS_SECONDS = 10  # for a worker that was told to stop to answer whom it has begun to answer
LOOPBACK: Final = ("127.0.0.1", "::1")  # where nobody else can listen or speak
_log = logging.getLogger(__name__)


@click.command()
@click.option(
    "--host", default="127.0.0.1", help="Where to listen; a proxy with TLS stands before it."
)
@click.option("--port", default=8000, envvar="PORT")
def serve(host: str, port: int) -> None:
    """Serve the house: the pages, the ledger's sequencer and the post."""
    ask_for_passphrase()
    check()
    serve_here(host, port)


@click.command()
@click.option("--port", default=8000, envvar="PORT")
def trial(port: int) -> None:
    """Try the house in a browser on this machine, without TLS: http, on loopback only.

    It is the real house, with its second factor; only its cookies are not kept to https. It
    listens on 127.0.0.1, answers to no other name, and says on every page that it is a trial.
    """
    ask_for_passphrase()
    check()
    click.echo(f"A trial without TLS, on this machine only: open http://localhost:{port}/")
    click.echo("Write nothing that must stay between two people. In earnest: holdspace serve.")
    _log.warning("The house is being tried without TLS, on this machine only.")
    serve_here("127.0.0.1", port)


@click.command(hidden=True)
@click.option("--parent", type=int, default=0, help="End when this process has ended.")
def keep(parent: int) -> None:
    """Carry lines into the ledger's tree, deliver the post, sum up, clear what has expired."""
    check()
    hourly, often = Every(HOUSEKEEPING_SECONDS), Every(SUMMARY_SECONDS)
    while not parent or os.getppid() == parent:
        carried = 0
        try:
            carried = keep_once()
            if often.is_due() and summing.sum_up(at=timezone.now()) >= summing.A_ROUND:
                often.is_due_again()  # a first pass goes on at once
            if hourly.is_due():
                keep_house()
        except DatabaseError:
            close_old_connections()  # the database is away for a moment: the next round tries again
        if carried < ledger.AT_ONCE:  # else more is waiting
            time.sleep(KEEPER_SECONDS)


class Every:
    """Something that is done at first, and then each time so many seconds have passed."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._last = seconds, -math.inf

    def is_due(self) -> bool:
        """Whether it is time; asking counts as doing."""
        now = time.monotonic()
        if now - self._last < self._seconds:
            return False
        self._last = now
        return True

    def is_due_again(self) -> None:
        self._last = -math.inf


def keep_once() -> int:
    """One round: answers how many lines were carried into the tree."""
    at = timezone.now()
    seed = keyring.key_of(keyring.LEDGER)
    carried = ledger.sequence(seed=seed, origin=settings.HOLDSPACE_LEDGER_ORIGIN, at=at)
    post.deliver(address_of, at=at, persons=safe_address_of)
    post.deliver_letters(letters.write, at=at)
    return carried


def keep_house() -> None:
    """What is done now and then: old sessions go, clients are reminded, SQLite knows its tables."""
    call_command("clearsessions")
    for practice in Practice.objects.values_list("id", flat=True):
        measures.remind(by=system(practice), at=timezone.now())
    know_the_tables()
    fit_courses()


def fit_courses() -> None:
    """What is expected of a course is worked out anew where enough answers have come in."""
    for practice in Practice.objects.order_by("pk").values_list("pk", flat=True):
        outcomes.fit_courses(by=system(practice), at=timezone.now())


def know_the_tables() -> None:
    """Without figures of its tables SQLite looks through a practice's sessions to find six."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={SAMPLE}")
            cursor.execute("ANALYZE")
            # Of one practice's rows a sample shows as many as it is large, and SQLite believes that
            # there are no more: what it saw one value of, is taken to have that value alone.
            cursor.execute(
                "UPDATE sqlite_stat1 SET stat = replace(stat, %s, ' ' || CAST(stat AS INTEGER))"
                " WHERE CAST(stat AS INTEGER) > %s AND stat || ' ' LIKE %s",
                [f" {SAMPLE + 1}", SAMPLE, f"% {SAMPLE + 1} %"],
            )
            cursor.execute("ANALYZE sqlite_schema")  # read again


def address_of(member: UUID) -> str | None:
    """Where a member who is still here is written to."""
    found = Member.objects.filter(pk=member, left_at=None).select_related("account").first()
    return found.account.email if found else None


def safe_address_of(person: UUID) -> str | None:
    """Where a person is written to by e-mail, if that is safe as it is: no condition is said."""
    points = ContactPoint.objects.filter(
        person_id=person, kind=PointKind.EMAIL.value, safe=Safe.YES.value, to_at=None
    )
    found = points.order_by("-is_preferred", "from_at")
    return next((str(point.value) for point in found if not point.how.strip()), None)


def serve_here(host: str, port: int) -> None:
    """Serve until told to stop; worker and keeper end with the server, however it ends."""
    if not settings.SESSION_COOKIE_SECURE and host not in LOOPBACK:
        refuse("Without TLS this is served on this machine only (127.0.0.1).")
    collect_static_files()
    phrase = settings.HOLDSPACE_PASSPHRASE
    connections.close_all()  # the worker is a copy of us; SQLite's files must not be copied open
    with keeper(phrase):
        Server(
            "holdspace.wsgi:application", address=host, port=port, interface=Interfaces.WSGI,
            workers=1, blocking_threads=THREADS, log_access=False, log_level=LogLevels.warning,
            websockets=False, workers_kill_timeout=LAST_WORDS_SECONDS,
        ).serve(target_loader=Pages(phrase), wrap_loader=False)  # fmt: skip


def collect_static_files() -> None:
    """Anew at each start: a list of files that was cut short by a kill could not be read again."""
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    call_command("collectstatic", interactive=False, verbosity=0)


def ask_for_passphrase() -> None:
    """Where the root key comes by passphrase and none was handed to us, it is typed now."""
    is_needed = settings.HOLDSPACE_KEY_FILE is None and not settings.HOLDSPACE_PASSPHRASE
    if is_needed and _kind_of_root() == "passphrase":
        settings.HOLDSPACE_PASSPHRASE = click.prompt("Passphrase", hide_input=True)


def _kind_of_root() -> str | None:
    try:
        return keyring.kind_of_root()
    except DatabaseError:
        return None  # there is no house yet: `check` says so


def check() -> None:
    """Refuse, in one sentence, to start without a root key that works and lies elsewhere."""
    is_demo = settings.HOLDSPACE_IS_DEMO
    try:
        check_root_key(settings.HOLDSPACE_KEY_FILE, settings.HOME, is_demo=is_demo)
    except NoRootKey as refusal:
        refuse(str(refusal))
    except DatabaseError:
        refuse(f"There is no house in {settings.HOME} yet: run holdspace init.")
