"""All addresses, room by room."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

handler400 = "holdspace.cellar.ui.errors.not_understood"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("holdspace.front.desk.urls")),
    path("", include("holdspace.front.portal.urls")),
    path("", include("holdspace.office.outcomes.urls")),
    path("", include("holdspace.hour.notes.urls")),
    path("", include("holdspace.hour.measures.urls")),
    path("", include("holdspace.hour.worksheets.urls")),
    path("", include("holdspace.hour.encounters.urls")),
    path("", include("holdspace.frame.practice.urls")),
    path("", include("holdspace.frame.people.urls")),
    path("", include("holdspace.frame.therapy.urls")),
    path("", include("holdspace.frame.approaches.urls")),
]
if settings.HOLDSPACE_IS_DEMO:
    urlpatterns.append(path("", include("holdspace.front.sample.urls")))
