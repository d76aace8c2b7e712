"""The worksheets room as a Django app."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "holdspace.hour.worksheets"
    label = "worksheets"
