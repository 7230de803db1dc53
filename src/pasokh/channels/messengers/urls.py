"""The addresses at which messages come in."""

from django.urls import path

from pasokh.channels.messengers import views

app_name = "messengers"
urlpatterns = [path("messages/<str:token>/", views.message, name="messages")]
