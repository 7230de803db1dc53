"""What goes wrong, as GeoReport says it: a list of codes, which are statuses, and sentences."""

from collections.abc import Iterable

from django.http import HttpResponse

from pasokh.api import problems
from pasokh.api.open311 import rendering
from pasokh.api.problems import Problem
from pasokh.kernel.errors import Refused
from pasokh.ui.sentences import sentence

#: GeoReport knows few statuses: what cannot be taken is 400, and a key that opens nothing 403.
_SAID = {401: 403, **dict.fromkeys((409, 412, 422, 428), 400)}
#: Refusals that speak of the interface of our own, and what is said here.
_OTHERWISE = {
    "address-unknown": "open311-address-unknown",
    "body-unreadable": "form-unreadable",
    "token-does-not-open": "api-key-does-not-open",
}


def answer(form: str, refused: Refused, *, headers: Iterable[tuple[str, str]] = ()) -> HttpResponse:
    """The answer that says a refusal, each wrong value by itself."""
    status = problems.status_of(refused.code)
    status = _SAID.get(status, status)
    found = refused.errors if isinstance(refused, Problem) else ()
    plain = Refused(_OTHERWISE.get(refused.code, refused.code), **refused.facts)
    said = [f"{one['parameter']}: {one['detail']}" for one in found] or [sentence(plain)]
    told = [{"code": status, "description": one} for one in said]
    return rendering.answer(form, "errors", told, status=status, headers=headers)
