"""The outcomes room as a Django app."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "holdspace.office.outcomes"
    label = "outcomes"
