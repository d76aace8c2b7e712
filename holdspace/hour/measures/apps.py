"""The measures room as a Django app."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "holdspace.hour.measures"
    label = "measures"
