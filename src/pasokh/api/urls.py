"""Addresses for programs, which have no language."""

from django.urls import path

from pasokh.api import door

app_name = "api"
urlpatterns = [path("api/v1/<path:path>", door.v1, name="v1")]
