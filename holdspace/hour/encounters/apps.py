"""The encounters room as a Django app."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "holdspace.hour.encounters"
    label = "encounters"
