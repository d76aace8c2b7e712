"""What an error leaves behind: where it happened and of what kind, never anybody's words."""

import logging
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.utils.log import AdminEmailHandler
from django.views.debug import technical_500_response

from holdspace.frame.practice.models import Account
from holdspace.frame.practice.reports import QuietFormatter, QuietReporter, quiet
from tests.practice.browser import words_of
from tests.practice.canary import CANARY

SENT = {"note": f"{CANARY} in what was posted"}


@pytest.fixture
def written() -> Iterator[list[str]]:
    """Every line that the house would write, from any logger."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    kept = Kept()
    kept.setFormatter(QuietFormatter())
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request")]
    for logger in loggers:
        logger.addHandler(kept)
    yield lines
    for logger in loggers:
        logger.removeHandler(kept)


@pytest.mark.urls("tests.practice.addresses")
@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("debug", [True, False])
def test_an_error_page_and_its_lines_hold_no_words(
    debug: bool,  # noqa: FBT001 - a parameter of the test
    settings: LazySettings,
    written: list[str],
) -> None:
    settings.DEBUG = debug
    page = Client(raise_request_exception=False).post(f"/broken/?q={CANARY}", SENT)
    assert page.status_code == 500
    assert CANARY not in words_of(page)
    assert any("ValueError" in line for line in written)
    assert CANARY not in "\n".join(written)


def failed() -> tuple[type[BaseException], BaseException, object]:
    words = f"{CANARY} in a variable"
    try:
        raise ValueError(words)  # noqa: TRY301 - it is to be caught here
    except ValueError as error:
        return type(error), error, error.__traceback__


def test_a_message_to_administrators_holds_no_words(settings: LazySettings) -> None:
    settings.ADMINS = [("Ada", "ada@linden.example")]
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "Failed", (), failed())  # type: ignore[arg-type]
    record.request = RequestFactory().post(f"/a/?q={CANARY}", SENT)
    for with_html in (True, False):
        AdminEmailHandler(include_html=with_html).emit(record)
    everything = str([vars(one) for one in mail.outbox])
    assert "ValueError" in everything
    assert CANARY not in everything


def test_the_page_of_a_developer_holds_no_words() -> None:
    request = RequestFactory().post("/a/", SENT)
    page = technical_500_response(request, *failed())  # type: ignore[arg-type]
    assert "test_reports.py" in page.content.decode()
    assert CANARY not in page.content.decode()


def test_a_chained_error_holds_no_words() -> None:
    kind, error, trace = failed()
    error.__cause__ = ValueError(CANARY)
    error.add_note(CANARY)
    reporter = QuietReporter(None, kind, error, trace)  # type: ignore[arg-type]
    for text in (reporter.get_traceback_text(), reporter.get_traceback_html()):
        assert CANARY not in text


def test_an_error_of_no_kind_is_said_to_be_none() -> None:
    assert quiet(None, None) == "no exception"


def test_a_line_is_one_line() -> None:
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, "a\rb\nc", (), None)
    assert QuietFormatter().format(record).endswith("a\\rb\\nc")


@pytest.mark.usefixtures("house")
def test_sql_is_not_echoed_even_when_debugging(
    settings: LazySettings, written: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEBUG = True
    connection.force_debug_cursor = True
    Account.objects.filter(email=CANARY).exists()
    connection.force_debug_cursor = False
    said = capsys.readouterr()
    assert CANARY not in "\n".join([*written, said.out, said.err])
    assert not logging.getLogger("django.db.backends").isEnabledFor(logging.ERROR)
