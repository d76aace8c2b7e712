"""Register the page frame, its components and its static files with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look of every page; it holds no tables."""

    name = "holdspace.cellar.ui"
    label = "ui"
