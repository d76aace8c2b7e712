"""Addresses of the demo alone; holdspace/urls.py includes them where HOLDSPACE_IS_DEMO is set."""

from django.urls import path

from holdspace.front.sample import views

urlpatterns = [
    path("specimen/", views.specimen, name="specimen"),
    path("specimen/<slug:sheet>/", views.specimen, name="specimen_sheet"),
]
