"""The staff's addresses, under the language."""

from django.urls import path

from pasokh.desk import setup

app_name = "desk"
urlpatterns = [
    path("setup/done/", setup.done, name="setup-done"),
    path("setup/<str:token>/", setup.first_administrator, name="setup"),
]
