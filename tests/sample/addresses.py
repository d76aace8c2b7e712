"""The addresses of the demo: the house's own, and the specimen's."""

from django.urls import include, path

from holdspace.urls import urlpatterns as of_the_house

urlpatterns = [*of_the_house, path("", include("holdspace.front.sample.urls"))]
