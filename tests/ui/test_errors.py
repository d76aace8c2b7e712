"""What is answered to what no view gets to see."""

from io import BytesIO

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from holdspace.cellar.ui.errors import not_understood


class Line(BytesIO):
    """What comes over a line that may be cut."""

    is_cut = False

    def read(self, size: int | None = -1) -> bytes:
        if self.is_cut:
            raise ConnectionResetError
        return super().read(size)


def sent(line: Line) -> WSGIRequest:
    request = RequestFactory().post("/", b"x" * 1000, content_type="text/plain")
    request._stream = line
    return request


def test_what_is_too_long_is_heard_out_before_it_is_answered() -> None:
    line = Line(b"x" * 1_000_000)
    answer = not_understood(sent(line), RequestDataTooBig())
    assert answer.status_code == 413
    assert line.read() == b""


def test_whoever_has_gone_is_not_waited_for() -> None:
    line = Line(b"x")
    line.is_cut = True
    assert not_understood(sent(line), RequestDataTooBig()).status_code == 413


def test_what_is_no_request_is_not_understood() -> None:
    answer = not_understood(RequestFactory().post("/"), BadRequest())
    assert answer.status_code == 400
    assert "could not be understood" in answer.content.decode()
