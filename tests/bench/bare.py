"""A bare Django view that inserts one row, served as the product is: what there is to be had.

    python -m tests.bench.bare PORT PARENT

No middleware, no template, one statement in its own transaction on a connection that stays open.
It stands only here: nothing of the product knows it.
"""

import sys
from typing import Any

from django.conf import settings

from pasokh.config import database, environment, leash

TEXT = "یخچالی که خریده‌ام از روز سوم دیگر سرد نمی‌کند و کسی پاسخ تلفن را نمی‌دهد. " * 4

if not settings.configured:
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
    import django

    django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402


def insert(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (text) VALUES (%s)", [TEXT])
    return HttpResponse("kept")


urlpatterns = [path("", insert)]
application: Any = WSGIHandler()


def main() -> None:
    """Serve as `pasokh web` does, with one process and its number of threads."""
    from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415  slow import
    from granian.log import LogLevels  # noqa: PLC0415  slow import
    from granian.server import Server  # noqa: PLC0415  slow import

    from pasokh.config.web import THREADS  # noqa: PLC0415  slow import

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bench_bare (id bigserial PRIMARY KEY, text text)"
        )
    connection.close()
    leash.hold(int(sys.argv[2]))
    Server(
        "tests.bench.bare:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=1,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
