"""Bare Django views that insert one row: by a model, as anybody writes it, and by plain SQL.

No middleware, no template, one statement in its own transaction on a connection that stays open.
They stand only here: nothing of the product knows them.
"""

from typing import Any

import django
from django.conf import settings

from pasokh.config import database, environment

TEXT = "یخچالی که خریده‌ام از روز سوم دیگر سرد نمی‌کند و کسی پاسخ تلفن را نمی‌دهد. " * 4

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    USE_TZ=True,
    DATABASES={
        "default": {
            **database.settings(environment.read()),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": False,
        }
    },
)
django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402


class Row(models.Model):
    id = models.BigAutoField(primary_key=True)
    text = models.TextField()

    class Meta:
        app_label = "bench"
        db_table = "bench_bare"
        managed = False


def insert(request: HttpRequest) -> HttpResponse:
    Row.objects.create(text=TEXT)
    return HttpResponse("kept")


def insert_plainly(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (text) VALUES (%s)", [TEXT])
    return HttpResponse("kept")


urlpatterns = [path("", insert), path("sql/", insert_plainly)]
application: Any = WSGIHandler()
