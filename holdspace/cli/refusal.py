"""How a command says no: one sentence for a person, and a number by which scripts know it."""

from typing import Never

import click


def refuse(sentence: str) -> Never:
    """End the command, since this cannot be done here."""
    _end(sentence, 1)


def refuse_input(sentence: str) -> Never:
    """End the command, since what was typed or named cannot be understood."""
    _end(sentence, 2)


def _end(sentence: str, number: int) -> Never:
    click.echo(sentence, err=True)
    raise SystemExit(number)
