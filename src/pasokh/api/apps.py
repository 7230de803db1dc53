from django.apps import AppConfig


class ApiConfig(AppConfig):
    """What programs speak to, and the page on which people try it."""

    name = "pasokh.api"
