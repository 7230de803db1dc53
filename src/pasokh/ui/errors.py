"""The pages for what went wrong. They need no database, no session and nobody signed in."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pasokh.ui import context, languages

#: Seconds after which a browser or a search engine may try again.
PAUSE = 60


def page(
    request: HttpRequest, status: int, title: str | Promise, *paragraphs: str | Promise
) -> HttpResponse:
    """Make a page of plain sentences in the language of the address."""
    language = languages.of(request)
    with translation.override(language):
        known = {**context.page(request), "title": title, "paragraphs": paragraphs}
        html = render_to_string("ui/error.html", known)
    headers = {"Content-Language": language, "Cache-Control": "no-store"}
    return HttpResponse(html, status=status, headers=headers)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return page(
            request,
            413,
            _("What you sent is too long"),
            _("Nothing was saved. Go back: your browser still has what you wrote."),
            _("A text may be about a million letters long. Send a longer one as a file."),
        )
    return page(
        request,
        400,
        _("Your browser sent something we could not read"),
        _("Nothing was saved or changed."),
        _("Go back and try once more. If it happens again, start from the first page."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request,
        403,
        _("You may not open this page"),
        _("It belongs to somebody else, or to work that is not yours."),
        _("If you need it, ask whoever gave you your access."),
    )


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came without the proof that it came from our own page."""
    if reason == REASON_NO_CSRF_COOKIE:
        cause = _("Your browser did not send the cookie that protects this form.")
        remedy = _("Allow cookies for this site, then go back, reload the page and send it again.")
    else:
        cause = _("The page had been open for too long, or you signed in again meanwhile.")
        remedy = _("Go back, copy what you wrote, reload the page and send it again.")
    return page(request, 403, _("The form was not sent"), cause, _("Nothing was saved."), remedy)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request,
        404,
        _("There is no page here"),
        _("If you typed the address, check it. If you pasted it, check that it is whole."),
        _("If a link brought you here, the page may have moved; start from the first page."),
    )


def closed(request: HttpRequest, why: str) -> HttpResponse:
    """Say why a file that is there cannot be opened."""
    return page(request, 409, _("This file cannot be opened"), why)


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """Ask somebody who tried too often to wait."""
    response = page(
        request,
        429,
        _("Please wait a little"),
        _("There were many attempts from your connection in a short time. Nothing was saved."),
        _("Try again in a few minutes."),
    )
    response["Retry-After"] = str(seconds)
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """Answer after an error of our own; one of the database's is a pause rather than a fault."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return busy(request)
    return page(
        request,
        500,
        _("Something went wrong on our side"),
        _("It is not your fault. Nothing of what you just sent was half saved."),
        _("Go back and try again. If it happens again, telephone or write to us."),
    )


def busy(request: HttpRequest) -> HttpResponse:
    """Say that the service rests: its database is away, or it is being looked after."""
    response = page(
        request,
        503,
        _("We will be back in a moment"),
        _("The service is being looked after. What you sent before is safe."),
        _("What you are writing now was not sent: keep this page open, go back in a few minutes."),
    )
    response["Retry-After"] = str(PAUSE)
    return response
