"""OAuth 2 client credentials (RFC 6749, 4.4): a kept token is exchanged for one of an hour."""

import base64
import binascii
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict

from pasokh.api import problems
from pasokh.api.problems import Problem
from pasokh.directory.clients import actions as clients
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.ui.sentences import sentence

FORM = "application/x-www-form-urlencoded"
#: What OAuth calls each refusal (RFC 6749, 5.2).
_CALLED = {
    "client-secret-wrong": "invalid_client",
    "grant-unknown": "invalid_scope",
    "too-many-tokens": "slow_down",
}


def token(request: HttpRequest) -> HttpResponse:
    """Give a token of an hour for client id and secret: in the header, or in the form."""
    if request.method != "POST":
        refused = Problem("method-not-here", method=request.method or "")
        return problems.answer(refused, headers=[("Allow", "OPTIONS, POST")])
    if request.content_type != FORM:
        return _refused("invalid_request", Problem("media-type-unknown", wanted=FORM))
    asked = QueryDict(request.body, encoding="utf-8")
    if asked.get("grant_type") != "client_credentials":
        return _refused("unsupported_grant_type", Problem("values-not-taken"))
    client, secret = _basic(request) or (asked.get("client_id"), asked.get("client_secret"))
    wanted = frozenset(str(asked["scope"]).split()) if asked.get("scope") else None
    try:
        given = clients.exchange(_number(client), str(secret), wanted=wanted, at=now())
    except Refused as refused:
        return _refused(_CALLED[refused.code], refused)
    told = {
        "access_token": given.token,
        "token_type": "Bearer",
        "expires_in": given.seconds,
        "scope": " ".join(given.grants),
    }
    return JsonResponse(told, headers={"Cache-Control": "no-store", "Pragma": "no-cache"})


def _refused(called: str, refused: Refused) -> HttpResponse:
    told = {"error": called, "error_description": sentence(refused)}
    status = 401 if called == "invalid_client" else 400
    headers = {"WWW-Authenticate": 'Basic realm="Pasokh"'} if status == 401 else {}
    return JsonResponse(told, status=status, headers={"Cache-Control": "no-store", **headers})


def _basic(request: HttpRequest) -> tuple[str, str] | None:
    scheme, _space, told = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client, _colon, secret = base64.b64decode(told, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return unquote_plus(client), unquote_plus(secret)


def _number(client: str | None) -> int:
    """The number in a client id like `client-12`; one that is none belongs to nobody."""
    number = (client or "").removeprefix("client-")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
