from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The complainant's pages."""

    name = "pasokh.portal"
