"""What every call shares: who calls, how often, what was read of it, and that it is done once."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any, cast

import orjson
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from pasokh.api.problems import Problem
from pasokh.directory.clients import actions as clients
from pasokh.directory.clients.actions.answering import Answer
from pasokh.directory.clients.queries import Caller
from pasokh.kernel import rows
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused

JSON = "application/json"
#: The header under whose value something is done once, and the longest value.
KEY, LONGEST_KEY = "Idempotency-Key", 255
#: What is kept of an answer beside its status and its bytes.
_KEPT = ("Content-Type", "Content-Language", "ETag", "Location")


class Call(HttpRequest):
    """A request of a program that was let in; `told` is what its body says.

    `keyed` is there when it is being done under a key, whose transaction is open: what is entered
    there ends once the answer was kept.
    """

    caller: Caller
    actor: Actor
    told: Any
    keyed: ExitStack | None


def called(request: HttpRequest) -> Call:
    """A request behind the door as what it has become there."""
    return cast(Call, request)


def bearer(request: HttpRequest) -> str:
    """The token in the header; empty where there is none."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def let_in(token: str) -> Caller:
    """Who calls, by a token that they showed."""
    if not token.isascii() or not 0 < len(token) <= 200:
        raise Refused("token-does-not-open")
    return clients.admit(token, at=now())


def rate(caller: Caller) -> dict[str, str]:
    """How much of its minute a program has left (RateLimit header fields of the IETF)."""
    return {
        "RateLimit-Policy": f'"minute";q={caller.most};w=60',
        "RateLimit": f'"minute";r={max(caller.left, 0)};t={caller.resets}',
    }


def read(request: HttpRequest) -> Any:
    """What the body of a request says; None where it has none."""
    if request.method not in ("POST", "PUT", "PATCH") or _is_form(request):
        return None
    if not (body := request.body):
        return None
    if request.content_type != JSON:
        raise Problem("media-type-unknown", wanted=JSON)
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Problem("body-unreadable") from error


def _is_form(request: HttpRequest) -> bool:
    return request.content_type == "multipart/form-data"


def once(call: Call, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Do what is called for; under a key of the caller's own, once, and answer alike each time.

    It is begun without a look at what was done under the key before: where something was, either
    that refuses it or the key does when the answer is to be kept, and nothing of it stays. Only
    what was done is remembered: what was refused left nothing, so the key may be sent again.
    """
    key = call.headers.get(KEY)
    if key is None or call.method != "POST" or _is_form(call):
        return act()
    if not 0 < len(key) <= LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise Problem("key-unreadable")
    asked = f"{call.method} {call.get_full_path()}\n".encode() + call.body
    at, client = now(), call.caller.client
    try:
        with transaction.atomic(), ExitStack() as call.keyed:
            answer = act()
            if isinstance(answer, HttpResponse) and answer.status_code < 300:
                clients.remember(client, key, asked, _made(answer), at=at)
            return answer
    except (Refused, Http404):
        if before := clients.remembered(client, key, asked, at=at):
            return _again(before)
        raise


def _made(answer: HttpResponse) -> Answer:
    kept = {name: answer[name] for name in _KEPT if name in answer}
    return Answer(answer.status_code, kept, answer.content)


def whole(call: Call) -> AbstractContextManager[Any]:
    """One transaction for what a call does; under a key it is that of the key."""
    return nullcontext() if call.keyed else transaction.atomic()


def at_once(call: Call) -> AbstractContextManager[Any]:
    """As `whole`, for a verb that writes in one statement: under a key its answer goes along.

    For what is refused by an exception alone: what was answered otherwise would be written.
    """
    if call.keyed:
        call.keyed.enter_context(rows.at_once())
    return whole(call)


def _again(answer: Answer) -> HttpResponse:
    return HttpResponse(
        answer.body,
        status=answer.status,
        headers={**answer.headers, "Idempotency-Replayed": "true"},
    )
