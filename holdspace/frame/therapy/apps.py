"""The therapy room as a Django app."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "holdspace.frame.therapy"
    label = "therapy"
    relates_persons = "holdspace.frame.therapy.relating"
