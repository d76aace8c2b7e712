"""What is answered to what no view gets to see."""

from contextlib import suppress

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
HEARD_AT_MOST = 64 * 1024 * 1024
AT_ONCE = 64 * 1024


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A form that is too long says so; whatever else cannot be read was not understood."""
    status = 413 if isinstance(exception, TOO_MUCH) else 400
    if status == 413:
        hear_out(request)
    return render(request, f"{status}.html", status=status)


def hear_out(request: HttpRequest) -> None:
    """Let what is too long come to its end: a server that answers before cuts the line.

    The browser would then be told of a broken connection, and never what was wrong.
    """
    left = HEARD_AT_MOST
    with suppress(OSError):  # whoever has gone meanwhile hears nothing anyway
        while left > 0 and (heard := request.read(AT_ONCE)):
            left -= len(heard)
