"""Linden House, laid once for every test that only reads it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from holdspace.cellar.access.visitor import Visitor
from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.sealing import new_key
from holdspace.frame.practice.models import Member
from holdspace.frame.practice.queries import visitor_of
from holdspace.front.sample.actions import load

MORNING = datetime(2026, 11, 23, 10, 12, tzinfo=UTC)  # a Monday
BOTH = ("default", "keyring")


@pytest.fixture(scope="module")
def linden(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[datetime]:  # noqa: ARG001
    """The sample around a Monday morning, for a whole module; nothing of it stays."""
    with django_db_blocker.unblock():
        blocks: list[Any] = [transaction.atomic(using=name) for name in BOTH]
        for block in blocks:
            block.__enter__()
        keyring.found(new_key(), kind="test", at=MORNING)
        load(at=MORNING)
        yield MORNING
        for block, name in zip(reversed(blocks), reversed(BOTH), strict=True):
            transaction.set_rollback(True, using=name)
            block.__exit__(None, None, None)
        keyring.forget()


def member(first_name: str) -> Member:
    return next(one for one in Member.objects.all() if first_name in one.name)


def visitor(first_name: str) -> Visitor:
    return visitor_of(member(first_name))
