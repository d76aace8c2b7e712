"""Browsers of the cast, and what stands in the diary for them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from holdspace.hour.encounters import actions
from holdspace.hour.encounters.models import Series, Session
from holdspace.hour.encounters.recurrence import Every, Rule
from tests.cast import Cast, a_session

Browser = Callable[[str], Client]
NEXT_WEEK = (timezone.now() + timedelta(days=7)).replace(hour=11, minute=0, second=0, microsecond=0)
DAY = f"{NEXT_WEEK:%Y-%m-%d}"
OF_A_SESSION = ("session", "session_move", "session_cancel")


@pytest.fixture
def browser(cast: Cast, settings: Any) -> Browser:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False

    def of(name: str) -> Client:
        client = Client()
        client.force_login(cast.members[name].account)
        return client

    return of


@pytest.fixture
def coming(cast: Cast) -> Session:
    return a_session(cast.amara, NEXT_WEEK, room=cast.room)


@pytest.fixture
def made(cast: Cast) -> Series:
    slot = actions.Slot(NEXT_WEEK, 50)
    rule, at = Rule(Every.WEEK, count=3), timezone.now()
    return actions.plan_series(cast.reyes.id, slot, rule, by=cast.visitor("mira"), at=at)


def page(browser: Browser, visitor: str, name: str, session: Session, **said: Any) -> Any:
    address = reverse(name, args=[session.id])
    return browser(visitor).post(address, said) if said else browser(visitor).get(address)


def local(session: Session) -> str:
    return f"{timezone.localtime(session.starts_at):%H:%M}"
