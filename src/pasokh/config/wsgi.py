"""What the web server calls. Loaded once in each of its processes."""

import gc
import multiprocessing
import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from pasokh.config import leash, static

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pasokh.config.settings")

if parent := multiprocessing.parent_process():
    leash.hold(parent.pid or 0)

django.setup(set_prefix=False)
static.collect()
application = WSGIHandler()
# What is loaded by now stays: the collector need not look through it after every few pages. What
# a page leaves behind goes by itself, all but a few circles, for which less often is enough.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
if settings.ENVIRONMENT.proxies:
    application = wrap_wsgi_with_proxy_headers(application, list(settings.ENVIRONMENT.proxies))
