"""All addresses, room by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("holdspace.front.desk.urls")),
]
