"""What the web server calls. Loaded before its processes part, so they share what it holds."""

import multiprocessing
import os
import threading
from functools import cache
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.urls import base as urls
from django.urls import get_resolver
from django.utils import timezone, translation
from django.utils.translation import trans_real
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from pasokh.config import garbage, leash, static
from pasokh.ui import languages


@cache
def load() -> Any:
    """Load the product once in a process; those that part from it have it already."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pasokh.config.settings")
    django.setup(set_prefix=False)
    static.collect()
    application: Any = WSGIHandler()
    _bind_to_threads()
    _warm()
    garbage.settle()
    if settings.ENVIRONMENT.proxies:
        application = wrap_wsgi_with_proxy_headers(application, list(settings.ENVIRONMENT.proxies))
    return application


def _bind_to_threads() -> None:
    """Let language, time zone, addresses and database sessions stand where a thread finds them.

    Django keeps them where asynchronous code finds them, too, which takes twenty times as long,
    hundreds of times for a page. This server answers each request within one thread.
    """
    for holder, name in _BOUND:
        setattr(holder, name, threading.local())


_BOUND: tuple[tuple[Any, str], ...] = (
    (trans_real, "_active"),
    (timezone, "_active"),
    (urls, "_prefixes"),
    (urls, "_urlconfs"),
    (connections, "_connections"),
)


def _warm() -> None:
    """Load what the first pages would load: every address and both languages."""
    get_resolver().url_patterns  # noqa: B018  it is loaded by being asked for
    for language in languages.NAMES:
        with translation.override(language):
            translation.gettext("Pasokh")


def begin() -> Any:
    """The product for one process of the web server, which ends with the one that started it."""
    if parent := multiprocessing.parent_process():
        leash.hold(parent.pid or 0)
    return load()
