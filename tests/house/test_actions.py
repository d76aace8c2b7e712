"""Every action says by whom and when."""

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).parents[2] / "holdspace"
# Rooms whose actions are done by the house itself, for nobody in particular.
HOUSEKEEPING = ("holdspace.cellar.ledger.actions", "holdspace.cellar.post.actions")


def public_actions() -> Iterator[Callable[..., Any]]:
    for path in sorted(HOUSE.glob("*/*/actions*")):
        files = [path / "__init__.py"] if path.is_dir() else [path]  # what a room offers
        for file in files:
            name = ".".join(file.relative_to(HOUSE.parent).with_suffix("").parts)
            module = import_module(name.removesuffix(".__init__"))
            for found_name, found in inspect.getmembers(module, inspect.isfunction):
                is_ours = found.__module__.startswith(name.removesuffix(".__init__"))
                if is_ours and not found_name.startswith("_"):
                    yield found


def named(action: Callable[..., Any]) -> str:
    return f"{action.__module__}.{action.__name__}"


ACTIONS = [a for a in public_actions() if a.__module__ not in HOUSEKEEPING]


@pytest.mark.parametrize("action", ACTIONS, ids=named)
def test_action_says_when(action: Callable[..., Any]) -> None:
    parameters = inspect.signature(action).parameters
    assert parameters["at"].kind is inspect.Parameter.KEYWORD_ONLY


# What a person does who is not yet anybody here: they bring a link, a password or a PIN.
WITHOUT_VISITOR = {"found_practice", "accept", "check_pin", "exchange", "take_over", "load"}


@pytest.mark.parametrize("action", ACTIONS, ids=named)
def test_action_says_by_whom(action: Callable[..., Any]) -> None:
    parameters = inspect.signature(action).parameters
    if action.__name__ not in WITHOUT_VISITOR:
        assert parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
