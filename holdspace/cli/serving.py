"""`holdspace serve` and `holdspace keep`: the pages, and what goes on behind them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import click
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from holdspace.cellar.ledger import actions as ledger
from holdspace.cellar.post import actions as post
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.checks import check_root_key
from holdspace.cellar.vault.root import NoRootKey
from holdspace.frame.practice.models import Member

THREADS = 4  # a page waits for the disk now and then; more only wait for each other
KEEPER_SECONDS = 0.5
HOUSEKEEPING_SECONDS = 3600


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


@click.command(hidden=True)
@click.option("--parent", type=int, default=0, help="End when this process has ended.")
def keep(parent: int) -> None:
    """Carry lines into the ledger's tree, deliver the post, clear what has expired."""
    check()
    last = None
    while not parent or os.getppid() == parent:
        try:
            keep_once()
            if last is None or time.monotonic() - last > HOUSEKEEPING_SECONDS:
                keep_house()
                last = time.monotonic()
        except DatabaseError:
            close_old_connections()  # the database is away for a moment: the next round tries again
        time.sleep(KEEPER_SECONDS)


def keep_once() -> int:
    """One round: answers how many lines were carried into the tree."""
    at = timezone.now()
    seed = keyring.key_of(keyring.LEDGER)
    carried = ledger.sequence(seed=seed, origin=settings.HOLDSPACE_LEDGER_ORIGIN, at=at)
    post.deliver(address_of, at=at)
    return carried


def keep_house() -> None:
    """What is done now and then: sessions that ended go, and SQLite learns how its tables lie."""
    call_command("clearsessions")
    know_the_tables()


def know_the_tables() -> None:
    """Without figures of its tables SQLite looks through a practice's sessions to find six."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("ANALYZE")


def address_of(member: UUID) -> str | None:
    """Where a member who is still here is written to."""
    found = Member.objects.filter(pk=member, left_at=None).select_related("account").first()
    return found.account.email if found else None


def serve_here(host: str, port: int) -> None:
    """Serve until told to stop; the keeper ends with the server."""
    call_command("collectstatic", interactive=False, verbosity=0)
    with keeper():
        Server(
            "holdspace.wsgi:application", address=host, port=port, interface=Interfaces.WSGI,
            workers=1, blocking_threads=THREADS, log_access=False, log_level=LogLevels.warning,
            websockets=False,
        ).serve()  # fmt: skip


@contextmanager
def keeper() -> Iterator[None]:
    """A process of its own that does the housekeeping, for as long as we serve."""
    command = [sys.executable, "-m", "holdspace.cli", "keep", "--parent", str(os.getpid())]
    child = subprocess.Popen(command)  # noqa: S603 - our own command
    try:
        yield
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait()


def ask_for_passphrase() -> None:
    """Where the root key comes by passphrase, it is typed now and handed to our own processes."""
    if settings.HOLDSPACE_KEY_FILE is None and keyring.kind_of_root() == "passphrase":
        phrase = os.environ.get("HOLDSPACE_PASSPHRASE") or click.prompt(
            "Passphrase", hide_input=True
        )
        os.environ["HOLDSPACE_PASSPHRASE"] = settings.HOLDSPACE_PASSPHRASE = phrase


def check() -> None:
    """Refuse, in one sentence, to start without a root key that works and lies elsewhere."""
    is_demo = settings.HOLDSPACE_IS_DEMO
    try:
        check_root_key(settings.HOLDSPACE_KEY_FILE, settings.HOME, is_demo=is_demo)
    except NoRootKey as refusal:
        click.echo(str(refusal), err=True)
        raise SystemExit(1) from None
    except DatabaseError:
        click.echo(f"There is no house in {settings.HOME} yet: run holdspace init.", err=True)
        raise SystemExit(1) from None
