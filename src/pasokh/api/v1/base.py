"""The interface of version 1: how an operation is declared, and what all of them share."""

import re
from collections.abc import Callable, Mapping
from functools import wraps
from inspect import signature
from typing import Any

import orjson
from django.http import Http404, HttpRequest
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from pydantic import BaseModel

from pasokh.api.calls import called
from pasokh.api.problems import Problem
from pasokh.api.v1.errors import UNKNOWN
from pasokh.api.v1.errors import told as told_of

VERSION = "1.0.0"


class Read(Parser):
    """Gives on what the door has read; form fields to the letter."""

    def parse_body(self, request: HttpRequest) -> Any:
        call = called(request)
        return call.told


class Written(BaseRenderer):
    """JSON in UTF-8, times in UTC."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> Any:
        return orjson.dumps(data, option=orjson.OPT_UTC_Z)


api = NinjaAPI(
    title="Pasokh",
    version=VERSION,
    docs_url=None,
    openapi_url=None,
    parser=Read(),
    renderer=Written(),
    urls_namespace="pasokh-v1",
)


def _not_taken(request: HttpRequest, error: Any) -> Any:
    found = told_of(error.errors)
    unknown = all(one["code"] == UNKNOWN for one in found)
    raise Problem("id-unknown" if unknown else "values-not-taken", errors=found)


def _on(request: HttpRequest, error: Any) -> Any:
    raise error


def _unreadable(request: HttpRequest, error: Any) -> Any:
    raise Problem("body-unreadable")


api.add_exception_handler(ValidationError, _not_taken)
api.add_exception_handler(HttpError, _unreadable)
api.add_exception_handler(Http404, _on)
api.add_exception_handler(Exception, _on)

View = Callable[..., Any]
#: Which statuses an operation may answer with beside its own, by what it is.
_ALWAYS = (400, 401, 403, 404, 422, 429)
_OF_VERBS = (409, 412, 413, 415, 428)
_OF_POSTS = (409, 413, 415)


def operation(
    method: str,
    path: str,
    answers: Mapping[int, Any],
    *,
    name: str,
    tag: str,
    right: str,
    summary: str = "",
    description: str = "",
    verb: bool = False,
    extra: Mapping[str, Any] | None = None,
) -> Callable[[View], View]:
    """Declare an operation: its address, its name, what it answers, and the right that it needs."""
    more = _OF_VERBS if verb else _OF_POSTS if method == "POST" else ()

    def declare(view: View) -> View:
        view = _asked_rightly(view, path)
        lines = (view.__doc__ or "").strip().split("\n\n", 1)
        api.default_router.add_api_operation(
            f"/{path}",
            [method],
            view,
            response={**answers, **dict.fromkeys((*_ALWAYS, *more), ProblemDetails)},
            operation_id=name,
            summary=summary or lines[0].replace("\n", " "),
            description=description or " ".join(lines[1].split()) if lines[1:] else description,
            tags=[tag],
            openapi_extra={"x-right": right, **(extra or {})},
        )
        return view

    return declare


#: Arguments of views that stand in no address.
_INSIDE = frozenset({"request", "response", "body", "file"})


def _asked_rightly(view: View, path: str) -> View:
    """Refuse what is asked for in the address and means nothing: a filter that is none hides it."""
    names = signature(view).parameters.keys() - _INSIDE - set(re.findall(r"{(\w+)}", path))

    @wraps(view)
    def asked(request: HttpRequest, **told: Any) -> Any:
        if strange := sorted(request.GET.keys() - names):
            errors = [{"type": "extra_forbidden", "loc": ("query", name)} for name in strange]
            raise Problem("values-not-taken", errors=told_of(errors))
        return view(request, **told)

    return asked


class ErrorDetail(BaseModel):
    """One error: where it is, and what is wrong there."""

    pointer: str | None = None
    parameter: str | None = None
    code: str
    detail: str


class ProblemDetails(BaseModel):
    """What went wrong (RFC 9457). `code` is stable; `detail` is for people, in their language."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[ErrorDetail] | None = None
    now: dict[str, Any] | None = None
