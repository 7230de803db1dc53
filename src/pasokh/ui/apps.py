from django.apps import AppConfig


class UiConfig(AppConfig):
    """Pages' common look: templates, components, stylesheets. Knows nothing of complaints."""

    name = "pasokh.ui"
