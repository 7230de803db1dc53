"""The addresses at which gateways report."""

from django.urls import path

from pasokh.channels.sms import views

app_name = "sms"
urlpatterns = [path("texts/<str:token>/", views.report, name="reports")]
