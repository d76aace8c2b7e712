"""The `holdspace` command: each of its commands is loaded only when it is called."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final, NamedTuple

import click

from holdspace.cli import start


class Told(NamedTuple):
    """Where a command is, what it does in a line, and which settings it works with."""

    module: str
    line: str
    settings: str | None


HOUSE: Final = "holdspace.settings.house"
TRIAL: Final = "holdspace.settings.trial"
COMMANDS: Final = {
    "demo": Told("demo", "Serve the sample practice on this machine.", "holdspace.settings.demo"),
    "init": Told("founding", "Found a house: root key, practice, owner, help in a crisis.", HOUSE),
    "serve": Told("serving", "Serve the house.", HOUSE),
    "trial": Told("serving", "Try the house on this machine, without TLS.", TRIAL),
    "keep": Told("serving", "Keep the ledger and the post (serve starts this).", HOUSE),
    "migrate": Told("founding", "Bring the tables of a house up to date.", HOUSE),
    "ledger": Told("books", "Verify the ledger; print its signed checkpoint.", HOUSE),
    "keys": Told("books", "Look at, rotate and destroy keys.", HOUSE),
    "score": Told("score", "Score a questionnaire; needs no house.", None),
    "change": Told("change", "Judge change in a CSV of scores; needs no house.", None),
    "outcomes": Told("outcomes", "Sums of outcomes: of files, signed, of many services.", None),
    "growth": Told("growth", "Fit a growth model to a CSV of scores; needs no house.", None),
    "instruments": Told("score", "List the questionnaires; needs no house.", None),
}


class Lazy(click.Group):
    """Commands by name; Django is started for those that need it."""

    def __init__(self, *args: Any, told: Mapping[str, Told], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told = told

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self._told)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        told = self._told.get(cmd_name)
        if told is None:
            return None
        if told.settings is not None:
            start.begin(told.settings, founding=cmd_name == "init")
        module = import_module(f"holdspace.cli.{told.module}")
        return getattr(module, cmd_name)  # type: ignore[no-any-return]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, told.line) for name, told in self._told.items()])


@click.group(cls=Lazy, told=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="holdspace")
def main() -> None:
    """Holdspace: the consulting room in software.

    \b
    To look around:
      holdspace demo                 the sample practice, on this machine only
    \b
    To begin in earnest:
      export HOLDSPACE_HOME=/srv/holdspace
      holdspace init                 asks what it needs; makes the root key
      holdspace trial                to look at it on this machine, over http
      holdspace serve                behind a proxy that speaks TLS
    \b
    To score a questionnaire (empty = not answered):
      holdspace score phq9 --answers 2,2,1,2,1,1,1,0,1
    \b
    To see who changed in a file of scores:
      holdspace change --help

    HOLDSPACE_HOME is where the data lies. The root key comes by HOLDSPACE_KEY_FILE or by
    passphrase, and never lies beside the data. DATABASE_URL and KEYRING_URL name PostgreSQL
    databases where the embedded ones are outgrown.
    """
