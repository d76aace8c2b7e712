"""`holdspace demo`: the sample practice, on this machine only."""

import json
import os
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Final

import click
from django.conf import settings
from django.db import connections
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from holdspace.cellar.vault import keyring, root
from holdspace.cli.founding import make_tables
from holdspace.cli.refusal import refuse
from holdspace.cli.serving import know_the_tables, serve_here
from holdspace.front.sample import actions as sample

MARK: Final = "this-is-a-demo"
ACCOUNTS: Final = "demo-accounts.json"
STALE_AFTER: Final = timedelta(hours=2)  # Today has a session that has just begun
FILES: Final = ("holdspace.sqlite3", "keyring/keyring.sqlite3", "demo-root-key", ACCOUNTS)


@click.command()
@click.option("--port", default=8000, envvar="PORT")
@click.option("--keep", "keeps", is_flag=True, help="Keep what was written, however old it is.")
@click.option("--load-only", is_flag=True, help="Lay the sample practice, and do not serve it.")
def demo(port: int, *, keeps: bool, load_only: bool) -> None:
    """Serve Linden House, the sample practice: nobody in it is real.

    It is laid around this moment, on loopback only, without a second factor. It is laid anew when
    it is older than two hours, unless you say --keep.
    """
    home: Path = settings.HOME
    _refuse_what_is_not_ours(home)
    if not _is_fresh(home, keeps=keeps):
        click.echo("Laying the sample practice …")
        _lay(home)
    _print_accounts(home, port)
    if not load_only:
        serve_here("127.0.0.1", port)


def _refuse_what_is_not_ours(home: Path) -> None:
    has_data = (home / "holdspace.sqlite3").exists() and not (home / MARK).exists()
    if has_data or os.environ.get("DATABASE_URL") or os.environ.get("KEYRING_URL"):
        refuse("The demo uses a database of its own, and this is not one it made.")


def _is_fresh(home: Path, *, keeps: bool) -> bool:
    mark = home / MARK
    laid = parse_datetime(mark.read_text(encoding="ascii")) if mark.exists() else None
    return laid is not None and (keeps or timezone.now() - laid < STALE_AFTER)


def _lay(home: Path) -> None:
    """Everything anew: a demo keeps nothing that anybody should miss."""
    connections.close_all()
    (home / MARK).write_text("1970-01-01T00:00:00+00:00", encoding="ascii")
    for name in FILES:
        for ending in ("", "-wal", "-shm"):
            (home / f"{name}{ending}").unlink(missing_ok=True)
    keyring.forget()
    make_tables()
    at = timezone.now()
    root.write_key_file(home / "demo-root-key")
    keyring.found(root.read_key_file(home / "demo-root-key"), kind="demo", at=at)
    accounts = [asdict(account) for account in sample.load(at=at)]
    know_the_tables()
    (home / ACCOUNTS).write_text(
        json.dumps(accounts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    (home / MARK).write_text(at.isoformat(), encoding="ascii")


def _print_accounts(home: Path, port: int) -> None:
    accounts = json.loads((home / ACCOUNTS).read_text(encoding="utf-8"))
    click.echo("\nSign-ins of the sample practice (no second factor, in this demo only):")
    for one in accounts:
        click.echo(f"  {one['role']:<10} {one['name']:<16} {one['email']:<26} {one['password']}")
    click.echo(f"\nOpen http://127.0.0.1:{port}/ (stop with Ctrl+C)")
