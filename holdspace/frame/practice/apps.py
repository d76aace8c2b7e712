"""The practice room as a Django app."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "holdspace.frame.practice"
    label = "practice"
