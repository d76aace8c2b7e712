"""The practice's own addresses, with a first page to come back to, and one that fails."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from holdspace.cellar.access.doors import Asked, door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice import sign_in
from tests.practice.canary import CANARY


@door(Action.READ, Layer.ADMIN, what="today")
def today(request: Asked) -> HttpResponse:  # noqa: ARG001
    return HttpResponse("today")


@door(Action.READ, Layer.SHARED, what="shared screen")
def shared(request: Asked) -> HttpResponse:
    return HttpResponse(f"shared {request.visitor.narrowed_to}")


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    words = {"note": f"{CANARY} in a variable"}
    raise ValueError(f"{CANARY} in the exception, {words}")


def misplaced(request: HttpRequest) -> HttpResponse:
    return sign_in.page_is_stale(request)  # type: ignore[arg-type]


urlpatterns = [
    path("", today, name="today"),
    path("shared/", shared, name="shared"),
    path("broken/", broken, name="broken"),
    path("stale/", misplaced, name="stale"),
    path("", include("holdspace.frame.practice.urls")),
]
