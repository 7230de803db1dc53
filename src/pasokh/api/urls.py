"""Addresses for programs, which have no language."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from pasokh.api import door
from pasokh.api.open311 import view


class Whatever(StringConverter):
    """Whatever stands below, line ends too: it is answered by the door and never by a page."""

    regex = r"[\s\S]*"


register_converter(Whatever, "whatever")

app_name = "api"
urlpatterns = [
    path("api/v1/<whatever:path>", door.v1, name="v1"),
    path("open311/<whatever:path>", view.open311, name="open311"),
]
