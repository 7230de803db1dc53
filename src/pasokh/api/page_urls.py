"""The page about the interface, under the language."""

from django.urls import path

from pasokh.api import pages

app_name = "api-pages"
urlpatterns = [path("api/", pages.index, name="index")]
