"""Addresses of approaches."""

from django.urls import path

from holdspace.frame.approaches import views

urlpatterns = [
    path("approaches/", views.approaches, name="approaches"),
    path("approaches/new/", views.new_approach, name="new_approach"),
    path("approaches/<slug:name>/", views.approach, name="approach"),
    path("approaches/<slug:name>/edit/", views.edit_approach, name="edit_approach"),
    path("approaches/<slug:name>/retire", views.retire_approach, name="retire_approach"),
    path(
        "approaches/<slug:name>/bring-back", views.bring_back_approach, name="bring_back_approach"
    ),
    path("voices/", views.voices, name="voices"),
    path("voices/new/", views.new_voice, name="new_voice"),
    path("voices/<slug:name>/edit/", views.edit_voice, name="edit_voice"),
    path("voices/<slug:name>/retire", views.retire_voice, name="retire_voice"),
    path("voices/<slug:name>/bring-back", views.bring_back_voice, name="bring_back_voice"),
    path("voices/<slug:name>/speak", views.speak, name="speak"),
]
