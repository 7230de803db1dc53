"""What goes wrong, said to a program and to who reads its log: RFC 9457, in the asked language."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.kernel.errors import Refused
from pasokh.ui.sentences import sentence

MEDIA_TYPE = "application/problem+json"
#: What a kind of answer is called; the sentence beside it says more.
TITLES = {
    400: _("This cannot be read"),
    401: _("No token in force"),
    403: _("Not allowed"),
    404: _("Not there"),
    405: _("Not done here"),
    409: _("Not possible now"),
    412: _("Changed meanwhile"),
    413: _("Too large"),
    415: _("Another kind of content is needed"),
    422: _("Some values cannot be taken"),
    428: _("The version is missing"),
    429: _("Too many calls"),
    500: _("Our mistake"),
    503: _("Back in a moment"),
}
#: The status of a refusal; one not named here is a matter of how the file stands now.
_STATUS = {
    "address-unknown": 404,
    "body-unreadable": 400,
    "body-too-large": 413,
    "busy": 503,
    "changed-meanwhile": 412,
    "client-secret-wrong": 401,
    "complained-about": 403,
    "contacts-masked": 403,
    "failed": 500,
    "file-empty": 422,
    "file-is-a-program": 422,
    "file-too-big": 413,
    "files-no-room": 503,
    "key-unreadable": 400,
    "key-used-otherwise": 422,
    "media-type-unknown": 415,
    "method-not-here": 405,
    "no-such-upload": 409,
    "not-authorised": 403,
    "not-independent": 403,
    "review-needs-a-person": 403,
    "token-does-not-open": 401,
    "too-many-calls": 429,
    "too-many-tokens": 429,
    "values-not-taken": 422,
    "version-missing": 428,
}
_HEADERS = {401: {"WWW-Authenticate": 'Bearer realm="Pasokh"'}}
Errors = Sequence[Mapping[str, str]]


class Problem(Refused):
    """A refusal with what only a program asks for: where each error is, and how things stand."""

    def __init__(
        self,
        code: str,
        *,
        errors: Errors = (),
        now: Mapping[str, Any] | None = None,
        **facts: object,
    ) -> None:
        super().__init__(code, **facts)
        self.errors, self.now = errors, now


def status_of(code: str) -> int:
    """The status with which a refusal is answered."""
    return _STATUS.get(code) or (404 if code.startswith("no-such-") else 409)


def answer(refused: Refused, *, headers: Iterable[tuple[str, str]] = ()) -> HttpResponse:
    """The answer that says a refusal: its code, its sentence, where it is, and what is now."""
    status = status_of(refused.code)
    told: dict[str, Any] = {
        "type": f"urn:pasokh:problem:{refused.code}",
        "title": str(TITLES[status]),
        "status": status,
        "code": refused.code,
        "detail": sentence(refused),
    }
    if isinstance(refused, Problem):
        told |= {"errors": refused.errors} if refused.errors else {}
        told |= {"now": refused.now} if refused.now else {}
    if unmet := refused.facts.get("unmet"):
        told["errors"] = [{"code": code, "detail": sentence(Refused(code))} for code in unmet]  # type: ignore[attr-defined]
    said = {"Content-Language": get_language() or "en", **_HEADERS.get(status, {}), **dict(headers)}
    return HttpResponse(orjson.dumps(told), status=status, content_type=MEDIA_TYPE, headers=said)
