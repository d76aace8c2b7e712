"""The portal room as a Django app."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "holdspace.front.portal"
    label = "portal"
