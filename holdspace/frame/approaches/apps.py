"""The approaches room as a Django app."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "holdspace.frame.approaches"
    label = "approaches"
