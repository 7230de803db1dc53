from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The staff's pages."""

    name = "pasokh.desk"
