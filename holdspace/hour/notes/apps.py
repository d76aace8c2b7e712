"""The notes room as a Django app."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "holdspace.hour.notes"
    label = "notes"
