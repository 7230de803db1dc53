"""The one view behind every address of GeoReport.

Services and the discovery document are for everybody, as the portal's form is; requests need a key.
"""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, URLResolver, path
from django.urls.resolvers import RegexPattern

from pasokh.api import door
from pasokh.api.calls import Call
from pasokh.api.open311 import discovery, errors, parameters, rendering, services
from pasokh.api.open311.parameters import Pairs
from pasokh.api.problems import Problem

View = Callable[..., HttpResponseBase]


def open311(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer a call to GeoReport in the form that its suffix asks for, whatever happens."""
    rest, form = rendering.form_of(path)
    return door.answered(request, lambda: _led(request, rest, form), partial(errors.answer, form))


def _led(request: HttpRequest, rest: str, form: str) -> HttpResponseBase:
    if "\0" in rest:
        raise Problem("address-unknown")
    try:
        found = _ADDRESSES.resolve(rest)
    except Resolver404:
        raise Problem("address-unknown") from None
    answer: HttpResponseBase = found.func(request, form, **found.kwargs)
    return answer


def _for_everybody(view: Callable[..., HttpResponse]) -> View:
    def answer(request: HttpRequest, form: str, **named: str) -> HttpResponseBase:
        if refused := _other_method(request, form, "GET"):
            return refused
        parameters.check_jurisdiction(request, parameters.of(request))
        return view(request, form, **named)

    return answer


def _with_key(view: Callable[..., HttpResponse], *methods: str) -> View:
    def answer(request: HttpRequest, form: str, **named: str) -> HttpResponseBase:
        if refused := _other_method(request, form, *methods):
            return refused
        pairs = parameters.of(request)
        parameters.check_jurisdiction(request, pairs)
        return door.let_in(
            request,
            parameters.key(request, pairs),
            lambda call: view(call, form, pairs, **named),
            partial(errors.answer, form),
        )

    return answer


def _other_method(request: HttpRequest, form: str, *methods: str) -> HttpResponse | None:
    """What is answered to who asks what can be done, or does something else."""
    if request.method in methods:
        return None
    allow = {"Allow": ", ".join(sorted({*methods, "HEAD", "OPTIONS"}))}
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=allow)
    refused = Problem("method-not-here", method=request.method or "")
    return errors.answer(form, refused, headers=allow.items())


def _discovery(request: HttpRequest, form: str) -> HttpResponse:
    return rendering.answer(form, "discovery", discovery.told(request))


def _services(request: HttpRequest, form: str) -> HttpResponse:
    return rendering.answer(form, "services", services.listed())


def _definition(request: HttpRequest, form: str, code: str) -> HttpResponse:
    return rendering.answer(form, "service_definition", services.definition(code))


def _requests(call: Call, form: str, pairs: Pairs) -> HttpResponse:
    return _file(call, form, pairs) if call.method == "POST" else _list(call, form, pairs)


def _file(call: Call, form: str, pairs: Pairs) -> HttpResponse:
    from pasokh.api.open311 import filing  # noqa: PLC0415  slow import

    return rendering.answer(form, "service_requests", filing.file(call, pairs))


def _list(call: Call, form: str, pairs: Pairs) -> HttpResponse:
    from pasokh.api.open311 import following  # noqa: PLC0415  slow import

    found, rest = following.listed(call, pairs)
    headers = [("Link", f'<{rest}>; rel="next"')] if rest else []
    return rendering.answer(form, "service_requests", found, headers=headers)


def _request(call: Call, form: str, pairs: Pairs, ref: str) -> HttpResponse:
    from pasokh.api.open311 import following  # noqa: PLC0415  slow import

    return rendering.answer(form, "service_requests", following.read(call, ref))


def _token(call: Call, form: str, pairs: Pairs, own: str) -> HttpResponse:
    from pasokh.api.open311 import following  # noqa: PLC0415  slow import

    return rendering.answer(form, "service_requests", following.called(call, own))


_ADDRESSES = URLResolver(
    RegexPattern(r"^"),
    [
        path("discovery", _for_everybody(_discovery)),
        path("v2/discovery", _for_everybody(_discovery)),
        path("v2/services", _for_everybody(_services)),
        path("v2/services/<str:code>", _for_everybody(_definition)),
        path("v2/requests", _with_key(_requests, "GET", "POST")),
        path("v2/requests/<str:ref>", _with_key(_request, "GET")),
        path("v2/request/<str:ref>", _with_key(_request, "GET")),
        path("v2/tokens/<str:own>", _with_key(_token, "GET")),
    ],
)
