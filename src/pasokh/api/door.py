"""The one view behind every address for programs.

What it leads to is loaded with the first call, because most installations have none: the web
server's idle memory stays as it is.
"""

import logging
from collections.abc import Callable
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.urls import Resolver404, ResolverMatch
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from pasokh.api import calls, oauth, problems
from pasokh.api.calls import Call
from pasokh.api.problems import Problem
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import configuration
from pasokh.kernel.errors import Refused
from pasokh.ui import languages
from pasokh.ui.errors import PAUSE

log = logging.getLogger(__name__)
#: Seconds for which the document may be kept by who fetched it.
_DOCUMENT_KEPT = 3600
#: What is not ours to answer but the reader's mistake, however it came to light.
_UNREADABLE = (SuspiciousOperation, UnreadablePostError, MultiPartParserError, UnicodeError)


#: How a refusal is written down, with more headers.
Refuse = Callable[..., HttpResponse]


def v1(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer a call to the interface of our own; whatever goes wrong is a problem of RFC 9457."""
    return answered(request, lambda: _opened(request, path), problems.answer)


def answered(
    request: HttpRequest, act: Callable[[], HttpResponseBase], refuse: Refuse
) -> HttpResponseBase:
    """Answer a call in the language it asks for, whatever happens.

    No cookie opens anything here, so no other site's page can act through somebody's browser.
    """
    language = languages.wanted(request.headers.get("Accept-Language", ""))
    head = request.method == "HEAD"
    if head:
        request.method = "GET"
    with translation.override(language), configuration.held():
        answer = _whatever_happens(lambda: _here(request, act), refuse)
    answer.headers.setdefault("Cache-Control", "no-store")
    answer.headers.setdefault("Content-Language", language)
    patch_vary_headers(answer, ("Accept-Language", "Authorization"))
    if isinstance(answer, HttpResponse):
        answer.headers.setdefault("Content-Length", str(len(answer.content)))
    if head:
        request.method = "HEAD"
        return _without_body(answer)
    return answer


def _here(request: HttpRequest, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    request.get_host()  # refused unless this server goes by that name
    return act()


def _without_body(answer: HttpResponseBase) -> HttpResponseBase:
    if isinstance(answer, HttpResponse):
        answer.content = b""
    return answer


def _whatever_happens(act: Callable[[], HttpResponseBase], refuse: Refuse) -> HttpResponseBase:
    try:
        return act()
    except Refused as refused:
        return refuse(refused)
    except Http404:
        return refuse(Problem("address-unknown"))
    except RequestDataTooBig:
        return refuse(Problem("body-too-large"))
    except _UNREADABLE:
        return refuse(Problem("body-unreadable"))
    except (OperationalError, InterfaceError):
        log.exception("the database did not answer a call")
        return refuse(Problem("busy"), headers=[("Retry-After", str(PAUSE))])
    except Exception:  # a call ends in an answer whatever happens, and the log says why
        log.exception("a call failed")
        return refuse(Problem("failed"))


def _opened(request: HttpRequest, path: str) -> HttpResponseBase:
    if "\0" in path:
        raise Problem("address-unknown")
    if (anonymous := _ANONYMOUS.get(path)) and request.method != "OPTIONS":
        return anonymous(request)
    if request.method == "OPTIONS":
        return _options(request, path)
    token = calls.bearer(request)
    return let_in(request, token, lambda call: _led(call, path), problems.answer)


def let_in(
    request: HttpRequest, token: str, act: Callable[[Call], HttpResponseBase], refuse: Refuse
) -> HttpResponseBase:
    """Let in whoever holds a token, in the time of the office, and say what is left of a minute."""
    caller = calls.let_in(token)
    try:
        answer = _let_in(request, caller, act)
    except Refused as refused:
        answer = refuse(refused)
    for name, value in calls.rate(caller).items():
        answer[name] = value
    if answer.status_code == problems.status_of("too-many-calls"):
        answer["Retry-After"] = str(caller.resets)
    return answer


def _let_in(
    request: HttpRequest, caller: calls.Caller, act: Callable[[Call], HttpResponseBase]
) -> HttpResponseBase:
    if caller.left < 0:
        raise Problem("too-many-calls", most=caller.most, seconds=caller.resets)
    call = calls.called(request)
    call.caller, call.actor, call.told, call.keyed = caller, caller.actor, None, None
    described = organisation.organisation()
    with timezone.override(ZoneInfo(described.time_zone if described else "UTC")):
        return calls.once(call, lambda: act(call))


def _led(call: Call, path: str) -> HttpResponseBase:
    """Answer what is called for; other methods than those of the address are refused."""
    view, kwargs = _found(path)
    call.told = calls.read(call)
    answer = view(call, **kwargs)
    if answer.status_code == 405:
        allow = _allowed(answer)
        refused = Problem("method-not-here", method=call.method or "")
        return problems.answer(refused, headers=[("Allow", allow)])
    return answer


def _options(request: HttpRequest, path: str) -> HttpResponse:
    if path in _ANONYMOUS:
        return HttpResponse(status=204, headers={"Allow": "GET, HEAD, OPTIONS, POST"})
    view, kwargs = _found(path)
    return HttpResponse(status=204, headers={"Allow": _allowed(view(request, **kwargs))})


def _allowed(answer: HttpResponseBase) -> str:
    methods = {name.strip() for name in answer["Allow"].split(",")} | {"OPTIONS"}
    return ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))


def _found(path: str) -> tuple[Callable[..., HttpResponseBase], dict[str, str]]:
    try:
        found = _resolved(path)
    except Resolver404:
        raise Problem("address-unknown") from None
    return found.func, found.kwargs


@lru_cache(maxsize=256)  # the same few are asked for again and again, by long lists of patterns
def _resolved(path: str) -> ResolverMatch:
    from pasokh.api.v1.everything import ADDRESSES  # noqa: PLC0415  slow import

    return ADDRESSES.resolve(path)


def _document(request: HttpRequest) -> HttpResponseBase:
    """The OpenAPI document, for everybody."""
    from pasokh.api.v1.document import written  # noqa: PLC0415  slow import

    if request.method != "GET":
        refused = Problem("method-not-here", method=request.method or "")
        return problems.answer(refused, headers=[("Allow", "GET, HEAD, OPTIONS")])
    answer = HttpResponse(written(), content_type=calls.JSON)
    answer["Cache-Control"] = f"public, max-age={_DOCUMENT_KEPT}"
    return answer


_ANONYMOUS: dict[str, Callable[[HttpRequest], HttpResponseBase]] = {
    "openapi.json": _document,
    "token": oauth.token,
}
