"""The desk room as a Django app."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "holdspace.front.desk"
    label = "desk"
