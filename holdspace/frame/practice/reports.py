"""Error reports and log lines that hold no person's words: types and places, never values."""

import logging
import traceback
from types import TracebackType
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.debug import ExceptionReporter

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def quiet(kind: type[BaseException] | None, trace: TracebackType | None) -> str:
    """Where something went wrong, and what kind of thing: no messages, no variables."""
    places = [
        f"  {frame.filename}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(trace, limit=-40)
    ]
    return "\n".join([*places, kind.__name__ if kind else "no exception"])


class QuietFormatter(logging.Formatter):
    """A log line. What an exception says may quote a person, so only its kind is written."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """What was said, on one line, so that nothing can pretend to be a line of its own."""
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        return quiet(ei[0], ei[2])


class QuietReporter(ExceptionReporter):
    """Django's error page and e-mail, DEBUG or not: where, never what."""

    def get_traceback_html(self) -> SafeString:
        return format_html("<!doctype html><title>Error</title><pre>{}</pre>", self._where())

    def get_traceback_text(self) -> SafeString:
        return mark_safe(self._where())  # noqa: S308 - a text, without anybody's words

    def _where(self) -> str:
        return quiet(self.exc_type, self.tb)
